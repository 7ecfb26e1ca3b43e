import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

const gatewayToken = "aws:ec2transitgateway/transitGateway:TransitGateway";
const attachmentToken = "aws:ec2transitgateway/vpcAttachment:VpcAttachment";

class Joined extends World {
  public readonly network = networkOf(this, "ab");
  public readonly gateway = this.make(gatewayToken, "hub");

  public attach(inputs: Properties = {}, name = "main"): Settled {
    return this.make(attachmentToken, name, {
      transitGatewayId: this.gateway.id,
      vpcId: this.network.vpc.id,
      subnetIds: this.network.subnetIds,
      ...inputs,
    });
  }
}

describe("a transit gateway", () => {
  it("refuses two subnets of a zone", () => {
    const world = new Joined();
    const twin = world.subnet(
      world.network.vpc,
      { availabilityZone: "eu-west-1a", cidrBlock: "10.0.9.0/24" },
      "twin",
    );
    expect(refusalOf(() => world.attach({ subnetIds: [...world.network.subnetIds, twin.id] }))).to.equal(
      "DuplicateSubnetsInSameZone: Duplicate Subnets for same AZ",
    );
  });

  it("refuses a VPC that it has", () => {
    const world = new Joined();
    world.attach();
    expect(refusalOf(() => world.attach({}, "again"))).to.equal(
      `DuplicateTransitGatewayAttachment: ${world.gateway.id} has non-deleted Transit Gateway Attachments with same VPC ID.`,
    );
  });

  it("stays while a VPC is attached", () => {
    const world = new Joined();
    const attachment = world.attach();
    expect(refusalOf(() => world.remove(gatewayToken, "hub", world.gateway))).to.equal(
      `IncorrectState: ${world.gateway.id} has non-deleted VPC Attachments: ${attachment.id}.`,
    );
    world.remove(attachmentToken, "main", attachment);
    world.remove(gatewayToken, "hub", world.gateway);
  });

  it("is missed by an attachment", () => {
    expect(refusalOf(() => new Joined().attach({ transitGatewayId: "tgw-0123456789abcdef0" }))).to.equal(
      "InvalidTransitGatewayID.NotFound: Transit Gateway tgw-0123456789abcdef0 was deleted or does not exist.",
    );
  });
});
