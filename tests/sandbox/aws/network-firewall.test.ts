import { expect } from "chai";
import type { Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

describe("a firewall of a network", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const firewall = (vpc: Settled, subnetIds: readonly string[]): Settled => {
    const firewallPolicyArn = world.make("aws:networkfirewall/firewallPolicy:FirewallPolicy", "main", {
      firewallPolicy: {
        statelessDefaultActions: ["aws:pass"],
        statelessFragmentDefaultActions: ["aws:pass"],
      },
    }).state.arn;
    return world.make("aws:networkfirewall/firewall:Firewall", "main", {
      ...{ firewallPolicyArn, vpcId: vpc.id },
      subnetMappings: subnetIds.map((subnetId) => ({ subnetId })),
    });
  };

  it("has an endpoint in each subnet, for the routes to it", () => {
    const { vpc, subnetIds } = networkOf(world, "ab");
    const { state } = firewall(vpc, subnetIds);
    expect(state).to.have.nested.property("firewallStatuses[0].syncStates.length", 2);
    expect(state).to.have.nested.property("firewallStatuses[0].syncStates[1].availabilityZone", "eu-west-1b");
    const attachment = "firewallStatuses[0].syncStates[1].attachments[0]";
    expect(state).to.have.nested.property(`${attachment}.subnetId`, subnetIds[1]);
    expect(state)
      .to.have.nested.property(`${attachment}.endpointId`)
      .that.matches(/^vpce-0[0-9a-f]{16}$/);
  });

  it("refuses two subnets in one zone", () => {
    const { vpc, subnetIds } = networkOf(world, "aa");
    expect(refusalOf(() => firewall(vpc, subnetIds))).to.equal(
      "InvalidRequestException: subnet mapping contains more than one subnet in the same Availability Zone",
    );
  });
});
