import { expect } from "chai";
import { parse } from "yaml";
import { at, isRecord } from "../../../sandbox/values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { answers, cluster } from "./a-cluster.ts";
import { arnOf, urnOf } from "./laboratory.ts";
import type { Finished, Laboratory } from "./laboratory.ts";

const withNodes = (
  change: Properties = {},
  options?: ConstructorParameters<typeof Laboratory>[0],
): Promise<Finished> => cluster({ skipDefaultNodeGroup: undefined, ...change }, options);

/** A network in which the tables of subnets, or the main one, each have one route. */
function routedBy(routes: Readonly<Record<string, Properties>>) {
  const tables = (args: Properties): Properties => {
    const subnet = String(at(args, "filters.0.values.0"));
    const table = at(args, "filters.0.name") === "association.main" ? "main" : subnet;
    return { ids: table in routes || table === "main" ? [table] : [] };
  };
  const table = ({ routeTableId }: Properties): Properties => ({
    routes: [routes[String(routeTableId)]].filter((route) => route !== undefined),
  });
  return {
    answers: {
      ...answers,
      "aws:ec2/getRouteTables:getRouteTables": tables,
      "aws:ec2/getRouteTable:getRouteTable": table,
    },
  };
}

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

  it("take the private ones of subnets that are not told apart: those without a way out to the internet", async () => {
    const mixed = { privateSubnetIds: undefined, publicSubnetIds: undefined, subnetIds: ["open", "hidden"] };
    const placed = async (routes: Readonly<Record<string, Properties>>): Promise<unknown> => {
      const { laboratory } = await withNodes(mixed, routedBy(routes));
      return laboratory.inputs("Group main").vpcZoneIdentifiers;
    };
    const internet = { cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" };
    const nat = { cidrBlock: "0.0.0.0/0", gatewayId: "", natGatewayId: "nat-1" };
    const office = { cidrBlock: "10.8.0.0/16", gatewayId: "vgw-1" };
    expect(await placed({ open: internet, hidden: nat })).to.deep.equal(["hidden"]);
    expect(await placed({ open: office, hidden: nat })).to.deep.equal(["open", "hidden"]);
    expect(await placed({ open: internet, hidden: internet })).to.deep.equal(["open", "hidden"]);
    expect(await placed({ open: internet, main: nat })).to.deep.equal(["hidden"]);
    expect(await placed({ main: internet, hidden: nat })).to.deep.equal(["hidden"]);
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
    const node: unknown = parse(/---\n(.*?)\n--BOUNDARY/s.exec(text)?.[1] ?? "");
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
    expect([plain.keyName, plain.blockDeviceMappings]).to.deep.equal([undefined, []]);
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

  it("have a security group of their own where the cluster has none", async () => {
    const { laboratory } = await withNodes({ skipDefaultSecurityGroups: true });
    expect(laboratory.tree().filter((line) => line.includes("securityGroup:"))).to.deep.equal([
      "aws:ec2/securityGroup:SecurityGroup main-nodeSecurityGroup < the component",
    ]);
    expect(laboratory.inputs("SecurityGroupRule main-eksClusterIngressRule").securityGroupId).to.equal(
      "sg-of-eks",
    );
  });

  it("have the program's role, which the cluster lets in", async () => {
    const own = { arn: "arn:aws:iam::123456789012:role/workers" };
    const { laboratory, outputs } = await withNodes({ instanceRole: own });
    expect(laboratory.tree().filter((line) => line.includes("instanceRole"))).to.deep.equal([]);
    expect(laboratory.inputs("InstanceProfile main-instanceProfile")).to.deep.equal({ role: own });
    expect(laboratory.inputs("AccessEntry main-defaultNodeGroupInstanceRole").principalArn).to.equal(own.arn);
    expect(outputs.instanceRoles).to.deep.equal([own]);
  });

  it("are what `nodeGroupOptions` says", async () => {
    const { laboratory } = await withNodes({
      nodeGroupOptions: {
        instanceType: "m7g.large",
        operatingSystem: "Bottlerocket",
        spotPrice: "0.1",
        enableDetailedMonitoring: false,
        ignoreScalingChanges: true,
      },
    });
    expect(laboratory.inputs("LaunchTemplate main-launchTemplate")).to.deep.include({
      instanceType: "m7g.large",
      instanceMarketOptions: { marketType: "spot", spotOptions: { maxPrice: "0.1" } },
      monitoring: { enabled: false },
    });
    expect(laboratory.questions).to.include(
      'aws:ssm/getParameter:getParameter {"name":"/aws/service/bottlerocket/aws-k8s-1.35/arm64/latest/image_id"}',
    );
    expect(laboratory.child("Group main").child.ignoreChanges).to.deep.equal(["desiredCapacity"]);
  });

  it("are what `nodeGroupOptions` says also beside what says no", async () => {
    const { laboratory } = await withNodes({
      nodeGroupOptions: { amiId: "ami-1", gpu: false },
      nodeAssociatePublicIpAddress: false,
      gpu: false,
      minSize: 0,
    });
    expect(laboratory.inputs("LaunchTemplate main-launchTemplate").imageId).to.equal("ami-1");
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
