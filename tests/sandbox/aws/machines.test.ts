import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const instance = "aws:ec2/instance:Instance";
const group = "aws:autoscaling/group:Group";
const ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJq0h2mYBzT0sX0rXlyaJxRrQ8pMhQHbJ5nYxkq0tU3R me";

/** A subnet, and what machines start from. */
class Machines extends World {
  public readonly network = this.vpc();
  public readonly net = this.subnet(this.network, { availabilityZone: "eu-west-1a" });

  public image(architecture: string): unknown {
    const filters = [{ name: "name", values: [`al2023-ami-2023.*-${architecture}`] }];
    return this.ask("aws:ec2/getAmi:getAmi", { owners: ["amazon"], mostRecent: true, filters }).id;
  }

  public instance(inputs: Properties = {}): Settled {
    const settings = { ami: this.image("x86_64"), instanceType: "t3.micro", subnetId: this.net.id };
    return this.make(instance, "web", { ...settings, ...inputs });
  }

  public group(inputs: Properties = {}, name = "web"): Settled {
    const template = this.make("aws:ec2/launchTemplate:LaunchTemplate", name, {
      imageId: this.image("x86_64"),
      instanceType: "t3.micro",
    });
    return this.make(group, name, {
      name: "web",
      minSize: 1,
      maxSize: 3,
      vpcZoneIdentifiers: [this.net.id],
      launchTemplate: { id: template.id, version: "$Latest" },
      ...inputs,
    });
  }
}

describe("a launch template", () => {
  const template = "aws:ec2/launchTemplate:LaunchTemplate";
  const versions = ({ state }: Settled): readonly unknown[] => [state.latestVersion, state.defaultVersion];

  it("has another version after a change of what instances start with", () => {
    const world = new Machines();
    const made = world.make(template, "web", { instanceType: "t3.micro" });
    expect(versions(made)).to.deep.equal([1, 1]);
    expect(versions(world.change(template, "web", made, { instanceType: "t3.small" }))).to.deep.equal([2, 1]);
  });

  it("has the versions it had after a change of its tags", () => {
    const world = new Machines();
    const made = world.make(template, "web", { instanceType: "t3.micro" });
    const tagged = { instanceType: "t3.micro", tags: { Owner: "web-team" } };
    expect(versions(world.change(template, "web", made, tagged))).to.deep.equal([1, 1]);
  });

  it("is left alone by an update in which nothing differs, as after a creation that was reported as half done", () => {
    const world = new Machines();
    const made = world.make(template, "web", { instanceType: "t3.micro" });
    const again = world.change(template, "web", made, { instanceType: "t3.micro" });
    expect(again).to.deep.equal({ ...made, seconds: 0 });
  });

  it("starts instances by the newest version where that is to be the default", () => {
    const world = new Machines();
    const made = world.make(template, "web", { instanceType: "t3.micro", updateDefaultVersion: true });
    const larger = { instanceType: "t3.small", updateDefaultVersion: true };
    expect(versions(world.change(template, "web", made, larger))).to.deep.equal([2, 2]);
  });
});

