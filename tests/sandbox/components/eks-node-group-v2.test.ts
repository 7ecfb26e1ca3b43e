import { expect } from "chai";
import { ComponentError } from "../../../sandbox/components/arguments.ts";
import { expand } from "../../../sandbox/components/components.ts";
import { reference } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";
import { clusterUrn, core, group, security, template } from "./a-node-group.ts";
import { refusal } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

describe("eks.NodeGroupV2", () => {
  const nodes = (change: Properties = {}, ofCluster: Properties = {}): Promise<Finished> =>
    group("NodeGroupV2", change, ofCluster);

  it("makes a security group, a launch template and an Auto Scaling group, which waits for the ConfigMap", async () => {
    const { laboratory, outputs } = await nodes();
    expect(laboratory.tree()).to.deep.equal([
      "aws:autoscaling/group:Group spot < the component",
      "aws:ec2/launchTemplate:LaunchTemplate spot-launchTemplate < the component",
      ...security,
    ]);
    expect(laboratory.waitsFor("Group spot")).to.include("ConfigMap main-nodeAccess");
    expect(outputs).to.deep.equal({
      autoScalingGroup: "<Group spot>",
      extraNodeSecurityGroups: [],
      nodeSecurityGroup: "<SecurityGroup spot-nodeSecurityGroup>",
      nodeSecurityGroupId: "<SecurityGroup spot-nodeSecurityGroup>.id",
    });
  });

  it("starts one to two nodes in the cluster's private subnets, marked as its own", async () => {
    const { laboratory } = await nodes({ autoScalingGroupTags: { owner: "me" } });
    expect(laboratory.inputs("Group spot")).to.deep.equal({
      minSize: 1,
      maxSize: 2,
      desiredCapacity: 2,
      launchTemplate: { name: `<${template}>.name`, version: `<${template}>.latestVersion` },
      vpcZoneIdentifiers: ["subnet-1"],
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 50 } },
      tags: [
        { key: "owner", value: "me", propagateAtLaunch: true },
        { key: "kubernetes.io/cluster/platform", value: "owned", propagateAtLaunch: true },
        { key: "Name", value: "platform-worker", propagateAtLaunch: true },
      ],
    });
  });

  it("reaches the control plane through the group of EKS where the cluster has none of its own", async () => {
    const rule = "SecurityGroupRule spot-eksClusterIngressRule";
    expect((await nodes()).laboratory.inputs(rule).securityGroupId).to.equal("sg-of-eks");
    const clusterSecurityGroup = { id: "sg-own" };
    const { laboratory } = await nodes({}, { clusterSecurityGroup });
    expect(laboratory.inputs(rule).securityGroupId).to.equal("sg-own");
    expect(laboratory.inputs("SecurityGroup spot-nodeSecurityGroup").tags).to.deep.equal({
      Name: "spot-nodeSecurityGroup",
      "kubernetes.io/cluster/platform": "owned",
      team: "core",
    });
  });

  it("gives its machines the profile, the security groups and the image", async () => {
    const extraNodeSecurityGroups = [{ id: "sg-extra" }];
    const { laboratory } = await nodes({ extraNodeSecurityGroups, nodeAssociatePublicIpAddress: false });
    expect(laboratory.inputs(template)).to.deep.include({
      imageId: "ami-recommended",
      instanceType: "t3.medium",
      iamInstanceProfile: { name: "workers-profile" },
      blockDeviceMappings: [],
      networkInterfaces: [
        {
          associatePublicIpAddress: "false",
          securityGroups: ["<SecurityGroup spot-nodeSecurityGroup>.id", "sg-extra"],
        },
      ],
    });
  });

  it("takes a security group of the program's own, and makes none", async () => {
    const { laboratory, outputs } = await nodes({ nodeSecurityGroupId: "sg-own", clusterIngressRuleId: "r" });
    expect(laboratory.tree().filter((line) => line.includes("securityGroup"))).to.deep.equal([]);
    expect(at(laboratory.inputs(template), "networkInterfaces")).to.deep.equal([
      { associatePublicIpAddress: "true", securityGroups: ["sg-own"] },
    ]);
    expect(outputs).not.to.have.property("nodeSecurityGroup");
    expect(outputs.nodeSecurityGroupId).to.equal("sg-own");
  });

  it("takes the cluster's profile where it has none", async () => {
    const { laboratory } = await nodes(
      { instanceProfile: undefined },
      { nodeGroupOptions: { instanceProfileName: "of-cluster" } },
    );
    expect(laboratory.inputs(template).iamInstanceProfile).to.deep.equal({ name: "of-cluster" });
  });

  it("takes an image beside the word that it is for no graphics, and a disk's type that a preview does not know", async () => {
    const { laboratory } = await nodes({
      amiId: "ami-1",
      gpu: false,
      nodeRootVolumeIops: 100,
      nodeRootVolumeThroughput: 0,
      nodeRootVolumeType: UNKNOWN,
    });
    expect(laboratory.inputs(template).imageId).to.equal("ami-1");
  });

  it("takes the cluster's outputs in place of the cluster", async () => {
    const { laboratory } = await nodes({ cluster: core });
    expect(laboratory.inputs("Group spot").vpcZoneIdentifiers).to.deep.equal(["subnet-1"]);
  });

  it("has the disk of the image, unless the program says more, and of Amazon Linux 2 always one of 20 GiB", async () => {
    const disk = async (args: Properties): Promise<unknown> =>
      (await nodes(args)).laboratory.inputs(template).blockDeviceMappings;
    expect(await disk({ nodeRootVolumeSize: 100, nodeRootVolumeDeleteOnTermination: false })).to.deep.equal([
      { deviceName: "/dev/xvda", ebs: { volumeSize: 100, deleteOnTermination: "false" } },
    ]);
    expect(await disk({ operatingSystem: "Bottlerocket", nodeRootVolumeSize: 100 })).to.deep.equal([
      { deviceName: "/dev/xvdb", ebs: { volumeSize: 100 } },
    ]);
    expect(await disk({ operatingSystem: "AL2" })).to.deep.equal([
      {
        deviceName: "/dev/xvda",
        ebs: { encrypted: "false", volumeSize: 20, volumeType: "gp2", deleteOnTermination: "true" },
      },
    ]);
  });

  for (const [what, change, path, reason] of [
    [
      "two security groups",
      { nodeSecurityGroup: {}, nodeSecurityGroupId: "sg", clusterIngressRuleId: "r" },
      "nodeSecurityGroup",
      "nodeSecurityGroup and nodeSecurityGroupId are mutually exclusive",
    ],
    [
      "a security group that the control plane does not admit",
      { nodeSecurityGroupId: "sg" },
      "clusterIngressRule",
      "clusterIngressRule or clusterIngressRuleId is required when nodeSecurityGroup is manually specified",
    ],
    [
      "two keys",
      { nodePublicKey: "ssh-rsa A", keyName: "k" },
      "nodePublicKey",
      "nodePublicKey and keyName are mutually exclusive. Choose a single approach",
    ],
    [
      "a graphics image beside an image",
      { amiId: "ami-1", gpu: true },
      "amiId",
      "amiId and gpu are mutually exclusive.",
    ],
    [
      "user data in two ways",
      { nodeUserDataOverride: "#!", labels: {} },
      "nodeUserDataOverride",
      "nodeUserDataOverride and any combination of {nodeUserData, labels, taints, kubeletExtraArgs, or bootstrapExtraArgs} is mutually exclusive.",
    ],
    [
      "provisioned IOPS of a disk that has none",
      { nodeRootVolumeIops: 100, nodeRootVolumeType: "gp2" },
      "nodeRootVolumeIops",
      "Cannot create a cluster node root volume of non-io1 type with provisioned IOPS (nodeRootVolumeIops).",
    ],
  ] as const) {
    it(`refuses ${what}, and names the argument`, () => {
      expect(() => expand("eks:index:NodeGroupV2", "spot", { cluster: reference(clusterUrn), ...change }))
        .to.throw(ComponentError, "Invalid arguments for node group")
        .with.deep.property("properties", [{ path, reason }]);
    });
  }

  it("refuses to be without a profile, or with two", async () => {
    expect(await refusal(() => nodes({ instanceProfile: undefined }))).to.equal(
      "an instanceProfile or instanceProfileName is required",
    );
    expect(await refusal(() => nodes({ instanceProfileName: "other" }))).to.equal(
      "instanceProfile and instanceProfileName are mutually exclusive",
    );
  });

  it("refuses a group of its own where the cluster's says how groups are tagged", async () => {
    const own = { nodeSecurityGroupId: "sg-own", clusterIngressRuleId: "r" };
    const nodeGroupOptions = { nodeSecurityGroup: { id: "sg-cluster" } };
    expect(await refusal(() => nodes(own, { nodeGroupOptions, nodeSecurityGroupTags: { a: "b" } }))).to.equal(
      "The NodeGroup's nodeSecurityGroup and the cluster option nodeSecurityGroupTags are mutually exclusive. Choose a single approach",
    );
  });

  it("refuses machines of two architectures and images that there are not", async () => {
    expect(await refusal(() => nodes({ instanceType: "large" }))).to.equal(
      "Invalid EC2 instance type: large",
    );
    expect(
      await refusal(() => nodes({ operatingSystem: "AL2", gpu: true, instanceType: "g5g.xlarge" })),
    ).to.equal("No AMI type found for OS: AL2, GPU support: true, architecture: arm64");
    expect(await refusal(() => nodes({ amiType: "AL2_x86_64", operatingSystem: "AL2023" }))).to.equal(
      "Operating system 'AL2023' does not match the detected operating system 'AL2' of AMI type 'AL2_x86_64'.",
    );
  });
});
