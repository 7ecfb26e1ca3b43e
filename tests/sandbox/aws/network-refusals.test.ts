import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

class Wired extends World {
  public readonly network = networkOf(this, "ab");

  public rule(inputs: Properties): Settled {
    return this.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "web", {
      securityGroupId: this.network.group.id,
      ...{ ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" },
      ...inputs,
    });
  }

  public endpoint(service: string, inputs: Properties = {}): Settled {
    return this.make("aws:ec2/vpcEndpoint:VpcEndpoint", "services", {
      vpcId: this.network.vpc.id,
      serviceName: `com.amazonaws.eu-west-1.${service}`,
      ...inputs,
    });
  }

  public route(inputs: Properties): Settled {
    const table = this.make("aws:ec2/routeTable:RouteTable", "routes", { vpcId: this.network.vpc.id });
    return this.make("aws:ec2/route:Route", "route", { routeTableId: table.id, ...inputs });
  }

  public nat(inputs: Properties): Settled {
    const [subnetId] = this.network.subnetIds;
    return this.make("aws:ec2/natGateway:NatGateway", "out", { subnetId, ...inputs });
  }

  public machine(inputs: Properties = {}): Settled {
    const [subnetId] = this.network.subnetIds;
    const instanceType = "t3.micro";
    const machine = { ami: "ami-0123456789abcdef0", instanceType, subnetId };
    return this.make("aws:ec2/instance:Instance", "web", { ...machine, ...inputs });
  }
}

let world: Wired;
const set =
  "Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";

