import { expect } from "chai";
import { Account } from "../../../../sandbox/account.ts";
import type { Made } from "../../../../sandbox/aws/behaviour.ts";
import { nodeGroups } from "../../../../sandbox/aws/eks/node-group.ts";
import { hexOf } from "../../../../sandbox/values.ts";

function put(account: Account, token: string, id: string, state = {}): void {
  account.put({ scope: "eu-west-1", token, id, urn: "urn", inputs: {}, state, keys: [] });
}

/** What a group of nodes in two subnets makes beside it. */
function madeFor(desiredSize: number): readonly Made[] {
  const account = new Account();
  for (const id of ["subnet-a", "subnet-b"]) put(account, "aws:ec2/subnet:Subnet", id);
  put(account, "aws:ec2/securityGroup:SecurityGroup", "sg-1");
  put(account, "aws:eks/cluster:Cluster", "shop", { vpcConfig: { clusterSecurityGroupId: "sg-1" } });
  const scalingConfig = { minSize: 0, desiredSize, maxSize: 9 };
  const context = {
    inputs: { clusterName: "shop", subnetIds: ["subnet-a", "subnet-b"], scalingConfig },
    name: "nodes",
    accountId: "111111111111",
    region: "eu-west-1",
    account,
    hex: (length: number, salt = "") => hexOf(salt, length),
    created: "",
    id: "shop:nodes",
    before: undefined,
  };
  return nodeGroups.flatMap((group) => group.makes?.(context) ?? []);
}

describe("the nodes of a simulated group", () => {
  it("have a network interface each, spread over the subnets", () => {
    expect(madeFor(3).map(({ state }) => state.subnetId)).to.deep.equal(["subnet-a", "subnet-b", "subnet-a"]);
    expect(new Set(madeFor(3).map(({ id }) => id)).size).to.equal(3);
    expect(madeFor(0)).to.deep.equal([]);
  });

  it("which keep their subnet and the cluster's security group from being deleted", () => {
    expect(madeFor(1).map(({ holds }) => holds)).to.deep.equal([
      ["eu-west-1|aws:ec2/subnet:Subnet|subnet-a", "eu-west-1|aws:ec2/securityGroup:SecurityGroup|sg-1"],
    ]);
  });
});
