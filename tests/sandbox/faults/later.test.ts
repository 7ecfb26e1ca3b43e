import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import { withFaults } from "../../../sandbox/faults/inject.ts";
import { parseFaults } from "../../../sandbox/faults/parse.ts";
import { FaultSchedule } from "../../../sandbox/faults/schedule.ts";
import type { Provider, Settled } from "../../../sandbox/model.ts";
import { carrying, committing } from "../../../sandbox/operations.ts";
import { Unanswered } from "../../../sandbox/unanswered.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { later } from "../answering.ts";

const token = "aws:s3/bucket:Bucket";
const subject = { urn: `urn:pulumi:dev::shop::${token}::site`, token, name: "site" };

describe("a fault where the service answers later", () => {
  let folder = "";
  let account = new Account();
  let [asked, deaths] = [0, 0];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "later-"));
    account = new Account(join(folder, "account.sqlite"), "run");
    [asked, deaths] = [0, 0];
  });
  afterEach(() => {
    account.close();
    rmSync(folder, { recursive: true });
  });

  /** A far side that answers over a network. */
  const distant: Provider = {
    ...awsProvider,
    create: (...given) => {
      asked += 1;
      return later(() => awsProvider.create(...given));
    },
    delete: (...given) => later(() => awsProvider.delete(...given)),
  };
  const behind = (...faults: readonly string[]): Provider => {
    const schedule = new FaultSchedule(parseFaults(faults), account.memory);
    const die = (): void => void (deaths += 1);
    return carrying(distant, withFaults(committing(account), schedule, { account, die }));
  };
  const session = () => ({ account, settings: { region: "eu-west-1" }, preview: false, seed: "" });
  const make = async (provider: Provider): Promise<Settled> =>
    provider.create(session(), subject, { bucket: "site" });
  const names = (): readonly string[] => [...account.everything()].map(({ id }) => id);
  const noted = (): readonly string[] =>
    account.operations().map(({ kind, seconds }) => `${kind} ${seconds}`);

  it("of throttling costs the time of the retries", async () => {
    const { seconds } = await make(behind("throttling@1x3"));
    expect([seconds, noted()]).to.deep.equal([2 + 1 + 2 + 4, ["create 9"]]);
  });

  it("of time runs out after the service has done it", async () => {
    const error = await failureOf(make(behind("timeout@1")));
    expect(error).to.be.instanceOf(Unready);
    expect(error.message).to.contain("waiting for Bucket (site) create: timeout while waiting");
    expect([names(), noted()]).to.deep.equal([["site"], ["create 2"]]);
  });

  it("of time runs out after a deletion, too", async () => {
    const provider = behind("timeout@2");
    await make(provider);
    const error = await failureOf(Promise.resolve(provider.delete(session(), subject, "site")));
    expect(error.message).to.contain("Timeout: waiting for Bucket (site) delete: timeout while waiting");
    expect([names(), noted()]).to.deep.equal([[], ["create 2", "delete 1"]]);
  });

  it("kills the provider when the service has done it, and not before", async () => {
    const made = make(behind("provider-dies-after@1"));
    expect([deaths, names()]).to.deep.equal([0, []]);
    expect(await failureOf(made)).to.be.instanceOf(Unanswered);
    expect([deaths, names(), noted()]).to.deep.equal([1, ["site"], ["create 2"]]);
  });

  it("asks nothing of the service while the account's file is locked", async () => {
    const error = await failureOf(make(behind("account-locked@1")));
    expect(error.message).to.contain("cannot be used as an account: database is locked");
    expect(asked).to.equal(0);
  });
});

async function failureOf(attempt: Promise<unknown>): Promise<Error> {
  try {
    await attempt;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("it did not fail");
}
