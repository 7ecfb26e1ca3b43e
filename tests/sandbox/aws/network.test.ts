import { expect } from "chai";
import type { Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { refusalOf, World } from "./world.ts";

const vpcToken = "aws:ec2/vpc:Vpc";

describe("a simulated VPC", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it("has ids and first things in AWS's form", () => {
    const { id, state, seconds } = world.vpc();
    expect(id).to.match(/^vpc-0[0-9a-f]{16}$/);
    expect(state.arn).to.equal(`arn:aws:ec2:eu-west-1:123456789012:vpc/${id}`);
    expect(state.defaultSecurityGroupId).to.match(/^sg-0[0-9a-f]{16}$/);
    expect(state.mainRouteTableId).to.equal(state.defaultRouteTableId);
    expect(seconds).to.equal(12);
  });

  it("refuses a sixth VPC in a region", () => {
    for (const name of ["a", "b", "c", "d", "e"]) world.vpc(name);
    expect(refusalOf(() => world.vpc("f"))).to.equal(
      "VpcLimitExceeded: The maximum number of VPCs has been reached.",
    );
  });

  it("stays while a subnet is in it", () => {
    const vpc = world.vpc();
    const subnet = world.subnet(vpc);
    expect(refusalOf(() => world.remove(vpcToken, "main", vpc))).to.match(/^DependencyViolation: /);
    world.remove("aws:ec2/subnet:Subnet", "subnet", subnet);
    expect(world.remove(vpcToken, "main", vpc)).to.equal(1);
  });
});

describe("a simulated subnet", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it("knows its zone's id", () => {
    const { state } = world.subnet(world.vpc(), { availabilityZone: "eu-west-1b" });
    expect(state.availabilityZoneId).to.equal("euw1-az2");
  });

  it("refuses a VPC that does not exist", () => {
    const attempt = (): unknown =>
      world.make("aws:ec2/subnet:Subnet", "lost", { vpcId: "vpc-0000", cidrBlock: "10.0.0.0/24" });
    expect(refusalOf(attempt)).to.equal("InvalidVpcID.NotFound: The vpc ID 'vpc-0000' does not exist");
  });

  it("refuses to have no block, unless all its addresses are of IPv6", () => {
    expect(refusalOf(() => world.subnet(world.vpc(), { cidrBlock: undefined }))).to.equal(
      "MissingParameter: Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.",
    );
    const alone = { cidrBlock: undefined, ipv6Native: true, ipv6CidrBlock: "2600:1f18::/64" };
    expect(
      world.subnet(world.vpc("six"), { ...alone, assignIpv6AddressOnCreation: true }, "six").id,
    ).to.match(/^subnet-0/);
  });

  it("refuses a block outside the VPC", () => {
    expect(refusalOf(() => world.subnet(world.vpc(), { cidrBlock: "10.1.0.0/24" }))).to.equal(
      "InvalidSubnet.Range: The CIDR '10.1.0.0/24' is invalid.",
    );
  });

  it("refuses a block smaller than /28", () => {
    expect(refusalOf(() => world.subnet(world.vpc(), { cidrBlock: "10.0.0.0/29" }))).to.equal(
      "InvalidSubnet.Range: The CIDR '10.0.0.0/29' is invalid.",
    );
  });

  it("refuses a block that overlaps another subnet's", () => {
    const vpc = world.vpc();
    world.subnet(vpc, { cidrBlock: "10.0.0.0/20" });
    expect(refusalOf(() => world.subnet(vpc, { cidrBlock: "10.0.15.0/24" }, "second"))).to.equal(
      "InvalidSubnet.Conflict: The CIDR '10.0.15.0/24' conflicts with another subnet",
    );
    expect(world.subnet(vpc, { cidrBlock: "10.0.16.0/24" }, "third").id).to.match(/^subnet-/);
  });

  it("refuses a zone of another region", () => {
    expect(refusalOf(() => world.subnet(world.vpc(), { availabilityZone: "eu-central-1a" }))).to.equal(
      "InvalidParameterValue: Value (eu-central-1a) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: eu-west-1a, eu-west-1b, eu-west-1c.",
    );
  });
});

