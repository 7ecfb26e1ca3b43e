import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import { withFaults } from "../../../sandbox/faults/inject.ts";
import { parseFaults } from "../../../sandbox/faults/parse.ts";
import { FaultSchedule } from "../../../sandbox/faults/schedule.ts";
import type { Properties, Provider, Session, Settled, Subject } from "../../../sandbox/model.ts";
import { carrying, committing } from "../../../sandbox/operations.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { atOnce } from "../answering.ts";

const bucketToken = "aws:s3/bucket:Bucket";
const databaseToken = "aws:rds/instance:Instance";

function subjectOf(token: string, name: string): Subject {
  return { urn: `urn:pulumi:dev::shop::${token}::${name}`, token, name };
}

/** An account behind faults, in which buckets can be made. */
class Stricken {
  public readonly folder = mkdtempSync(join(tmpdir(), "faults-"));
  public readonly account = new Account(join(this.folder, "account.sqlite"), "run");
  public readonly schedule: FaultSchedule;
  /** For how long the provider was given to end, each time. */
  public readonly deaths: number[] = [];
  #provider: Provider;

  public constructor(...faults: readonly string[]) {
    this.schedule = new FaultSchedule(parseFaults(faults), this.account.memory);
    this.#provider = this.#behind(this.schedule);
  }

