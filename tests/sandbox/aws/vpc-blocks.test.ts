import { expect } from "chai";
import type { Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const token = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
let world: World;
let vpc: Settled;

function associate(cidrBlock: string): Settled {
  return world.make(token, cidrBlock, { vpcId: vpc.id, cidrBlock });
}

describe("a further block of a VPC", () => {
  beforeEach(() => {
    world = new World();
    vpc = world.vpc();
  });

  it("holds subnets as the first one does", () => {
    associate("100.64.0.0/16");
    expect(world.subnet(vpc, { cidrBlock: "100.64.1.0/24" }).state.cidrBlock).to.equal("100.64.1.0/24");
    expect(refusalOf(() => world.subnet(vpc, { cidrBlock: "100.65.1.0/24" }, "other"))).to.equal(
      "InvalidSubnet.Range: The CIDR '100.65.1.0/24' is invalid.",
    );
  });

  it("is no bound for a VPC whose first one is from a pool", () => {
    vpc = world.make("aws:ec2/vpc:Vpc", "pooled", { ipv4NetmaskLength: 16, ipv4IpamPoolId: "ipam-pool-0" });
    associate("100.64.0.0/16");
    expect(world.subnet(vpc).state.cidrBlock).to.equal("10.0.0.0/24");
  });

  it("is of the same private range, or of a public one", () => {
    expect(refusalOf(() => associate("192.168.0.0/16"))).to.equal(
      "InvalidVpc.Range: The CIDR '192.168.0.0/16' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
    );
    expect(associate("10.1.0.0/16").id).to.match(/^vpc-cidr-assoc-0/);
    expect(associate("54.0.0.0/16").id).to.match(/^vpc-cidr-assoc-0/);
  });

  it("refuses sizes that no VPC has, and addresses that it has already", () => {
    expect(refusalOf(() => associate("100.64.0.0/10"))).to.equal(
      "InvalidVpc.Range: The CIDR '100.64.0.0/10' is invalid.",
    );
    expect(refusalOf(() => associate("10.0.4.0/24"))).to.equal(
      "CidrConflict: The CIDR '10.0.4.0/24' conflicts with another CIDR of the VPC.",
    );
  });
});
