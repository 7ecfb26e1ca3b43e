import { expect } from "chai";

import { openTo } from "../../../components/network/firewall.ts";
import { all, only, run } from "../../support/run.ts";
import { placement } from "../placement.ts";

const groupType = "aws:ec2/securityGroup:SecurityGroup";
const ruleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

function open(clients: readonly string[]) {
  return run(() => {
    const { vpcId, clientsNamed } = placement();
    openTo(clientsNamed(clients), 5432, "store", vpcId, {});
  });
}

describe("openTo", () => {
  it("lets each named client connect to the port, by its security group", async () => {
    const { resources } = await open(["nodes", "jobs"]);
    const store = only(resources, groupType, "store");
    for (const client of ["nodes", "jobs"]) {
      expect(only(resources, ruleType, `store-from-${client}`).inputs).to.include({
        securityGroupId: store.id,
        referencedSecurityGroupId: only(resources, groupType, client).id,
        ipProtocol: "tcp",
        fromPort: 5432,
        toPort: 5432,
      });
    }
    expect(all(resources, ruleType)).to.have.length(2);
  });

  it("lets nobody in without a client", async () => {
    const { resources } = await open([]);
    expect(all(resources, ruleType)).to.deep.equal([]);
  });

  it("lets nothing out", async () => {
    const { resources } = await open(["nodes"]);
    expect(only(resources, groupType, "store").inputs).to.not.have.property("egress");
    expect(all(resources, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).to.deep.equal([]);
  });
});
