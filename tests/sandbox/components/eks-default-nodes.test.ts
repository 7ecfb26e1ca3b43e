import { expect } from "chai";
import { parse } from "yaml";
import { at, isRecord } from "../../../sandbox/values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { cluster } from "./a-cluster.ts";
import { arnOf, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const withNodes = (change: Properties = {}): Promise<Finished> =>
  cluster({ skipDefaultNodeGroup: undefined, ...change });

describe("the default nodes of eks.Cluster", () => {
  it("are an Auto Scaling group from a launch template, with a role that the cluster lets in", async () => {
    const without = (await cluster()).laboratory.tree();
    const { laboratory, outputs } = await withNodes();
    expect(laboratory.tree().filter((line) => !without.includes(line))).to.deep.equal([
      "aws:autoscaling/group:Group main < the component",
      "aws:ec2/launchTemplate:LaunchTemplate main-launchTemplate < the component",
      "aws:eks/accessEntry:AccessEntry main-defaultNodeGroupInstanceRole < the component",
      "aws:eks/addon:Addon main-coredns < the component",
      "aws:iam/instanceProfile:InstanceProfile main-instanceProfile < the component",
      "aws:iam/role:Role main-instanceRole-role < ServiceRole main-instanceRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-instanceRole-03516f97 < ServiceRole main-instanceRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-instanceRole-3eb088f2 < ServiceRole main-instanceRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-instanceRole-e1b295bd < ServiceRole main-instanceRole",
      "eks:index:ServiceRole main-instanceRole < the component",
    ]);
    expect(laboratory.inputs("AccessEntry main-defaultNodeGroupInstanceRole")).to.include({
      principalArn: arnOf("Role main-instanceRole-role"),
      type: "EC2_LINUX",
    });
    expect(outputs.defaultNodeGroupAsgName).to.equal("<Group main>.name");
    expect(outputs.instanceRoles).to.deep.equal(["<Role main-instanceRole-role>"]);
  });

  it("are two in the private subnets, marked as the cluster's", async () => {
    const { laboratory } = await withNodes({ maxSize: 5 });
    expect(laboratory.inputs("Group main")).to.deep.include({
      minSize: 1,
      maxSize: 5,
      desiredCapacity: 2,
      vpcZoneIdentifiers: ["subnet-1a", "subnet-1b"],
      tags: [
        {
          key: "kubernetes.io/cluster/<Cluster main-eksCluster>.name",
          value: "owned",
          propagateAtLaunch: true,
        },
        { key: "Name", value: "<Cluster main-eksCluster>.name-worker", propagateAtLaunch: true },
      ],
    });
  });

  it("take the private ones of subnets that are not told apart", async () => {
    const { laboratory } = await withNodes({
      privateSubnetIds: undefined,
      publicSubnetIds: undefined,
      subnetIds: ["subnet-0a", "subnet-1a"],
    });
    expect(laboratory.inputs("Group main").vpcZoneIdentifiers).to.deep.equal(["subnet-of-question"]);
    expect(laboratory.questions).to.include(
      'aws:ec2/getSubnets:getSubnets {"filters":[{"name":"subnet-id","values":["subnet-0a","subnet-1a"]},{"name":"map-public-ip-on-launch","values":["false"]}]}',
    );
  });

  it("start from the image that AWS recommends for their processor and the cluster's version", async () => {
    const { laboratory } = await withNodes({ instanceType: "t4g.large" });
    expect(laboratory.inputs("LaunchTemplate main-launchTemplate")).to.include({
      imageId: "ami-recommended",
      instanceType: "t4g.large",
    });
    expect(laboratory.questions).to.include(
      'aws:ssm/getParameter:getParameter {"name":"/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard/recommended/image_id"}',
    );
  });

  it("are told which cluster to join", async () => {
    const { laboratory } = await withNodes();
    const { userData } = laboratory.inputs("LaunchTemplate main-launchTemplate");
    const text = Buffer.from(String(userData), "base64").toString();
    const node: unknown = parse(/---\n(.*?)\n--\/\//s.exec(text)?.[1] ?? "");
    expect(at(node, "spec.cluster.name")).to.equal("<Cluster main-eksCluster>.name");
  });

  it("join before CoreDNS, which needs them, is installed", async () => {
    expect((await withNodes()).laboratory.waitsFor("Addon main-coredns")).to.include("Group main");
  });

  it("are let in by the ConfigMap where the program does not ask for access entries", async () => {
    const { laboratory, outputs } = await withNodes({ authenticationMode: undefined });
    expect(laboratory.tree().filter((line) => line.includes("AccessEntry"))).to.deep.equal([]);
    const { data, metadata } = laboratory.inputs("ConfigMap main-nodeAccess");
    expect(at(metadata, "name")).to.equal("aws-auth");
    expect(parse(String(at(data, "mapRoles")))).to.deep.equal([
      {
        rolearn: arnOf("Role main-instanceRole-role"),
        username: "system:node:{{EC2PrivateDNSName}}",
        groups: ["system:bootstrappers", "system:nodes"],
      },
    ]);
    expect(laboratory.child("ConfigMap main-nodeAccess").providers.kubernetes?.urn).to.equal(
      urnOf("pulumi:providers:kubernetes", "main-eks-k8s"),
    );
    expect(isRecord(outputs.core) && outputs.core.eksNodeAccess).to.equal("<ConfigMap main-nodeAccess>");
  });

  it("have a larger disk, and let in the owner of a key, where the program says so", async () => {
    const plain = (await withNodes()).laboratory.inputs("LaunchTemplate main-launchTemplate");
    expect([plain.keyName, plain.blockDeviceMappings]).to.deep.equal([undefined, undefined]);
    const asked = {
      nodeRootVolumeSize: 50,
      nodeRootVolumeEncrypted: true,
      nodePublicKey: "ssh-ed25519 AAAA",
    };
    const { laboratory } = await withNodes(asked);
    expect(laboratory.inputs("KeyPair main-keyPair")).to.deep.equal({ publicKey: "ssh-ed25519 AAAA" });
    expect(laboratory.inputs("LaunchTemplate main-launchTemplate")).to.deep.include({
      keyName: "<KeyPair main-keyPair>.keyName",
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true", volumeSize: 50 } }],
    });
  });

  it("make room for nodes of the program's own, whose roles the ConfigMap lets in", async () => {
    const own = { arn: "arn:aws:iam::123456789012:role/spot" };
    const { laboratory, outputs } = await cluster({ authenticationMode: undefined, instanceRoles: [own] });
    const { data } = laboratory.inputs("ConfigMap main-nodeAccess");
    expect(parse(String(at(data, "mapRoles")))).to.deep.equal([
      {
        rolearn: own.arn,
        username: "system:node:{{EC2PrivateDNSName}}",
        groups: ["system:bootstrappers", "system:nodes"],
      },
    ]);
    expect(outputs.instanceRoles).to.deep.equal([own]);
  });

  it("lie in the default VPC where the program has none", async () => {
    const { laboratory } = await withNodes({
      vpcId: undefined,
      privateSubnetIds: undefined,
      publicSubnetIds: undefined,
    });
    expect(laboratory.inputs("SecurityGroup main-nodeSecurityGroup").vpcId).to.equal("vpc-default");
  });
});
