import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

const peeringToken = "aws:ec2/vpcPeeringConnection:VpcPeeringConnection";
const interfaceToken = "aws:ec2/networkInterface:NetworkInterface";

/** A VPC with two zones, in the first of which are a machine and a disk. */
class Machines extends World {
  public readonly network = networkOf(this);
  public readonly machine = this.make("aws:ec2/instance:Instance", "machine", {
    ami: "ami-0123456789abcdef0",
    instanceType: "t3.micro",
    subnetId: this.network.subnetIds[0],
  });

  public volume(zone = "a", name = "disk"): Settled {
    return this.make("aws:ebs/volume:Volume", name, { availabilityZone: `eu-west-1${zone}`, size: 10 });
  }

  public attach(volume: Settled, name = "attached", deviceName = "/dev/sdh"): Settled {
    return this.make("aws:ec2/volumeAttachment:VolumeAttachment", name, {
      volumeId: volume.id,
      instanceId: this.machine.id,
      deviceName,
    });
  }

  public interface(inputs: Properties = {}): Settled {
    return this.make(interfaceToken, "eni", { subnetId: this.network.subnetIds[0], ...inputs });
  }
}

describe("a disk that is attached", () => {
  it("refuses another zone", () => {
    const world = new Machines();
    const far = world.volume("b");
    expect(refusalOf(() => world.attach(far))).to.equal(
      `InvalidVolume.ZoneMismatch: The volume '${far.id}' is not in the same availability zone as instance '${world.machine.id}'`,
    );
  });

  it("refuses to be attached twice", () => {
    const world = new Machines();
    const disk = world.volume();
    world.attach(disk);
    expect(refusalOf(() => world.attach(disk, "again", "/dev/sdi"))).to.equal(
      `VolumeInUse: ${disk.id} is already attached to an instance`,
    );
  });

  it("refuses a device that another has", () => {
    const world = new Machines();
    world.attach(world.volume());
    expect(refusalOf(() => world.attach(world.volume("a", "other"), "other"))).to.equal(
      "InvalidParameterValue: Invalid value '/dev/sdh' for unixDevice. Attachment point /dev/sdh is already in use",
    );
  });

  it("stays until it is detached", () => {
    const world = new Machines();
    const disk = world.volume();
    const attached = world.attach(disk);
    expect(() => world.remove("aws:ebs/volume:Volume", "disk", disk)).to.throw("VolumeInUse");
    world.remove("aws:ec2/volumeAttachment:VolumeAttachment", "attached", attached);
    expect(world.remove("aws:ebs/volume:Volume", "disk", disk)).to.equal(11);
  });
});

describe("a network interface", () => {
  it("refuses a security group of another VPC", () => {
    const world = new Machines();
    const other = networkOf(world, "a", "other");
    expect(refusalOf(() => world.interface({ securityGroups: [other.group.id] }))).to.equal(
      `InvalidParameter: Security group ${other.group.id} and subnet ${world.network.subnetIds[0] ?? ""} belong to different networks.`,
    );
  });

  it("keeps its security group, and stays while it is attached", () => {
    const world = new Machines();
    const eni = world.interface({ securityGroups: [world.network.group.id] });
    expect(() => world.remove("aws:ec2/securityGroup:SecurityGroup", "main", world.network.group)).to.throw(
      "DependencyViolation",
    );
    const attach = (name: string): Settled =>
      world.make("aws:ec2/networkInterfaceAttachment:NetworkInterfaceAttachment", name, {
        networkInterfaceId: eni.id,
        instanceId: world.machine.id,
        deviceIndex: 1,
      });
    attach("one");
    const inUse = `InvalidParameterValue: Network interface '${eni.id}' is currently in use.`;
    expect(refusalOf(() => attach("two"))).to.equal(inUse);
    expect(refusalOf(() => world.remove(interfaceToken, "eni", eni))).to.equal(inUse);
  });
});

describe("an address that is associated", () => {
  it("refuses a second place, unless it may be taken away", () => {
    const world = new Machines();
    world.make("aws:ec2/internetGateway:InternetGateway", "open", { vpcId: world.network.vpc.id });
    const address = world.make("aws:ec2/eip:Eip", "address");
    const associate = (name: string, inputs: Properties = {}): Settled =>
      world.make("aws:ec2/eipAssociation:EipAssociation", name, {
        allocationId: address.id,
        instanceId: world.machine.id,
        ...inputs,
      });
    const first = associate("one");
    expect(first.state.publicIp).to.equal(address.state.publicIp);
    expect(refusalOf(() => associate("two"))).to.equal(
      `Resource.AlreadyAssociated: resource ${address.id} is already associated with associate-id ${first.id}`,
    );
    expect(associate("three", { allowReassociation: true }).id).to.match(/^eipassoc-/);
  });
});

