import { expect } from "chai";
import { refusalOf, World } from "./world.ts";
import type { Settled } from "../../../sandbox/model.ts";

describe("simulated routes", () => {
  let world: World;
  let vpc: Settled;
  let table: Settled;
  beforeEach(() => {
    world = new World();
    vpc = world.vpc();
    table = world.make("aws:ec2/routeTable:RouteTable", "public", { vpcId: vpc.id });
  });

  const route = (name: string, gatewayId: string, routeTableId = table.id): Settled =>
    world.make("aws:ec2/route:Route", name, { routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId });
  const associate = (name: string, subnetId: string, routeTableId = table.id): Settled =>
    world.make("aws:ec2/routeTableAssociation:RouteTableAssociation", name, { subnetId, routeTableId });

  it("have the provider's id", () => {
    expect(route("out", world.internetGateway(vpc).id).id).to.equal(`r-${table.id}1080289494`);
  });

  it("can be added to the first table of a VPC", () => {
    const main = String(vpc.state.mainRouteTableId);
    expect(route("out", world.internetGateway(vpc).id, main).id).to.equal(`r-${main}1080289494`);
  });

  it("refuse a destination that the table has already", () => {
    const gateway = world.internetGateway(vpc).id;
    route("first", gateway);
    expect(refusalOf(() => route("second", gateway))).to.equal(
      "RouteAlreadyExists: The route identified by 0.0.0.0/0 already exists.",
    );
  });

  it("refuse a destination that the table has within itself", () => {
    const gatewayId = world.internetGateway(vpc).id;
    const inline = world.make("aws:ec2/routeTable:RouteTable", "inline", {
      vpcId: vpc.id,
      routes: [{ cidrBlock: "0.0.0.0/0", gatewayId }],
    });
    expect(refusalOf(() => route("second", gatewayId, inline.id))).to.match(/^RouteAlreadyExists: /);
  });

  it("refuse a gateway that does not exist", () => {
    expect(refusalOf(() => route("lost", "igw-0000"))).to.equal(
      "InvalidGatewayID.NotFound: The gateway ID 'igw-0000' does not exist",
    );
  });

  it("refuse the gateway of another VPC", () => {
    const foreign = world.internetGateway(world.vpc("other", { cidrBlock: "10.1.0.0/16" }), "other").id;
    expect(refusalOf(() => route("out", foreign))).to.equal(
      `InvalidParameterValue: route table ${table.id} and network gateway ${foreign} belong to different networks`,
    );
  });

  it("refuse a second table for a subnet", () => {
    const subnet = world.subnet(vpc).id;
    expect(associate("first", subnet).id).to.match(/^rtbassoc-0[0-9a-f]{16}$/);
    expect(refusalOf(() => associate("second", subnet))).to.equal(
      `Resource.AlreadyAssociated: the specified association for route table ${table.id} conflicts with an existing association`,
    );
  });

  it("refuse a table of another VPC for a subnet", () => {
    const subnet = world.subnet(world.vpc("other"), {}, "other").id;
    expect(refusalOf(() => associate("foreign", subnet))).to.equal(
      `InvalidParameterValue: route table ${table.id} and subnet ${subnet} belong to different networks`,
    );
  });

  it("keep a table that a subnet uses", () => {
    associate("first", world.subnet(vpc).id);
    expect(refusalOf(() => world.remove("aws:ec2/routeTable:RouteTable", "public", table))).to.match(
      /^DependencyViolation: /,
    );
  });
});