describe("simulated gateways", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const gatewayToken = "aws:ec2/internetGateway:InternetGateway";
  const natToken = "aws:ec2/natGateway:NatGateway";
  const eip = (name: string): string => world.make("aws:ec2/eip:Eip", name).id;

  it("attach once per VPC", () => {
    const vpc = world.vpc();
    world.internetGateway(vpc);
    expect(refusalOf(() => world.internetGateway(vpc, "second"))).to.equal(
      `InvalidParameterValue: Network ${vpc.id} already has an internet gateway attached`,
    );
  });

  it("refuse a sixth Elastic IP", () => {
    for (const name of ["a", "b", "c", "d", "e"]) eip(name);
    expect(refusalOf(() => eip("f"))).to.equal(
      "AddressLimitExceeded: The maximum number of addresses has been reached.",
    );
  });

  it("refuse a public NAT gateway before the VPC has an internet gateway", () => {
    const vpc = world.vpc();
    const inputs = { subnetId: world.subnet(vpc).id, allocationId: eip("nat") };
    expect(refusalOf(() => world.make(natToken, "nat", inputs))).to.equal(
      `Gateway.NotAttached: Network ${vpc.id} has no Internet gateway attached`,
    );
    world.internetGateway(vpc);
    const { state, seconds } = world.make(natToken, "nat", inputs);
    expect(state.publicIp).to.match(/^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$/);
    expect(state.privateIp).to.match(/^10\.0\.0\.\d+$/);
    expect(seconds).to.equal(100);
  });

  it("refuse an Elastic IP that is not there, or that another NAT gateway has", () => {
    const vpc = world.vpc();
    world.internetGateway(vpc);
    const subnetId = world.subnet(vpc).id;
    const allocationId = eip("nat");
    expect(refusalOf(() => world.make(natToken, "lost", { subnetId, allocationId: "eipalloc-0" }))).to.match(
      /^InvalidAllocationID\.NotFound: /,
    );
    world.make(natToken, "first", { subnetId, allocationId });
    expect(refusalOf(() => world.make(natToken, "second", { subnetId, allocationId }))).to.equal(
      `Resource.AlreadyAssociated: Elastic IP address [${allocationId}] is already associated`,
    );
  });

  it("stay attached while a NAT gateway has a public address", () => {
    const vpc = world.vpc();
    const gateway = world.internetGateway(vpc);
    const nat = world.make(natToken, "nat", { subnetId: world.subnet(vpc).id, allocationId: eip("nat") });
    expect(refusalOf(() => world.remove(gatewayToken, "main", gateway))).to.match(
      /^DependencyViolation: Network vpc-\w+ has some mapped public address/,
    );
    world.remove(natToken, "nat", nat);
    expect(world.remove(gatewayToken, "main", gateway)).to.equal(1);
  });

  it("refuse a sixth NAT gateway in a zone, and count each zone for itself", () => {
    const { subnetIds } = networkOf(world, "ab");
    const [here = "", there = ""] = subnetIds;
    const nat = (name: string, subnetId: string): Settled =>
      world.make(natToken, name, { subnetId, connectivityType: "private" });
    const [first] = ["a", "b", "c", "d", "e"].map((name) => nat(name, here));
    expect(refusalOf(() => nat("f", here))).to.equal(
      "NatGatewayLimitExceeded: The maximum number of NAT gateways in eu-west-1a has been reached.",
    );
    nat("f", there);
    if (first !== undefined) world.remove(natToken, "a", first);
    expect(nat("g", here).id).to.match(/^nat-0/);
  });

  it("keep an Elastic IP that is in use", () => {
    const vpc = world.vpc();
    world.internetGateway(vpc);
    const address = world.make("aws:ec2/eip:Eip", "nat");
    world.make(natToken, "nat", { subnetId: world.subnet(vpc).id, allocationId: address.id });
    expect(refusalOf(() => world.remove("aws:ec2/eip:Eip", "nat", address))).to.match(
      /^InvalidIPAddress\.InUse: /,
    );
  });
});
