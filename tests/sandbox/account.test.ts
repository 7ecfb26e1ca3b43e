import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
});