describe("simulated endpoints", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const token = "aws:ec2/vpcEndpoint:VpcEndpoint";
  const s3 = "com.amazonaws.eu-west-1.s3";
  const interfaceTo = (vpc: Settled, subnets: readonly Settled[], name = "ecr"): Settled =>
    world.make(token, name, {
      vpcId: vpc.id,
      serviceName: "com.amazonaws.eu-west-1.ecr.api",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: subnets.map(({ id }) => id),
    });

  it("give a gateway its prefix list, and an interface its names", () => {
    const vpc = world.vpc("main", { enableDnsHostnames: true });
    expect(world.make(token, "s3", { vpcId: vpc.id, serviceName: s3 }).state.prefixListId).to.match(
      /^pl-[0-9a-f]{8}$/,
    );
    const { state, seconds } = interfaceTo(vpc, [world.subnet(vpc)]);
    expect(state.networkInterfaceIds).to.have.length(1);
    expect(JSON.stringify(state.dnsEntries)).to.contain('"api.ecr.eu-west-1.amazonaws.com"');
    expect(state.securityGroupIds).to.deep.equal([vpc.state.defaultSecurityGroupId]);
    expect(seconds).to.equal(90);
  });

  it("refuse a service of another region", () => {
    const inputs = { vpcId: world.vpc().id, serviceName: "com.amazonaws.us-east-1.s3" };
    expect(refusalOf(() => world.make(token, "s3", inputs))).to.equal(
      "InvalidServiceName: The Vpc Endpoint Service 'com.amazonaws.us-east-1.s3' does not exist",
    );
  });

  it("refuse a second gateway to the same service for a route table", () => {
    const vpc = world.vpc();
    const table = String(vpc.state.mainRouteTableId);
    const inputs = { vpcId: vpc.id, serviceName: s3, routeTableIds: [table] };
    world.make(token, "first", inputs);
    expect(refusalOf(() => world.make(token, "second", inputs))).to.match(
      new RegExp(
        `^RouteAlreadyExists: route table ${table} already has a route with destination-prefix-list-id pl-`,
      ),
    );
  });

  it("refuse private names where the VPC resolves none", () => {
    const vpc = world.vpc();
    expect(refusalOf(() => interfaceTo(vpc, [world.subnet(vpc)]))).to.equal(
      `InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpc.id}`,
    );
  });

  it("refuse the same private names twice", () => {
    const vpc = world.vpc("main", { enableDnsHostnames: true });
    const subnet = world.subnet(vpc);
    interfaceTo(vpc, [subnet]);
    expect(refusalOf(() => interfaceTo(vpc, [subnet], "again"))).to.match(
      /^InvalidParameter: private-dns-enabled cannot be set/,
    );
  });

  it("refuse two subnets of one zone", () => {
    const vpc = world.vpc("main", { enableDnsHostnames: true });
    const zone = { availabilityZone: "eu-west-1a" };
    const subnets = [
      world.subnet(vpc, zone, "a"),
      world.subnet(vpc, { ...zone, cidrBlock: "10.0.1.0/24" }, "b"),
    ];
    expect(refusalOf(() => interfaceTo(vpc, subnets))).to.match(/^DuplicateSubnetsInSameZone: /);
  });
});

describe("simulated network ACLs", () => {
  it("refuse a rule number that is taken in the same direction", () => {
    const world = new World();
    const acl = world.make("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: world.vpc().id });
    const rule = {
      networkAclId: acl.id,
      ruleNumber: 100,
      protocol: "-1",
      ruleAction: "allow",
      cidrBlock: "0.0.0.0/0",
    };
    const make = (name: string, inputs: object): Settled =>
      world.make("aws:ec2/networkAclRule:NetworkAclRule", name, { ...rule, ...inputs });
    make("in", {});
    make("out", { egress: true });
    expect(refusalOf(() => make("twice", {}))).to.equal(
      "NetworkAclEntryAlreadyExists: The network acl entry identified by 100 already exists.",
    );
  });

  it("refuse a subnet of another VPC", () => {
    const world = new World();
    const acl = world.make("aws:ec2/networkAcl:NetworkAcl", "acl", { vpcId: world.vpc().id });
    const subnet = world.subnet(world.vpc("other"));
    const inputs = { networkAclId: acl.id, subnetId: subnet.id };
    expect(
      refusalOf(() => world.make("aws:ec2/networkAclAssociation:NetworkAclAssociation", "one", inputs)),
    ).to.match(
      /^InvalidParameterValue: network acl acl-\w+ and subnet subnet-\w+ belong to different networks$/,
    );
  });
});

describe("simulated flow logs", () => {
  it("refuse CloudWatch Logs without a role or with one that is not there, and the same log twice", () => {
    const world = new World();
    const vpcId = world.vpc().id;
    const token = "aws:ec2/flowLog:FlowLog";
    expect(refusalOf(() => world.make(token, "bare", { vpcId, trafficType: "ALL" }))).to.equal(
      "InvalidParameter: DeliverLogsPermissionArn must be specified for LogDestinationType cloud-watch-logs",
    );
    const iamRoleArn = "arn:aws:iam::123456789012:role/none";
    expect(refusalOf(() => world.make(token, "bare", { vpcId, trafficType: "ALL", iamRoleArn }))).to.equal(
      "InvalidParameter: Unable to assume given IAM role",
    );
    const toBucket = {
      vpcId,
      trafficType: "ALL",
      logDestinationType: "s3",
      logDestination: "arn:aws:s3:::flow-logs",
    };
    world.make(token, "first", toBucket);
    expect(refusalOf(() => world.make(token, "second", toBucket))).to.match(/^FlowLogAlreadyExists: /);
  });
});
