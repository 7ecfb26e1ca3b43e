import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { holdersFromOutside, leaveBehind, makeBeside, takeAway } from "../../../sandbox/aws/makings.ts";
import type { Stored } from "../../../sandbox/model.ts";

const arn = "arn:aws:eks:eu-west-1:123456789012:cluster/shop";
const thing = { scope: "eu-west-1", inputs: {}, state: {}, keys: [] };
const owner: Stored = { ...thing, token: "owner", id: "shop", urn: "urn", state: { arn } };
const group = { token: "group", id: "sg-1", state: {} };

describe("what a service makes by itself", () => {
  let account: Account;
  beforeEach(() => {
    account = new Account();
    account.put(owner);
  });

  const ids = (): readonly string[] => [...account.everything()].map(({ id }) => id).sort();
  const use = (): void => {
    account.put({ ...thing, token: "rule", id: "rule", urn: "rule", holds: ["eu-west-1|group|sg-1"] });
  };

  it("comes and goes with its owner, and does not hold it", () => {
    makeBeside(account, owner, [group]);
    expect(ids()).to.deep.equal(["sg-1", "shop"]);
    expect(holdersFromOutside(account, owner)).to.deep.equal([]);
    takeAway(account, owner);
    expect(ids()).to.deep.equal(["shop"]);
  });

  it("goes when it is made no longer", () => {
    makeBeside(account, owner, [group, { ...group, id: "sg-2" }]);
    makeBeside(account, owner, [{ ...group, id: "sg-2" }]);
    expect(ids()).to.deep.equal(["sg-2", "shop"]);
  });

  it("holds what it lies in against others", () => {
    const vpc: Stored = { ...thing, token: "vpc", id: "vpc-1", urn: "vpc" };
    account.put(vpc);
    makeBeside(account, owner, [{ ...group, holds: ["eu-west-1|vpc|vpc-1"] }]);
    expect(holdersFromOutside(account, vpc).map(({ id }) => id)).to.deep.equal(["sg-1"]);
  });

  it("stays on its own where something else needs it", () => {
    makeBeside(account, owner, [group]);
    use();
    takeAway(account, owner);
    const left = account.find("group", "sg-1");
    expect(left?.holds).to.deep.equal([]);
    expect(left).not.to.have.property("madeFor");
  });

  it("is one that was there before, where the service takes that, and is left", () => {
    const own: Stored = { ...thing, ...group, urn: "urn of the program", state: { retentionInDays: 7 } };
    account.put(own);
    makeBeside(account, owner, [{ ...group, stays: true }]);
    expect(account.find("group", "sg-1")).to.deep.equal(own);
    takeAway(account, owner);
    expect(ids()).to.deep.equal(["sg-1", "shop"]);
  });

  it("takes the Kubernetes objects of a cluster with it", () => {
    account.put({ ...thing, scope: arn, token: "pod", id: "apps/web", urn: "pod" });
    takeAway(account, { ...owner, token: "aws:eks/cluster:Cluster" });
    expect(ids()).to.deep.equal(["shop"]);
  });

  it("is found without looking at everything there is, unless a cluster goes", () => {
    account.everything = (): never => {
      throw new Error("everything was looked at");
    };
    expect(() => {
      takeAway(account, owner);
    }).not.to.throw();
  });

  it("may be left in its place", () => {
    leaveBehind(account, owner, [{ token: "snapshot", id: "last", state: { of: "shop" } }]);
    expect(account.find("snapshot", "last", "eu-west-1")?.state).to.deep.equal({ of: "shop" });
  });
});
