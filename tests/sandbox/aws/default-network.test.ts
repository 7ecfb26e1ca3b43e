import { expect } from "chai";
import { DatabaseWorld } from "./rds/database-world.ts";
import { World, refusalOf } from "./world.ts";

describe("the default VPC", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });
  const vpcId = (): unknown => world.ask("aws:ec2/getVpc:getVpc", { default: true }).id;

  it("is taken into the program's hands, and stays when it is let go", () => {
    const adopted = world.make("aws:ec2/defaultVpc:DefaultVpc", "default");
    expect(adopted.state).to.include({ cidrBlock: "172.31.0.0/16", existingDefaultVpc: true });
    world.remove("aws:ec2/defaultVpc:DefaultVpc", "default", adopted);
    expect(vpcId()).to.equal(adopted.id);
  });

  it("has a subnet in each zone, which can be adopted too", () => {
    const subnet = world.make("aws:ec2/defaultSubnet:DefaultSubnet", "a", { availabilityZone: "eu-west-1a" });
    expect(subnet.state).to.include({ cidrBlock: "172.31.0.0/20", vpcId: vpcId() });
  });

  it("refuses to adopt a subnet of a zone that there is not", () => {
    const far = { availabilityZone: "us-east-1a" };
    expect(refusalOf(() => world.make("aws:ec2/defaultSubnet:DefaultSubnet", "far", far))).to.equal(
      "InvalidParameterValue: Value (us-east-1a) for parameter availabilityZone is invalid.",
    );
  });

  it("is where a machine starts that is not told where", () => {
    const ami = world.ask("aws:ec2/getAmi:getAmi", {
      owners: ["amazon"],
      mostRecent: true,
      filters: [{ name: "name", values: ["al2023-ami-2023.*-x86_64"] }],
    }).id;
    const machine = world.make("aws:ec2/instance:Instance", "web", { ami, instanceType: "t3.micro" });
    expect(world.ask("aws:ec2/getSubnet:getSubnet", { id: machine.state.subnetId }).vpcId).to.equal(vpcId());
    expect(machine.state.publicIp).to.match(/^203\.0\.113\.\d+$/);
  });

  it("is where a database lies that has no subnet group", () => {
    const databases = new DatabaseWorld();
    const made = databases.database({ dbSubnetGroupName: undefined, vpcSecurityGroupIds: undefined });
    expect(made.state.dbSubnetGroupName).to.equal("default");
    const { defaultSecurityGroupId } = databases.make("aws:ec2/defaultVpc:DefaultVpc", "default").state;
    expect(made.state.vpcSecurityGroupIds).to.deep.equal([defaultSecurityGroupId]);
  });
});
