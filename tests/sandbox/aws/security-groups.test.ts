import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const ingressToken = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const groupToken = "aws:ec2/securityGroup:SecurityGroup";

describe("a simulated security group", () => {
  let world: World;
  let vpc: Settled;
  let group: Settled;
  beforeEach(() => {
    world = new World();
    vpc = world.vpc();
    group = world.securityGroup(vpc);
  });

  const admit = (name: string, inputs: Properties = {}): Settled =>
    world.make(ingressToken, name, {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      ...(inputs.referencedSecurityGroupId === undefined && { cidrIpv4: "10.0.0.0/16" }),
      ...inputs,
    });

  it("makes up a name from the logical one", () => {
    expect(group.state.name).to.match(/^web-[0-9a-f]{7}$/);
  });

  it("lies in the default VPC unless it is told where", () => {
    const lost = world.make(groupToken, "lost");
    expect(lost.state.vpcId).to.equal(world.ask("aws:ec2/getVpc:getVpc", { default: true }).id);
    expect(refusalOf(() => world.make(groupToken, "twin", { name: lost.state.name }))).to.equal(
      `InvalidGroup.Duplicate: The security group '${String(lost.state.name)}' already exists for VPC '${String(lost.state.vpcId)}'`,
    );
  });

  it("refuses a name that is taken in its VPC, and only there", () => {
    world.securityGroup(vpc, "first", { name: "shared" });
    expect(refusalOf(() => world.securityGroup(vpc, "second", { name: "shared" }))).to.equal(
      `InvalidGroup.Duplicate: The security group 'shared' already exists for VPC '${vpc.id}'`,
    );
    expect(world.securityGroup(world.vpc("other"), "third", { name: "shared" }).id).to.match(/^sg-/);
  });

  it("refuses a rule that it has already, whatever the type that says so", () => {
    admit("first");
    const message =
      'InvalidPermission.Duplicate: the specified rule "peer: 10.0.0.0/16, TCP, from port: 443, to port: 443, ALLOW" already exists';
    expect(refusalOf(() => admit("second"))).to.equal(message);
    const older = {
      type: "ingress",
      securityGroupId: group.id,
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: ["10.0.0.0/16"],
    };
    expect(
      refusalOf(() => world.make("aws:ec2/securityGroupRule:SecurityGroupRule", "third", older)),
    ).to.equal(message);
  });

  it("takes the same rule in the other direction", () => {
    admit("in");
    const out = {
      securityGroupId: group.id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.0.0.0/16",
    };
    expect(world.make("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", "out", out).id).to.match(
      /^sgr-0[0-9a-f]{16}$/,
    );
  });

  it("refuses a rule for TCP without ports", () => {
    const inputs = { securityGroupId: group.id, ipProtocol: "tcp", cidrIpv4: "10.0.0.0/16" };
    expect(refusalOf(() => world.make(ingressToken, "bare", inputs))).to.match(
      /^InvalidParameterValue: Invalid value 'Must specify both/,
    );
  });

  it("refuses a sixty-first rule", () => {
    for (let port = 1; port <= 60; port++) admit(`rule-${port}`, { fromPort: port, toPort: port });
    expect(refusalOf(() => admit("one-more"))).to.equal(
      "RulesPerSecurityGroupLimitExceeded: The maximum number of rules per security group has been reached.",
    );
  });

  it("refuses a peer that does not exist", () => {
    expect(refusalOf(() => admit("lost", { referencedSecurityGroupId: "sg-0000" }))).to.equal(
      "InvalidGroup.NotFound: The security group 'sg-0000' does not exist",
    );
  });

  it("takes a peer in a VPC that is peered", () => {
    const other = world.vpc("other", { cidrBlock: "10.1.0.0/16" });
    const vpcId = world.ask("aws:ec2/getSecurityGroup:getSecurityGroup", { id: group.id }).vpcId;
    const peering = { vpcId, peerVpcId: other.id, autoAccept: true };
    world.make("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "peers", peering);
    const foreign = world.securityGroup(other, "foreign").id;
    expect(admit("foreign", { cidrIpv4: undefined, referencedSecurityGroupId: foreign }).id).to.match(
      /^sgr-/,
    );
  });

  it("lets a VPC's first group go while another one names it", () => {
    const vpc = world.vpc("named");
    const token = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
    const first = world.make(token, "first", { vpcId: vpc.id });
    world.securityGroup(vpc, "naming", {
      ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, securityGroups: [first.id] }],
    });
    expect(world.remove(token, "first", first)).to.equal(0);
  });

  it("refuses a peer in another VPC", () => {
    const foreign = world.securityGroup(world.vpc("other"), "foreign").id;
    expect(refusalOf(() => admit("foreign", { referencedSecurityGroupId: foreign }))).to.match(
      /belong to different networks/,
    );
  });

  it("stays while another one's rule names it", () => {
    const peer = world.securityGroup(vpc, "peer");
    const rule = admit("peer", { referencedSecurityGroupId: peer.id });
    expect(refusalOf(() => world.remove(groupToken, "peer", peer))).to.match(/^DependencyViolation: /);
    world.remove(ingressToken, "peer", rule);
    expect(world.remove(groupToken, "peer", peer)).to.equal(1);
  });
});

describe("a simulated launch template", () => {
  const token = "aws:ec2/launchTemplate:LaunchTemplate";

  it("gains a version with each change", () => {
    const world = new World();
    const made = world.make(token, "nodes", { instanceType: "m7g.large", updateDefaultVersion: true });
    expect(made.state.latestVersion).to.equal(1);
    const changed = world.change(token, "nodes", made, {
      name: made.state.name,
      instanceType: "m7g.xlarge",
      updateDefaultVersion: true,
    });
    expect([changed.id, changed.state.latestVersion, changed.state.defaultVersion]).to.deep.equal([
      made.id,
      2,
      2,
    ]);
  });

  it("refuses a name that is taken", () => {
    const world = new World();
    world.make(token, "first", { name: "nodes" });
    expect(refusalOf(() => world.make(token, "second", { name: "nodes" }))).to.equal(
      "InvalidLaunchTemplateName.AlreadyExistsException: Launch template name already in use.",
    );
  });
});