describe("an instance", () => {
  it("starts in its subnet, with an address of it", () => {
    const world = new Machines();
    const { id, state } = world.instance();
    expect(id).to.match(/^i-0[0-9a-f]{16}$/);
    expect(state).to.include({ availabilityZone: "eu-west-1a", instanceState: "running", publicIp: "" });
    expect(state.privateIp).to.match(/^10\.0\.0\.\d+$/);
  });

  it("has a public address where it asks for one", () => {
    const { state } = new Machines().instance({ associatePublicIpAddress: true });
    expect(state.publicIp).to.match(/^203\.0\.113\.\d+$/);
    expect(state.publicDns).to.equal(
      `ec2-${String(state.publicIp).replaceAll(".", "-")}.eu-west-1.compute.amazonaws.com`,
    );
  });

  it("starts with the interface that the program brings, and makes none", () => {
    const world = new Machines();
    const brought = world.make("aws:ec2/networkInterface:NetworkInterface", "own", {
      subnetId: world.net.id,
    });
    const primaryNetworkInterface = { networkInterfaceId: brought.id };
    const { state } = world.instance({ subnetId: undefined, primaryNetworkInterface });
    expect(state.subnetId).to.equal(world.net.id);
    expect(world.ask("aws:ec2/getVpcs:getVpcs").ids).to.deep.equal([world.network.id]);
  });

  it("has the names of the oldest region there", () => {
    const world = new World("us-east-1");
    const inputs = { ami: "ami-0123456789abcdef0", instanceType: "t3.micro" };
    const { privateDns, publicDns } = world.make(instance, "web", inputs).state;
    expect(privateDns).to.match(/^ip-172-31-\d+-\d+\.ec2\.internal$/);
    expect(publicDns).to.match(/^ec2-203-0-113-\d+\.compute-1\.amazonaws\.com$/);
  });

  it("refuses an image for another processor", () => {
    const world = new Machines();
    expect(refusalOf(() => world.instance({ ami: world.image("arm64") }))).to.equal(
      "InvalidParameterValue: The architecture 'x86_64' of the specified instance type does not match the architecture 'arm64' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.",
    );
    expect(
      world.instance({ ami: world.image("arm64"), instanceType: "t4g.micro" }).state.instanceState,
    ).to.equal("running");
  });

  const refusals: readonly (readonly [string, Properties, string])[] = [
    ["an image that cannot be one", { ami: "ubuntu" }, 'InvalidAMIID.Malformed: Invalid id: "ubuntu"'],
    [
      "a type that cannot be one",
      { instanceType: "small" },
      "InvalidParameterValue: Invalid value 'small' for InstanceType.",
    ],
    [
      "a key pair that does not exist",
      { keyName: "gone" },
      "InvalidKeyPair.NotFound: The key pair 'gone' does not exist",
    ],
    [
      "a profile that does not exist",
      { iamInstanceProfile: "gone" },
      "InvalidParameterValue: Value (gone) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => new Machines().instance(inputs))).to.equal(message);
    });
  }

  it("refuses a security group of another VPC", () => {
    const world = new Machines();
    const other = world.securityGroup(world.vpc("other", { cidrBlock: "10.9.0.0/16" }));
    expect(refusalOf(() => world.instance({ vpcSecurityGroupIds: [other.id] }))).to.equal(
      `InvalidParameter: Security group ${other.id} and subnet ${world.net.id} belong to different networks.`,
    );
  });

  it("keeps its subnet, and itself when it is protected", () => {
    const world = new Machines();
    const made = world.instance({ disableApiTermination: true });
    expect(refusalOf(() => world.remove("aws:ec2/subnet:Subnet", "subnet", world.net))).to.match(
      /^DependencyViolation: /,
    );
    expect(refusalOf(() => world.remove(instance, "web", made))).to.equal(
      `OperationNotPermitted: The instance '${made.id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    );
  });
});

describe("a key pair", () => {
  it("refuses a key that is none, and a name that is taken", () => {
    const world = new Machines();
    const token = "aws:ec2/keyPair:KeyPair";
    expect(refusalOf(() => world.make(token, "me", { publicKey: "<key>" }))).to.equal(
      "InvalidKey.Format: Key is not in valid OpenSSH public key format",
    );
    expect(world.make(token, "me", { keyName: "me", publicKey: ssh }).state.keyType).to.equal("ed25519");
    expect(refusalOf(() => world.make(token, "twin", { keyName: "me", publicKey: ssh }))).to.equal(
      "InvalidKeyPair.Duplicate: The keypair already exists",
    );
  });
});

describe("a group of instances", () => {
  it("starts with its smallest size, in its subnets' zones", () => {
    const { id, state } = new Machines().group();
    expect(id).to.equal("web");
    expect(state).to.deep.include({ desiredCapacity: 1, availabilityZones: ["eu-west-1a"] });
    expect(state.arn).to.match(
      /^arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:[0-9a-f-]{36}:autoScalingGroupName\/web$/,
    );
  });

  const refusals: readonly (readonly [string, Properties, string])[] = [
    ["bounds that cross", { minSize: 4 }, "Max bound, 3, must be greater than or equal to min bound, 4"],
    [
      "a size below its bounds",
      { desiredCapacity: 0 },
      "Desired capacity:0 must be between the specified min size:1 and max size:3",
    ],
    [
      "a size above its bounds",
      { desiredCapacity: 4 },
      "Desired capacity:4 must be between the specified min size:1 and max size:3",
    ],
    [
      "to be nowhere",
      { vpcZoneIdentifiers: undefined },
      "At least one Availability Zone or VPC Subnet is required.",
    ],
    [
      "a subnet that does not exist",
      { vpcZoneIdentifiers: ["subnet-gone"] },
      "The subnet ID 'subnet-gone' does not exist",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => new Machines().group(inputs))).to.equal(`ValidationError: ${message}`);
    });
  }

  it("refuses a policy that tracks nothing, and one of a group that does not exist", () => {
    const world = new Machines();
    world.group();
    const token = "aws:autoscaling/policy:Policy";
    const inputs = { name: "cpu", autoscalingGroupName: "web", policyType: "TargetTrackingScaling" };
    expect(refusalOf(() => world.make(token, "cpu", inputs))).to.equal(
      "ValidationError: TargetTrackingConfiguration must be specified for TargetTrackingScaling policies",
    );
    expect(refusalOf(() => world.make(token, "cpu", { ...inputs, autoscalingGroupName: "gone" }))).to.equal(
      "ValidationError: AutoScalingGroup name not found - AutoScalingGroup 'gone' not found",
    );
  });
});
