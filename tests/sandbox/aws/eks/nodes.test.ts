import { expect } from "chai";
import { Account } from "../../../../sandbox/account.ts";
import { nodesOf } from "../../../../sandbox/aws/eks/nodes.ts";
import type { Properties } from "../../../../sandbox/model.ts";

function accountWith(...things: readonly (readonly [token: string, state: Properties])[]): Account {
  const account = new Account();
  for (const [index, [token, state]] of things.entries())
    account.put({ scope: "eu-west-1", token, id: String(index), urn: "", inputs: {}, state, keys: [] });
  return account;
}

const managed = "aws:eks/nodeGroup:NodeGroup";
const scaled = "aws:autoscaling/group:Group";
const owned = (cluster: string): Properties => ({ key: `kubernetes.io/cluster/${cluster}`, value: "owned" });

describe("the nodes of a simulated cluster", () => {
  it("are those of its managed groups, and of Auto Scaling groups that are marked as its own", () => {
    const account = accountWith(
      [managed, { clusterName: "main", scalingConfig: { desiredSize: 3 } }],
      [managed, { clusterName: "other", scalingConfig: { desiredSize: 5 } }],
      [scaled, { desiredCapacity: 2, tags: [owned("main")] }],
      [scaled, { desiredCapacity: 7, tags: [owned("other")] }],
      [scaled, { desiredCapacity: 9 }],
    );
    expect(nodesOf(account, "main")).to.equal(5);
  });

  it("are none where there is no group", () => {
    expect(nodesOf(accountWith(), "main")).to.equal(0);
  });
});