describe("an internet gateway that is attached apart", () => {
  it("is the only one of its VPC, and in no other", () => {
    const world = new World();
    const [one, two] = [world.vpc("one"), world.vpc("two", { cidrBlock: "10.1.0.0/16" })];
    const gateway = world.make("aws:ec2/internetGateway:InternetGateway", "gateway");
    const spare = world.make("aws:ec2/internetGateway:InternetGateway", "spare");
    const attach = (name: string, internetGatewayId: string, vpcId: string): Settled =>
      world.make("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", name, {
        internetGatewayId,
        vpcId,
      });
    attach("one", gateway.id, one.id);
    expect(refusalOf(() => attach("two", gateway.id, two.id))).to.equal(
      `Resource.AlreadyAssociated: resource ${gateway.id} is already attached to network ${one.id}`,
    );
    expect(refusalOf(() => attach("three", spare.id, one.id))).to.equal(
      `InvalidParameterValue: Network ${one.id} already has an internet gateway attached`,
    );
  });

  it("is enough for a NAT gateway", () => {
    const world = new World();
    const vpc = world.vpc();
    const gateway = world.make("aws:ec2/internetGateway:InternetGateway", "gateway");
    const nat = (): Settled =>
      world.make("aws:ec2/natGateway:NatGateway", "nat", {
        subnetId: world.subnet(vpc).id,
        allocationId: world.make("aws:ec2/eip:Eip", "address").id,
      });
    world.make("aws:ec2/internetGatewayAttachment:InternetGatewayAttachment", "attached", {
      internetGatewayId: gateway.id,
      vpcId: vpc.id,
    });
    expect(nat().id).to.match(/^nat-/);
  });
});

describe("a peering of two VPCs", () => {
  const peer = (world: World, one: Settled, two: Settled, inputs: Properties = {}, name = "peers"): Settled =>
    world.make(peeringToken, name, { vpcId: one.id, peerVpcId: two.id, ...inputs });

  it("fails where their addresses overlap", () => {
    const world = new World();
    const [one, two] = [world.vpc("one"), world.vpc("two")];
    expect(refusalOf(() => peer(world, one, two))).to.equal(
      "UnexpectedState: unexpected state 'failed', wanted target 'active, pending-acceptance'. last error: Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range",
    );
  });

  it("waits for somebody to accept it, before which it has no options", () => {
    const world = new World();
    const [one, two] = [world.vpc("one"), world.vpc("two", { cidrBlock: "10.1.0.0/16" })];
    const made = peer(world, one, two);
    expect(made.state.acceptStatus).to.equal("pending-acceptance");
    const options = (): Settled =>
      world.make("aws:ec2/peeringConnectionOptions:PeeringConnectionOptions", "dns", {
        vpcPeeringConnectionId: made.id,
        requester: { allowRemoteVpcDnsResolution: true },
      });
    expect(refusalOf(options)).to.equal(
      `OperationNotPermitted: Peering ${made.id} is not active. Peering options can be added only to active peerings.`,
    );
    const accepted = world.make("aws:ec2/vpcPeeringConnectionAccepter:VpcPeeringConnectionAccepter", "yes", {
      vpcPeeringConnectionId: made.id,
      autoAccept: true,
    });
    expect(accepted.state).to.include({ acceptStatus: "active", vpcId: two.id, peerVpcId: one.id });
    expect(options().id).to.equal(made.id);
  });

  it("refuses to accept itself across regions, and a second one of the same two", () => {
    const world = new World();
    const [one, two] = [world.vpc("one"), world.vpc("two", { cidrBlock: "10.1.0.0/16" })];
    expect(refusalOf(() => peer(world, one, two, { autoAccept: true, peerRegion: "eu-west-2" }))).to.equal(
      "InvalidParameter: `peer_region` cannot be set whilst `auto_accept` is `true` when creating an EC2 VPC Peering Connection",
    );
    peer(world, one, two, { autoAccept: true });
    expect(refusalOf(() => peer(world, one, two, {}, "again"))).to.equal(
      `VpcPeeringConnectionAlreadyExists: A VPC peering connection between ${one.id} and ${two.id} already exists.`,
    );
  });
});
