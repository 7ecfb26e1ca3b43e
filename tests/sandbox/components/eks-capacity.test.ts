import { expect } from "chai";
import { parse } from "yaml";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { cluster } from "./a-cluster.ts";
import { Laboratory, arnOf, make } from "./laboratory.ts";
import { answers } from "./a-cluster.ts";

/** What a change adds to the children of the smallest cluster, and takes from them after `-`. */
async function changed(change: Properties): Promise<readonly string[]> {
  const before = (await cluster()).laboratory.tree();
  const after = (await cluster(change)).laboratory.tree();
  return [
    ...after.filter((line) => !before.includes(line)),
    ...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`),
  ];
}

describe("eks.Cluster without nodes of its own", () => {
  it("runs what lies in two namespaces on Fargate, CoreDNS too", async () => {
    expect(await changed({ fargate: true })).to.deep.equal([
      "aws:eks/addon:Addon main-coredns < the component",
      "aws:eks/fargateProfile:FargateProfile main-fargateProfile < the component",
      "aws:iam/role:Role main-podExecutionRole-role < ServiceRole main-podExecutionRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-podExecutionRole-6ad441d9 < ServiceRole main-podExecutionRole",
      "eks:index:ServiceRole main-podExecutionRole < the component",
    ]);
    const { laboratory, outputs } = await cluster({ fargate: true });
    expect(laboratory.inputs("FargateProfile main-fargateProfile")).to.deep.equal({
      clusterName: "<Cluster main-eksCluster>.name",
      podExecutionRoleArn: arnOf("Role main-podExecutionRole-role"),
      selectors: [{ namespace: "default" }, { namespace: "kube-system" }],
      subnetIds: ["subnet-0a", "subnet-0b", "subnet-1a", "subnet-1b"],
    });
    expect(laboratory.inputs("Addon main-coredns").configurationValues).to.equal('{"computeType":"Fargate"}');
    expect(laboratory.waitsFor("Addon main-coredns")).to.include("FargateProfile main-fargateProfile");
    expect(outputs.fargateProfileId).to.equal("<FargateProfile main-fargateProfile>.id");
  });

  it("takes role, selectors and subnets of the profile from the program", async () => {
    const selectors = [{ namespace: "web" }];
    const { laboratory } = await cluster({ fargate: { selectors, podExecutionRoleArn: "arn:own" } });
    expect(laboratory.inputs("FargateProfile main-fargateProfile")).to.deep.include({
      podExecutionRoleArn: "arn:own",
      selectors,
    });
  });

  it("still makes a role for nodes beside Fargate, unless the program wants no default nodes", async () => {
    const { laboratory } = await cluster({ fargate: true, skipDefaultNodeGroup: undefined });
    expect(laboratory.tree()).to.include("eks:index:ServiceRole main-instanceRole < the component");
    expect(laboratory.tree().filter((line) => line.includes("autoscaling"))).to.deep.equal([]);
  });

  it("leaves network, disks and nodes to EKS in Auto Mode", async () => {
    expect(await changed({ autoMode: { enabled: true } })).to.deep.equal([
      "aws:eks/addon:Addon main-coredns < the component",
      "aws:iam/role:Role main-nodeRole-role < ServiceRole main-nodeRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-eksRole-1587f79c < ServiceRole main-eksRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-eksRole-1e381056 < ServiceRole main-eksRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-eksRole-9ae443cd < ServiceRole main-eksRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-eksRole-d86a545b < ServiceRole main-eksRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-nodeRole-22021ef5 < ServiceRole main-nodeRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-nodeRole-7b85ae6b < ServiceRole main-nodeRole",
      "eks:index:ServiceRole main-nodeRole < the component",
      "- aws:ec2/securityGroup:SecurityGroup main-eksClusterSecurityGroup < the component",
      "- aws:ec2/securityGroup:SecurityGroup main-nodeSecurityGroup < the component",
      "- aws:ec2/securityGroupRule:SecurityGroupRule main-eksClusterIngressRule < the component",
      "- aws:ec2/securityGroupRule:SecurityGroupRule main-eksClusterInternetEgressRule < the component",
      "- aws:ec2/securityGroupRule:SecurityGroupRule main-eksExtApiServerClusterIngressRule < the component",
      "- aws:ec2/securityGroupRule:SecurityGroupRule main-eksNodeClusterIngressRule < the component",
      "- aws:ec2/securityGroupRule:SecurityGroupRule main-eksNodeIngressRule < the component",
      "- aws:ec2/securityGroupRule:SecurityGroupRule main-eksNodeInternetEgressRule < the component",
      "- aws:eks/addon:Addon main-kube-proxy < the component",
      "- aws:eks/addon:Addon main-vpc-cni < VpcCniAddon main-vpc-cni",
      "- eks:index:VpcCniAddon main-vpc-cni < the component",
    ]);
    const { laboratory, outputs } = await cluster({ autoMode: { enabled: true } });
    expect(laboratory.inputs("Cluster main-eksCluster")).to.deep.include({
      bootstrapSelfManagedAddons: false,
      computeConfig: {
        enabled: true,
        nodeRoleArn: arnOf("Role main-nodeRole-role"),
        nodePools: ["general-purpose", "system"],
      },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { ipFamily: "ipv4", elasticLoadBalancing: { enabled: true } },
    });
    expect(outputs.autoModeNodeRoleName).to.equal("<Role main-nodeRole-role>.name");
  });

  it("takes the node role of Auto Mode from the program", async () => {
    const autoMode = { enabled: true, createNodeRole: false, computeConfig: { nodeRoleArn: "arn:own" } };
    const { laboratory } = await cluster({ autoMode });
    expect(laboratory.tree().filter((line) => line.includes("nodeRole"))).to.deep.equal([]);
    expect(at(laboratory.inputs("Cluster main-eksCluster"), "computeConfig.nodeRoleArn")).to.equal("arn:own");
  });

  it("knows in a preview either all parts of Auto Mode or none", async () => {
    const { laboratory } = await cluster({ autoMode: { enabled: true } }, { preview: true });
    expect(laboratory.inputs("Cluster main-eksCluster")).to.include({
      computeConfig: "?",
      storageConfig: "?",
      kubernetesNetworkConfig: "?",
    });
  });
});

describe("eks.Cluster, of whose parts some are the program's,", () => {
  it("takes a security group for its control plane, and makes only that of the nodes", async () => {
    const { laboratory, outputs } = await cluster({ clusterSecurityGroup: { id: "sg-own" } });
    expect(laboratory.tree().filter((line) => line.includes("SecurityGroup "))).to.deep.equal([
      "aws:ec2/securityGroup:SecurityGroup main-nodeSecurityGroup < the component",
    ]);
    expect(at(laboratory.inputs("Cluster main-eksCluster"), "vpcConfig.securityGroupIds")).to.deep.equal([
      "sg-own",
    ]);
    expect(outputs.clusterSecurityGroupId).to.equal("sg-own");
  });

  it("lets the program in as a role, and its own Kubernetes provider by a profile too", async () => {
    const providerCredentialOpts = { roleArn: "arn:admin", profileName: "work" };
    const { laboratory, outputs } = await cluster({ providerCredentialOpts });
    expect(String(outputs.kubeconfigJson)).to.contain('"json","--role","arn:admin"],"env"');
    expect(String(laboratory.inputs("kubernetes main-eks-k8s").kubeconfig)).to.contain(
      '"json","--role","arn:admin","--profile","work"],"env"',
    );
  });

  it("has several classes of volumes, each with its settings", async () => {
    const fast = { type: "io1", iopsPerGb: 50, encrypted: true, zones: ["a", "b"], reclaimPolicy: "Retain" };
    const { laboratory, outputs } = await cluster({
      storageClasses: { fast, usual: { type: "gp2", default: true } },
    });
    expect(laboratory.inputs("StorageClass main-fast")).to.deep.include({
      metadata: {},
      parameters: { type: "io1", iopsPerGb: "50", encrypted: "true", zones: "a, b" },
      reclaimPolicy: "Retain",
    });
    expect(laboratory.inputs("StorageClass main-usual").metadata).to.deep.equal({
      annotations: { "storageclass.kubernetes.io/is-default-class": "true" },
    });
    expect(at(outputs.core, "storageClasses")).to.deep.equal({
      fast: "<StorageClass main-fast>",
      usual: "<StorageClass main-usual>",
    });
  });

  it("lists the program's mappings before those of the nodes", async () => {
    const { laboratory } = await cluster({
      authenticationMode: undefined,
      instanceRoles: [{ arn: "arn:node" }],
      roleMappings: [{ roleArn: "arn:dev", username: "dev", groups: ["devs"] }],
    });
    const roles: unknown = parse(String(at(laboratory.inputs("ConfigMap main-nodeAccess"), "data.mapRoles")));
    expect([at(roles, "0.rolearn"), at(roles, "1.rolearn")]).to.deep.equal(["arn:dev", "arn:node"]);
  });

  it("asks for no access configuration where the program says no mode", async () => {
    const { laboratory } = await cluster({ authenticationMode: undefined });
    expect(laboratory.inputs("Cluster main-eksCluster")).not.to.have.property("accessConfig");
  });
});

describe("the smaller components of eks", () => {
  it("make a security group for nodes, with the control plane's rule for it", async () => {
    const args = { vpcId: "vpc-1", clusterSecurityGroup: { id: "sg-1" }, eksCluster: { name: "platform" } };
    const { laboratory, outputs } = await make("eks:index:NodeGroupSecurityGroup", "extra", args);
    expect(laboratory.tree()).to.have.length(6);
    expect(outputs).to.deep.equal({
      securityGroup: "<SecurityGroup extra-nodeSecurityGroup>",
      securityGroupRule: "<SecurityGroupRule extra-eksClusterIngressRule>",
    });
  });

  it("make a role that may make clusters, and a provider that takes it on", async () => {
    const { laboratory, outputs } = await make(
      "eks:index:ClusterCreationRoleProvider",
      "maker",
      { region: "eu-west-1" },
      new Laboratory({ answers }),
    );
    expect(laboratory.tree()).to.deep.equal([
      "aws:iam/role:Role maker-eksClusterCreatorRole < the component",
      "aws:iam/rolePolicy:RolePolicy maker-eksClusterCreatorPolicy < Role maker-eksClusterCreatorRole",
      "pulumi:providers:aws maker-eksClusterCreatorEntity < Role maker-eksClusterCreatorRole",
    ]);
    expect(String(laboratory.inputs("Role maker-eksClusterCreatorRole").assumeRolePolicy)).to.contain(
      '"AWS":"arn:aws:iam::123456789012:root"',
    );
    expect(laboratory.inputs("aws maker-eksClusterCreatorEntity")).to.deep.equal({
      region: "eu-west-1",
      assumeRoles: `[{"roleArn":"${arnOf("Role maker-eksClusterCreatorRole")}"}]`,
    });
    expect(outputs.role).to.equal("<Role maker-eksClusterCreatorRole>");
  });
});
