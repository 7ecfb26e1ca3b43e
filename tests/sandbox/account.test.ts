import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "chai";
import { Account } from "../../sandbox/account.ts";
import type { Stored } from "../../sandbox/model.ts";
import { addressOf } from "../../sandbox/model.ts";

const vpc: Stored = {
  scope: "eu-west-1",
  token: "aws:ec2/vpc:Vpc",
  id: "vpc-1",
  urn: "urn:vpc",
  inputs: { cidrBlock: "10.0.0.0/16" },
  state: { arn: "arn:vpc-1" },
  keys: ["arn:vpc-1"],
};
const subnet: Stored = {
  ...vpc,
  token: "aws:ec2/subnet:Subnet",
  id: "subnet-1",
  keys: [],
  holds: [addressOf(vpc)],
};

describe("Account", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "account-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("finds a thing by its id and by its other names, in its own scope only", () => {
    const account = new Account();
    account.put(vpc);
    expect(account.find(vpc.token, "vpc-1")).to.deep.equal(vpc);
    expect(account.find(vpc.token, "arn:vpc-1", "eu-west-1")).to.deep.equal(vpc);
    expect(account.find(vpc.token, "vpc-1", "us-east-1")).to.equal(undefined);
    expect(account.find(subnet.token, "vpc-1")).to.equal(undefined);
  });

  it("tells who holds a thing until the holder is gone", () => {
    const account = new Account();
    account.put(vpc);
    account.put(subnet);
    expect(account.holders(vpc).map(({ id }) => id)).to.deep.equal(["subnet-1"]);
    account.remove(subnet);
    expect(account.holders(vpc)).to.deep.equal([]);
  });

  it("forgets the old names of a thing that changed", () => {
    const account = new Account();
    account.put(vpc);
    account.put({ ...vpc, keys: ["renamed"] });
    expect(account.named("arn:vpc-1")).to.deep.equal([]);
    expect(account.named("renamed").map(({ id }) => id)).to.deep.equal(["vpc-1"]);
    expect([...account.everything()]).to.have.length(1);
  });

  it("lists the things of a type by age, whichever was changed last", () => {
    const account = new Account();
    account.put(vpc);
    account.put({ ...vpc, id: "vpc-2", keys: [] });
    account.put({ ...vpc, state: { changed: true } });
    expect(account.all(vpc.token).map(({ id }) => id)).to.deep.equal(["vpc-1", "vpc-2"]);
    account.remove(vpc);
    expect(account.all(vpc.token).map(({ id }) => id)).to.deep.equal(["vpc-2"]);
  });

  it("notices what another process did, and gives no number twice", () => {
    const file = join(folder, "account.sqlite");
    const [one, other] = [new Account(file), new Account(file)];
    one.put(vpc);
    expect(one.nextSerial()).to.equal(1);
    other.refresh();
    expect([...other.everything()]).to.deep.equal([vpc]);
    expect(other.nextSerial()).to.equal(2);
    other.remove(vpc);
    one.refresh();
    expect([...one.everything()]).to.deep.equal([]);
    expect(one.named("arn:vpc-1")).to.deep.equal([]);
  });

  it("keeps all that an operation did, or, when it is killed, nothing", () => {
    const file = join(folder, "account.sqlite");
    const account = new Account(file);
    const left = (): readonly Stored[] => [...new Account(file).everything()];
    account.atomically(() => {
      account.put(vpc);
      account.put(subnet);
      expect(left()).to.deep.equal([]);
    });
    expect(left()).to.deep.equal([vpc, subnet]);
  });

  it("keeps what an operation did before it failed", () => {
    const account = new Account();
    const failing = (): never => {
      account.put(vpc);
      throw new Error("no capacity");
    };
    expect(() => account.atomically(failing)).to.throw("no capacity");
    account.atomically(() => {
      account.put(subnet);
    });
    expect([...account.everything()]).to.deep.equal([vpc, subnet]);
  });

  it("refuses a file that is none, naming it", () => {
    const file = join(folder, "notes.txt");
    writeFileSync(file, "not a database, and long enough to be taken for the header of one ".repeat(20));
    expect(() => new Account(file)).to.throw(`${file} cannot be used as an account: file is not a database`);
  });

  it("refuses a file of another version of the sandbox, saying what to do", () => {
    const file = join(folder, "account.sqlite");
    new Account(file).close();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 7");
    database.close();
    expect(() => new Account(file)).to.throw(
      `${file} cannot be used as an account: its layout is version 7, and this sandbox keeps version 1: \`make clean\` forgets it`,
    );
  });

  it("refuses a file from before layouts were counted", () => {
    const file = join(folder, "account.sqlite");
    const database = new DatabaseSync(file);
    database.exec("CREATE TABLE things (address TEXT PRIMARY KEY, body TEXT NOT NULL)");
    database.close();
    expect(() => new Account(file)).to.throw("its layout is version 0, and this sandbox keeps version 1");
  });

  it("lets nobody change it while another writes to it, and does not wait when it is told that nobody will stop", () => {
    const file = join(folder, "account.sqlite");
    const account = new Account(file);
    const attempt = (): void => {
      account.atomically(() => {
        account.put(vpc);
      });
    };
    expect(() => {
      account.lockedMeanwhile(attempt);
    }).to.throw(`${file} cannot be used as an account: database is locked`);
    attempt();
    expect([...account.everything()]).to.deep.equal([vpc]);
  });

  it("is as it was when its file is opened again, without having been closed", () => {
    const file = join(folder, "account.sqlite");
    const before = new Account(file, "run 1");
    before.become("111111111111");
    before.put(vpc);
    before.put(subnet);
    before.put({ ...vpc, state: { arn: "arn:vpc-1", changed: true } });
    before.nextSerial();
    before.record({ urn: "urn:vpc", token: vpc.token, kind: "create", seconds: 12 });

    const after = new Account(file, "run 2");
    expect([...after.everything()]).to.deep.equal(
      [...before.everything()].sort((a) => (a.id === "vpc-1" ? -1 : 1)),
    );
    expect(after.holders(vpc).map(({ id }) => id)).to.deep.equal(["subnet-1"]);
    expect(after.accountId).to.equal("111111111111");
    expect(after.nextSerial()).to.equal(2);
    expect(after.operations()).to.deep.equal([]);
    expect(after.operations("run 1")).to.deep.equal([
      { urn: "urn:vpc", token: vpc.token, kind: "create", seconds: 12 },
    ]);
  });

  it("stays the account that it first became", () => {
    const account = new Account();
    expect(account.accountId).to.equal("123456789012");
    account.become("111111111111");
    account.become("222222222222");
    expect(account.accountId).to.equal("111111111111");
  });

  it("becomes no other once a program has made something at AWS in it", () => {
    const account = new Account();
    account.put({ ...vpc, token: "kubernetes:core/v1:Namespace" });
    account.put({ ...subnet, urn: "" });
    account.put(vpc);
    account.become("111111111111");
    expect(account.accountId).to.equal("123456789012");
    account.remove(vpc);
    account.become("111111111111");
    expect(account.accountId).to.equal("111111111111");
  });
});