describe("a network refuses", () => {
  beforeEach(() => {
    world = new Wired();
  });

  const described = (description: string): string =>
    refusalOf(() => world.securityGroup(world.network.vpc, "described", { description }));

  it("a description of a security group with what it may not have", () => {
    expect(described("the team's group")).to.equal(
      `InvalidParameterValue: Invalid security group description. ${set}`,
    );
    expect(described("Café")).to.equal(
      "InvalidParameterValue: Value (Café) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported.",
    );
  });

  it("a description of a rule with what it may not have", () => {
    expect(refusalOf(() => world.rule({ description: "web -> app" }))).to.equal(
      `InvalidParameterValue: Invalid rule description. ${set}`,
    );
    expect(world.rule({ description: "a_b-c/d:e=f(g) #1, @x [y]+;{z}!$*&" }).id).to.match(/^sgr-/);
  });

  it("an endpoint of a kind that the service has not", () => {
    expect(refusalOf(() => world.endpoint("ssm"))).to.equal(
      "InvalidParameter: Endpoint type (Gateway) does not match available service types ([Interface]).",
    );
  });

  it("route tables for an endpoint that is no gateway", () => {
    const routeTableIds = [world.network.vpc.state.mainRouteTableId];
    expect(refusalOf(() => world.endpoint("ssm", { vpcEndpointType: "Interface", routeTableIds }))).to.equal(
      "InvalidParameter: Route table IDs are only supported for Gateway type VPC Endpoint.",
    );
  });

  it("a route for its own block to another VPC", () => {
    const other = world.vpc("other", { cidrBlock: "10.9.0.0/16" });
    const peering = world.make("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "other", {
      ...{ vpcId: world.network.vpc.id, peerVpcId: other.id, autoAccept: true },
    });
    const away = { destinationCidrBlock: "10.0.0.0/16", vpcPeeringConnectionId: peering.id };
    expect(refusalOf(() => world.route(away))).to.equal(
      "InvalidParameterValue: Route target is not supported. This route only supports interface and instance targets.",
    );
  });

  it("no local route that is written out with nothing for the other targets", () => {
    const table = world.make("aws:ec2/routeTable:RouteTable", "local", {
      vpcId: world.network.vpc.id,
      routes: [{ cidrBlock: "10.0.0.0/16", gatewayId: "local", transitGatewayId: "" }],
    });
    expect(table.id).to.match(/^rtb-/);
  });

  it("what goes with another kind of NAT gateway", () => {
    const address = world.make("aws:ec2/eip:Eip", "out");
    expect(refusalOf(() => world.nat({ connectivityType: "private", allocationId: address.id }))).to.equal(
      'InvalidParameterCombination: allocation_id is not supported with connectivity_type = "private"',
    );
    expect(
      refusalOf(() => world.nat({ allocationId: address.id, secondaryPrivateIpAddressCount: 1 })),
    ).to.equal(
      'InvalidParameterCombination: secondary_private_ip_address_count is not supported with connectivity_type = "public"',
    );
  });

  it("an address for a machine that nobody can reach", () => {
    const machine = world.machine();
    const attempt = (): Settled => world.make("aws:ec2/eip:Eip", "web", { instance: machine.id });
    expect(refusalOf(attempt)).to.equal(
      `Gateway.NotAttached: Network ${world.network.vpc.id} is not attached to any internet gateway`,
    );
    world.internetGateway(world.network.vpc);
    expect(attempt().state.publicIp).to.be.a("string");
  });

  it("no address for a machine that is reached through a carrier", () => {
    world.make("aws:ec2/carrierGateway:CarrierGateway", "main", { vpcId: world.network.vpc.id });
    const address = world.make("aws:ec2/eip:Eip", "web", { instance: world.machine().id });
    expect(address.state.publicIp).to.be.a("string");
  });

  it("addresses that are AWS's own, or of elsewhere", () => {
    expect(refusalOf(() => world.machine({ privateIp: "10.0.0.1" }))).to.equal(
      "InvalidParameterValue: Address 10.0.0.1 is in subnet's reserved address range",
    );
    expect(refusalOf(() => world.machine({ privateIp: "10.0.0.255" }))).to.equal(
      "InvalidParameterValue: Address 10.0.0.255 is in subnet's reserved address range",
    );
    const [subnetId] = world.network.subnetIds;
    const placed = (privateIps: readonly string[]): Settled =>
      world.make("aws:ec2/networkInterface:NetworkInterface", "web", { subnetId, privateIps });
    expect(refusalOf(() => placed(["10.0.0.4", "10.0.1.4"]))).to.equal(
      "InvalidParameterValue: Address 10.0.1.4 does not fall within the subnet's address range",
    );
    expect(placed(["10.0.0.4", "10.0.0.254"]).id).to.match(/^eni-/);
  });

  it("speed for a disk that has no choice", () => {
    const slow = { rootBlockDevice: { volumeType: "gp2", iops: 3000 } };
    expect(refusalOf(() => world.machine(slow))).to.equal(
      "InvalidParameterCombination: creating resource: iops attribute not supported for root_block_device with volume_type gp2",
    );
    const further = {
      ebsBlockDevices: [{ deviceName: "/dev/sdb", volumeType: "io2", iops: 100, throughput: 250 }],
    };
    expect(refusalOf(() => world.machine(further))).to.equal(
      "InvalidParameterCombination: creating resource: throughput attribute not supported for ebs_block_device with volume_type io2",
    );
  });

  it("no speed that a machine was found to have, as an imported one is", () => {
    const given = { rootBlockDevice: { volumeType: "gp2" } };
    const found = { rootBlockDevice: { volumeType: "gp2", iops: 100 } };
    const machine = world.machine(given);
    const { ami, instanceType, subnetId } = machine.state;
    const inputs = { ami, instanceType, subnetId, ...found };
    expect(world.change("aws:ec2/instance:Instance", "web", machine, inputs).state.id).to.equal(
      machine.state.id,
    );
  });

  it("user data of a template that is not encoded", () => {
    const template = (userData: string): Settled =>
      world.make("aws:ec2/launchTemplate:LaunchTemplate", "web", { userData });
    expect(refusalOf(() => template("#!/bin/sh\nmkdir /tmp/test"))).to.equal(
      "InvalidUserData.Malformed: Invalid BASE64 encoding of user data.",
    );
    expect(template(Buffer.from("#!/bin/sh").toString("base64")).id).to.match(/^lt-/);
  });
});
