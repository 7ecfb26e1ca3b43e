import { expect } from "chai";
import { given } from "../../../sandbox/components/plan.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { Laboratory, make, refusal, shortNames } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const type = "awsx:ec2:Vpc";

/** Two zones with a subnet of each kind, and no NAT gateway. */
const smallest = {
  cidrBlock: "10.0.0.0/16",
  availabilityZoneNames: ["eu-west-1a", "eu-west-1b"],
  subnetStrategy: "Auto",
  subnetSpecs: [
    { type: "Public", cidrBlocks: ["10.0.48.0/24", "10.0.49.0/24"] },
    { type: "Private", cidrBlocks: ["10.0.0.0/20", "10.0.16.0/20"] },
    { type: "Isolated", name: "db", cidrBlocks: ["10.0.52.0/24", "10.0.53.0/24"] },
  ],
  natGateways: { strategy: "None" },
};

function vpc(change: Readonly<Record<string, unknown>> = {}, laboratory?: Laboratory): Promise<Finished> {
  return make(type, "net", { ...smallest, ...change }, laboratory);
}

describe("awsx.ec2.Vpc", () => {
  it("gives every subnet a route table of its own, and only public ones a route without NAT", async () => {
    const { laboratory } = await vpc({ availabilityZoneNames: ["eu-west-1a"], subnetSpecs: oneZone });
    expect(laboratory.tree()).to.deep.equal([
      "aws:ec2/internetGateway:InternetGateway net < Vpc net",
      "aws:ec2/route:Route net-public-1 < RouteTable net-public-1",
      "aws:ec2/routeTable:RouteTable net-db-1 < Subnet net-db-1",
      "aws:ec2/routeTable:RouteTable net-private-1 < Subnet net-private-1",
      "aws:ec2/routeTable:RouteTable net-public-1 < Subnet net-public-1",
      "aws:ec2/routeTableAssociation:RouteTableAssociation net-db-1 < RouteTable net-db-1",
      "aws:ec2/routeTableAssociation:RouteTableAssociation net-private-1 < RouteTable net-private-1",
      "aws:ec2/routeTableAssociation:RouteTableAssociation net-public-1 < RouteTable net-public-1",
      "aws:ec2/subnet:Subnet net-db-1 < Vpc net",
      "aws:ec2/subnet:Subnet net-private-1 < Vpc net",
      "aws:ec2/subnet:Subnet net-public-1 < Vpc net",
      "aws:ec2/vpc:Vpc net < the component",
    ]);
  });

  it("puts one NAT gateway into the first zone, and routes every private subnet through it", async () => {
    const { laboratory } = await vpc({ natGateways: { strategy: "Single" } });
    const added = laboratory.tree().filter((line) => /Eip|NatGateway|Route net-private/.test(line));
    expect(added).to.deep.equal([
      "aws:ec2/eip:Eip net-1 < Subnet net-public-1",
      "aws:ec2/natGateway:NatGateway net-1 < Subnet net-public-1",
      "aws:ec2/route:Route net-private-1 < RouteTable net-private-1",
      "aws:ec2/route:Route net-private-2 < RouteTable net-private-2",
    ]);
    expect(laboratory.inputs("Route net-private-2")).to.deep.equal({
      routeTableId: "<RouteTable net-private-2>.id",
      destinationCidrBlock: "0.0.0.0/0",
      natGatewayId: "<NatGateway net-1>.id",
    });
    expect(laboratory.waitsFor("NatGateway net-1")).to.deep.equal(["Eip net-1", "Subnet net-public-1"]);
    expect(laboratory.waitsFor("Eip net-1")).to.deep.equal(["Subnet net-public-1"]);
  });

  it("routes each zone through its own NAT gateway with one per zone, which is the default", async () => {
    for (const natGateways of [{ strategy: "OnePerAz" }, undefined]) {
      const { laboratory, outputs } = await vpc({ natGateways });
      expect(laboratory.inputs("Route net-private-2")).to.include({ natGatewayId: "<NatGateway net-2>.id" });
      expect(outputs.natGateways).to.deep.equal(["<NatGateway net-1>", "<NatGateway net-2>"]);
      expect(outputs.eips).to.deep.equal(["<Eip net-1>", "<Eip net-2>"]);
    }
  });

  it("sends the same inputs for a subnet as the real component", async () => {
    const { laboratory } = await vpc();
    expect(laboratory.inputs("Subnet net-public-2")).to.deep.equal({
      vpcId: "<Vpc net>.id",
      availabilityZone: "eu-west-1b",
      cidrBlock: "10.0.49.0/24",
      mapPublicIpOnLaunch: true,
      assignIpv6AddressOnCreation: false,
      tags: { Name: "net-public-2", SubnetType: "Public" },
    });
    expect(laboratory.inputs("Subnet net-db-1")).to.include({ mapPublicIpOnLaunch: false });
  });

  it("tags: the spec's on subnets only, the component's everywhere, over the VPC's own name", async () => {
    const specs = smallest.subnetSpecs.map((spec) => ({ ...spec, tags: { role: "elb", Name: "lost" } }));
    const { laboratory } = await vpc({
      subnetSpecs: specs,
      tags: { Name: "mine", team: "core" },
      natGateways: { strategy: "Single" },
    });
    const tags = (key: string): unknown => laboratory.inputs(key).tags;
    expect(tags("Vpc net")).to.deep.equal({ Name: "mine", team: "core" });
    expect(tags("Subnet net-public-1")).to.deep.equal({
      Name: "net-public-1",
      SubnetType: "Public",
      role: "elb",
      team: "core",
    });
    expect(tags("RouteTable net-public-1")).to.deep.equal({
      Name: "net-public-1",
      SubnetType: "Public",
      team: "core",
    });
    expect(tags("NatGateway net-1")).to.deep.equal({ Name: "net-1", team: "core" });
  });

  it("leaves only the tag unknown whose value a preview does not know", async () => {
    const tags = { team: "core", key: given(UNKNOWN, ["urn:pulumi:test::test::aws:kms/key:Key::main"]) };
    const { laboratory } = await vpc({ tags }, new Laboratory({ preview: true }));
    expect(laboratory.inputs("Vpc net").tags).to.deep.equal({ Name: "net", team: "core", key: "?" });
    expect(laboratory.waitsFor("Vpc net")).to.deep.equal(["Key main"]);
  });

  it("passes the DNS switches on to the VPC only if they are given", async () => {
    const bare = await vpc();
    expect(bare.laboratory.inputs("Vpc net")).to.deep.equal({
      cidrBlock: "10.0.0.0/16",
      tags: { Name: "net" },
    });
    const { laboratory } = await vpc({ enableDnsHostnames: true, enableDnsSupport: true });
    expect(laboratory.inputs("Vpc net")).to.include({ enableDnsHostnames: true, enableDnsSupport: true });
  });

  it("lists subnets zone by zone, public before private before isolated", async () => {
    const { outputs } = await vpc({ subnetSpecs: [...smallest.subnetSpecs].reverse() });
    expect(outputs.subnets).to.deep.equal([
      "<Subnet net-public-1>",
      "<Subnet net-private-1>",
      "<Subnet net-db-1>",
      "<Subnet net-public-2>",
      "<Subnet net-private-2>",
      "<Subnet net-db-2>",
    ]);
    expect(outputs.isolatedSubnetIds).to.deep.equal(["<Subnet net-db-1>.id", "<Subnet net-db-2>.id"]);
  });

  it("makes every output depend on the VPC and all subnets, and `routes` on the routes too", async () => {
    const { evaluated } = await vpc();
    const subnets = ["db", "private", "public"].flatMap((kind) =>
      [1, 2].map((zone) => `Subnet net-${kind}-${zone}`),
    );
    expect(shortNames(evaluated.vpcId?.dependencies ?? [])).to.deep.equal([...subnets, "Vpc net"]);
    expect(shortNames(evaluated.routes?.dependencies ?? [])).to.deep.equal([
      "Route net-public-1",
      "Route net-public-2",
      ...subnets,
      "Vpc net",
    ]);
  });

  it("knows in a preview which resources there will be, but none of their ids", async () => {
    const { outputs } = await vpc({}, new Laboratory({ preview: true }));
    expect(outputs).to.include({ vpc: "<Vpc net>", vpcId: "?", publicSubnetIds: "?" });
    expect(outputs.publicSubnets).to.deep.equal(["<Subnet net-public-1>", "<Subnet net-public-2>"]);
  });

  it("asks for the zones once, and takes the first three, when none are named", async () => {
    const answers = {
      "aws:index/getAvailabilityZones:getAvailabilityZones": { names: ["a", "b", "c", "d"] },
    };
    const laboratory = new Laboratory({ answers });
    await make(type, "net", { subnetStrategy: "Auto", natGateways: { strategy: "None" } }, laboratory);
    expect(laboratory.questions).to.deep.equal(["aws:index/getAvailabilityZones:getAvailabilityZones {}"]);
    expect(laboratory.inputs("Subnet net-private-3")).to.include({
      availabilityZone: "c",
      cidrBlock: "10.0.128.0/19",
    });
  });

  it("refuses more zones than the region has", async () => {
    const answers = { "aws:index/getAvailabilityZones:getAvailabilityZones": { names: ["a", "b"] } };
    const args = { subnetStrategy: "Auto", natGateways: { strategy: "None" } };
    expect(await refusal(() => make(type, "net", args, new Laboratory({ answers })))).to.equal(
      "The configured region for this provider does not have at least 3 Availability Zones. Either specify an explicit " +
        "list of zones in availabilityZoneNames or choose a region with at least 3 AZs.",
    );
  });

  it("makes an endpoint under the service's name, as it is specified", async () => {
    const vpcEndpointSpecs = [
      { serviceName: "com.amazonaws.eu-west-1.s3", vpcEndpointType: "Gateway", tags: { a: "b" } },
    ];
    const { laboratory, outputs } = await vpc({ vpcEndpointSpecs });
    expect(laboratory.inputs("VpcEndpoint com.amazonaws.eu-west-1.s3")).to.deep.equal({
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      tags: { Name: "net", a: "b" },
      vpcId: "<Vpc net>.id",
    });
    expect(outputs.vpcEndpoints).to.deep.equal(["<VpcEndpoint com.amazonaws.eu-west-1.s3>"]);
  });

  const refusals: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    ["an unknown NAT strategy", { natGateways: { strategy: "Two" } }, "Unknown NatGatewayStrategy 'Two'"],
    [
      "NAT without public subnets",
      { natGateways: { strategy: "Single" }, subnetSpecs: smallest.subnetSpecs.slice(1) },
      "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway " +
        "resource, along with private or isolated subnets to route through it.",
    ],
    [
      "zones both by name and by number",
      { numberOfAvailabilityZones: 2 },
      "Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified",
    ],
    [
      "a strategy that it does not know",
      { subnetStrategy: "AutoMerge" },
      "the sandbox does not simulate the subnet strategy 'AutoMerge' of awsx:ec2:Vpc",
    ],
    [
      "an argument that it does not know",
      { ipv4IpamPoolId: "pool" },
      "the sandbox does not simulate the argument 'ipv4IpamPoolId' of awsx:ec2:Vpc",
    ],
  ];
  for (const [what, change, message] of refusals) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => vpc(change))).to.equal(message);
    });
  }
});

const oneZone = smallest.subnetSpecs.map((spec) => ({ ...spec, cidrBlocks: spec.cidrBlocks.slice(0, 1) }));