  #behind(schedule: FaultSchedule): Provider {
    const die = (milliseconds: number): void => void this.deaths.push(milliseconds);
    const { account } = this;
    return carrying(awsProvider, withFaults(committing(account), schedule, { account, die }));
  }

  /** The next run in the account, with the same faults and without the schedule of the run before. */
  public runAgain(...faults: readonly string[]): void {
    this.#provider = this.#behind(new FaultSchedule(parseFaults(faults), this.account.memory));
  }

  public session(settings: Properties = {}): Session {
    return {
      account: this.account,
      settings: { region: "eu-west-1", ...settings },
      preview: false,
      seed: "",
    };
  }

  public bucket(name: string, settings: Properties = {}): Settled {
    return this.create(bucketToken, name, { bucket: name }, settings);
  }

  public create(token: string, name: string, inputs: Properties = {}, settings: Properties = {}): Settled {
    return atOnce(this.#provider.create(this.session(settings), subjectOf(token, name), inputs));
  }

  public update(name: string): Settled {
    const [before] = this.account.named(name);
    const [subject, state] = [subjectOf(bucketToken, name), before?.state ?? {}];
    const inputs = { ...before?.inputs, forceDestroy: true };
    return atOnce(this.#provider.update(this.session(), subject, name, state, inputs));
  }

  public remove(name: string): number {
    return atOnce(this.#provider.delete(this.session(), subjectOf(bucketToken, name), name));
  }

  public names(): readonly string[] {
    return [...this.account.everything()].map(({ id }) => id);
  }

  public end(): void {
    this.account.close();
    rmSync(this.folder, { recursive: true });
  }
}

describe("a fault", () => {
  let world = new Stricken();
  const strike = (...faults: readonly string[]): void => {
    world.end();
    world = new Stricken(...faults);
  };
  after(() => {
    world.end();
  });

  it("befalls the n-th operation only", () => {
    strike("server-error@2x25");
    world.bucket("first");
    expect(() => world.bucket("second")).to.throw("InternalError");
    world.bucket("third");
    expect(world.names()).to.deep.equal(["first", "third"]);
  });

  it("befalls the types that it names only", () => {
    strike("access-denied:aws:rds/*");
    world.bucket("first");
    expect(() => world.create(databaseToken, "main")).to.throw("AccessDenied");
  });

  it("befalls each resource once when it is made and once when it is deleted, over all runs in the account", () => {
    strike("access-denied@first");
    for (const name of ["first", "second"]) {
      expect(() => world.bucket(name)).to.throw("AccessDenied");
    }
    world.runAgain("access-denied@first");
    world.bucket("first");
    expect(() => world.remove("first")).to.throw("AccessDenied");
    world.runAgain("access-denied@first");
    world.remove("first");
    world.bucket("second");
    expect(world.names()).to.deep.equal(["second"]);
  });

  it("befalls no resource twice that an update makes whole after it", () => {
    strike("timeout@first");
    expect(() => world.bucket("first")).to.throw(Unready);
    world.update("first");
    expect(world.account.operations().map(({ kind }) => kind)).to.deep.equal(["create", "update"]);
  });

  it("befalls each resource again where it is of another kind", () => {
    strike("access-denied@first");
    expect(() => world.bucket("first")).to.throw("AccessDenied");
    world.runAgain("account-locked@first");
    expect(() => world.bucket("first")).to.throw("database is locked");
  });

  it("of throttling costs the time of the retries, and nothing else", () => {
    strike("throttling@2x3");
    const usual = world.bucket("first").seconds;
    expect(world.bucket("second").seconds).to.equal(usual + 1 + 2 + 4);
    expect(world.account.operations().map(({ seconds }) => seconds)).to.deep.equal([usual, usual + 7]);
  });

  it("of throttling fails when the provider has asked as often as it does", () => {
    strike("throttling@1x25");
    expect(() => world.bucket("first")).to.throw(
      "SlowDown: Please reduce your request rate. (exceeded maximum number of attempts, 25)",
    );
    expect(world.names()).to.deep.equal([]);
  });

  it("of throttling fails sooner where the provider is told to ask less often", () => {
    strike("throttling@*x3");
    expect(() => world.bucket("first", { maxRetries: 3 })).to.throw(
      "(exceeded maximum number of attempts, 3)",
    );
    expect(world.bucket("second", { maxRetries: 4 }).id).to.equal("second");
  });

  it("of access denied names the role, the action and the resource", () => {
    strike("access-denied");
    expect(() => world.bucket("first")).to.throw(
      "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/deploy/pulumi is not authorized to perform: s3:CreateBucket on resource: arn:aws:s3:::first because no identity-based policy allows the s3:CreateBucket action",
    );
  });

  it("of time runs out after the service has done it, so that the state can keep it", () => {
    strike("timeout@1");
    expect(() => world.bucket("first")).to.throw(
      Unready,
      "waiting for Bucket (first) create: timeout while waiting",
    );
    expect(world.names()).to.deep.equal(["first"]);
    expect(world.account.operations()).to.have.length(1);
  });

  it("of time runs out after a deletion, too", () => {
    strike("timeout@2");
    world.bucket("first");
    expect(() => world.remove("first")).to.throw("waiting for Bucket (first) delete: timeout while waiting");
    expect(world.names()).to.deep.equal([]);
  });

  it("of half a creation leaves what was made, and spares deletions", () => {
    strike("partial-creation");
    expect(() => world.bucket("first")).to.throw(Unready, "setting Bucket (first) tags: InternalError");
    world.remove("first");
    expect(world.names()).to.deep.equal([]);
  });

  it("of capacity befalls what needs room, and is not noted for anything else", () => {
    strike("insufficient-capacity");
    world.bucket("first");
    expect(() => world.create(databaseToken, "main", { instanceClass: "db.t4g.micro" })).to.throw(
      "InsufficientDBInstanceCapacity: Cannot create a db.t4g.micro database instance because there are no availability zones with sufficient capacity for VPC and storage type : gp2 for db.t4g.micro. Please try the request again at a later time.",
    );
    expect(world.schedule.report()).to.deep.equal([
      "insufficient-capacity: create aws:rds/instance:Instance main",
    ]);
  });

  it("kills the provider before the service is asked", () => {
    strike("provider-dies@1");
    expect(() => world.bucket("first")).to.throw("the provider has ended");
    expect([world.deaths, world.names()]).to.deep.equal([[0], []]);
  });

  it("kills the provider after the service has done it", () => {
    strike("provider-dies-after@1");
    expect(() => world.bucket("first")).to.throw("the provider has ended");
    expect([world.deaths, world.names()]).to.deep.equal([[0], ["first"]]);
  });

  it("gives a provider that dies with each resource the time to be asked for more of them", () => {
    strike("provider-dies-after@first");
    for (const name of ["first", "second"]) {
      expect(() => world.bucket(name)).to.throw("the provider has ended");
    }
    expect([world.deaths, world.names()]).to.deep.equal([
      [500, 500],
      ["first", "second"],
    ]);
  });

  it("locks the account's file for one operation", () => {
    strike("account-locked@1");
    expect(() => world.bucket("first")).to.throw(
      `${join(world.folder, "account.sqlite")} cannot be used as an account: database is locked`,
    );
    world.bucket("second");
    expect(world.names()).to.deep.equal(["second"]);
  });

  it("that met no operation is told, so that a rehearsal does not pass by mistake", () => {
    strike("timeout:aws:sqs/*@7");
    world.bucket("first");
    expect(world.schedule.report()).to.deep.equal(["timeout:aws:sqs/*@7: met no operation"]);
  });

  it("does not befall a preview", () => {
    strike("access-denied");
    const provider = carrying(awsProvider, () => {
      throw new Error("carried");
    });
    const session = { ...world.session(), preview: true };
    const made = provider.create(session, subjectOf(bucketToken, "first"), { bucket: "first" });
    expect(atOnce(made).id).to.equal("");
  });
});
