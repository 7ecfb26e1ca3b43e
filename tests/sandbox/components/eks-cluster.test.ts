import { expect } from "chai";
import { reference } from "../../../sandbox/components/engine-values.ts";
import { given } from "../../../sandbox/components/plan.ts";
import { UNKNOWN, isRecord } from "../../../sandbox/values.ts";
import { cluster } from "./a-cluster.ts";
import { arnOf, shortNames, urnOf } from "./laboratory.ts";

describe("eks.Cluster", () => {
  it("brings a role, two security groups, a Kubernetes provider, the network add-on and kube-proxy", async () => {
    const { laboratory } = await cluster();
    expect(laboratory.tree()).to.deep.equal([
      "aws:ec2/securityGroup:SecurityGroup main-eksClusterSecurityGroup < the component",
      "aws:ec2/securityGroup:SecurityGroup main-nodeSecurityGroup < the component",
      "aws:ec2/securityGroupRule:SecurityGroupRule main-eksClusterIngressRule < the component",
      "aws:ec2/securityGroupRule:SecurityGroupRule main-eksClusterInternetEgressRule < the component",
      "aws:ec2/securityGroupRule:SecurityGroupRule main-eksExtApiServerClusterIngressRule < the component",
      "aws:ec2/securityGroupRule:SecurityGroupRule main-eksNodeClusterIngressRule < the component",
      "aws:ec2/securityGroupRule:SecurityGroupRule main-eksNodeIngressRule < the component",
      "aws:ec2/securityGroupRule:SecurityGroupRule main-eksNodeInternetEgressRule < the component",
      "aws:eks/addon:Addon main-kube-proxy < the component",
      "aws:eks/addon:Addon main-vpc-cni < VpcCniAddon main-vpc-cni",
      "aws:eks/cluster:Cluster main-eksCluster < the component",
      "aws:iam/role:Role main-eksRole-role < ServiceRole main-eksRole",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment main-eksRole-4b490823 < ServiceRole main-eksRole",
      "eks:index:ServiceRole main-eksRole < the component",
      "eks:index:VpcCniAddon main-vpc-cni < the component",
      "pulumi:providers:kubernetes main-eks-k8s < the component",
    ]);
  });

  it("sends the cluster's inputs as the real component does", async () => {
    const { laboratory } = await cluster({
      name: "platform",
      enabledClusterLogTypes: ["audit"],
      encryptionConfigKeyArn: "arn:key",
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["192.0.2.0/24"],
      upgradePolicy: { supportType: "STANDARD" },
      tags: { team: "core" },
    });
    expect(laboratory.inputs("Cluster main-eksCluster")).to.deep.equal({
      name: "platform",
      roleArn: arnOf("Role main-eksRole-role"),
      version: "1.35",
      enabledClusterLogTypes: ["audit"],
      upgradePolicy: { supportType: "STANDARD" },
      bootstrapSelfManagedAddons: true,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
      encryptionConfig: { provider: { keyArn: "arn:key" }, resources: ["secrets"] },
      tags: { Name: "main-eksCluster", team: "core" },
      vpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: ["192.0.2.0/24"],
        securityGroupIds: ["<SecurityGroup main-eksClusterSecurityGroup>.id"],
        subnetIds: ["subnet-0a", "subnet-0b", "subnet-1a", "subnet-1b"],
      },
    });
    expect(laboratory.child("Cluster main-eksCluster").child.ignoreChanges).to.deep.equal([
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
    ]);
  });

  it("makes the cluster wait until its role may do what it must", async () => {
    const { laboratory } = await cluster();
    expect(laboratory.waitsFor("Cluster main-eksCluster")).to.deep.equal([
      "Role main-eksRole-role",
      "RolePolicyAttachment main-eksRole-4b490823",
      "SecurityGroup main-eksClusterSecurityGroup",
    ]);
  });

  it("takes a role of the program's own, and makes none", async () => {
    const urn = urnOf("aws:iam/role:Role", "own");
    const others = [{ urn, id: "own", state: { arn: "arn:own" } }];
    const { laboratory } = await cluster({ serviceRole: reference(urn, "own") }, { others });
    expect(laboratory.inputs("Cluster main-eksCluster").roleArn).to.equal("arn:own");
    expect(laboratory.waitsFor("Cluster main-eksCluster")).to.include("Role own");
    expect(laboratory.tree().filter((line) => line.includes("iam"))).to.deep.equal([]);
  });

  it("marks the node security group as the cluster's by a tag whose key holds the cluster's name", async () => {
    const { laboratory } = await cluster();
    expect(laboratory.inputs("SecurityGroup main-nodeSecurityGroup").tags).to.deep.equal({
      Name: "main-nodeSecurityGroup",
      "kubernetes.io/cluster/<Cluster main-eksCluster>.name": "owned",
    });
  });

  it("leaves the security groups out on request, and tells the one that EKS makes", async () => {
    const { laboratory, outputs } = await cluster({ skipDefaultSecurityGroups: true });
    expect(laboratory.tree().filter((line) => line.includes("securityGroup"))).to.deep.equal([]);
    expect(outputs).to.include({
      clusterSecurityGroupId: "sg-of-eks",
      nodeSecurityGroupId: "sg-of-eks",
      clusterIngressRuleId: "",
    });
  });

  it("puts each policy of an access entry under the entry", async () => {
    const policy = { policyArn: "arn:view", accessScope: { type: "namespace", namespaces: ["web"] } };
    const entry = {
      principalArn: "arn:role",
      username: "ci",
      kubernetesGroups: ["g"],
      accessPolicies: { view: policy },
    };
    const { laboratory } = await cluster({ accessEntries: { ci: entry } });
    expect(laboratory.inputs("AccessEntry main-ci")).to.deep.equal({
      clusterName: "<Cluster main-eksCluster>.name",
      principalArn: "arn:role",
      userName: "ci",
      kubernetesGroups: ["g"],
    });
    expect(laboratory.inputs("AccessPolicyAssociation main-ci-view")).to.deep.equal({
      clusterName: "<Cluster main-eksCluster>.name",
      principalArn: "arn:role",
      ...policy,
    });
    expect(laboratory.child("AccessPolicyAssociation main-ci-view").parent).to.equal(
      urnOf("aws:eks/accessEntry:AccessEntry", "main-ci"),
    );
    expect(laboratory.waitsFor("VpcCniAddon main-vpc-cni")).to.deep.equal(["AccessEntry main-ci"]);
  });

  it("writes a kubeconfig that fetches a token and holds no secret", async () => {
    const { outputs } = await cluster();
    const config: unknown = JSON.parse(String(outputs.kubeconfigJson));
    expect(config).to.deep.equal(outputs.kubeconfig);
    expect(JSON.stringify(config)).to.contain(
      '"--region","eu-west-1","eks","get-token","--cluster-name","<Cluster main-eksCluster>.name"',
    );
  });

  it("makes an OIDC provider only on request, without fetching a thumbprint", async () => {
    expect((await cluster()).outputs.oidcProviderArn).to.equal("");
    const { laboratory, outputs } = await cluster({ createOidcProvider: true });
    expect(outputs).to.include({
      oidcProviderArn: arnOf("OpenIdConnectProvider main-oidcProvider"),
      oidcProviderUrl: "https://<Cluster main-eksCluster>.issuer",
      oidcIssuer: "<Cluster main-eksCluster>.issuer",
    });
    const { thumbprintLists } = laboratory.inputs("OpenIdConnectProvider main-oidcProvider");
    expect(thumbprintLists).to.have.length(1);
    expect(String(thumbprintLists)).to.match(/^[0-9a-f]{40}$/);
  });

  it("keeps its outputs in the state, those of its inner components too", async () => {
    const { laboratory, outputs } = await cluster();
    expect(laboratory.registered).to.deep.equal({
      "ServiceRole main-eksRole": {
        directRole: "<Role main-eksRole-role>",
        resolvedRole: "<Role main-eksRole-role>",
      },
      "VpcCniAddon main-vpc-cni": { addon: "<Addon main-vpc-cni>" },
    });
    const core = isRecord(outputs.core) ? outputs.core : {};
    expect(core).to.include({
      cluster: "<Cluster main-eksCluster>",
      vpcCni: "<VpcCniAddon main-vpc-cni>",
      vpcId: "vpc-1",
    });
  });

  it("says what each output depends on", async () => {
    const { evaluated } = await cluster();
    expect(shortNames(evaluated.kubeconfig?.dependencies ?? [])).to.deep.equal(["Cluster main-eksCluster"]);
    expect(shortNames(evaluated.core?.dependencies ?? [])).to.deep.equal([
      "Cluster main-eksCluster",
      "Role main-eksRole-role",
      "SecurityGroup main-eksClusterSecurityGroup",
      "SecurityGroup main-nodeSecurityGroup",
      "SecurityGroupRule main-eksClusterIngressRule",
      "VpcCniAddon main-vpc-cni",
      "kubernetes main-eks-k8s",
    ]);
  });

  it("knows `core` not even in part in a preview, but which resources there will be", async () => {
    const { outputs } = await cluster({}, { preview: true });
    expect(outputs).to.include({ core: "?", kubeconfig: "?", eksCluster: "<Cluster main-eksCluster>" });
  });

  it("waits in a preview for subnets that are not known", async () => {
    const privateSubnetIds = given(UNKNOWN, [urnOf("aws:ec2/subnet:Subnet", "a")]);
    const { laboratory } = await cluster({ privateSubnetIds }, { preview: true });
    const { vpcConfig } = laboratory.inputs("Cluster main-eksCluster");
    expect(vpcConfig).to.deep.equal({ securityGroupIds: ["?"], subnetIds: "?" });
    expect(laboratory.waitsFor("Cluster main-eksCluster")).to.include("Subnet a");
  });
});
