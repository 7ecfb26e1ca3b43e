import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { defaultAccountId } from "../../../sandbox/account.ts";
import { addOns, charts, kubernetesVersion } from "../../../versions.ts";
import { all, only, run } from "../../support/run.ts";
import type { Recorded } from "../../support/run.ts";
import { cluster, noDomain } from "./cluster.ts";
import { label, waitsFor } from "./graph.ts";

const release = "kubernetes:helm.sh/v3:Release";
const addOn = "aws:eks/addon:Addon";
const nodes = "aws:eks/nodeGroup:NodeGroup";

async function resourcesOf(change = {}, domain = noDomain): Promise<readonly Recorded[]> {
  return (await run(() => cluster(change, domain))).resources;
}

const withDomain = (): typeof noDomain => ({
  ...noDomain,
  zoneName: "example.com",
  zoneId: pulumi.output("Z0123456789ABCDEFGHIJ"),
});

describe("EksCluster", () => {
  let resources: readonly Recorded[];
  const inputsOf = (type: string, name: string): Recorded["inputs"] => only(resources, type, name).inputs;

  before(async () => {
    resources = await resourcesOf();
  });

  it("is entered through access entries, from inside the VPC, and never in extended support", () => {
    expect(inputsOf("eks:index:Cluster", "cluster-control-plane")).to.deep.include({
      name: "groundwork-test",
      version: kubernetesVersion,
      upgradePolicy: { supportType: "STANDARD" },
      authenticationMode: "API",
      endpointPrivateAccess: true,
      endpointPublicAccess: false,
      createOidcProvider: false,
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    });
  });

  it("makes nobody an administrator but those in the settings", async () => {
    const { expanded } = await run(() => cluster());
    const made = expanded.filter(({ type }) => type === "aws:eks/cluster:Cluster");
    expect(made.map(({ inputs }) => inputs.accessConfig)).to.deep.equal([
      { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    ]);
  });

  it("opens a public endpoint to the allow-list only", async () => {
    const endpoint = { access: "privateAndPublic", allowedCidrs: ["203.0.113.0/24"] };
    const opened = await resourcesOf({ endpoint });
    expect(only(opened, "eks:index:Cluster").inputs).to.deep.include({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["203.0.113.0/24"],
    });
  });

  it("lets a VPN to the private endpoint, before it is itself asked for anything", async () => {
    const opened = await resourcesOf({ endpoint: { access: "private", internalCidrs: ["10.255.0.0/16"] } });
    const rule = "cluster-control-plane-from-10.255.0.0-16";
    expect(only(opened, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").name).to.equal(rule);
    expect(
      only(opened, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", rule).inputs,
    ).to.deep.include({ cidrIpv4: "10.255.0.0/16", ipProtocol: "tcp", fromPort: 443, toPort: 443 });
    expect(waitsFor(opened, "pulumi:providers:kubernetes", "cluster-control-plane-kubernetes")).to.include(
      `SecurityGroupIngressRule ${rule}`,
    );
  });

  it("writes its logs into a group that is there first, encrypted and kept as long as was said", () => {
    expect(inputsOf("aws:cloudwatch/logGroup:LogGroup", "cluster-control-plane-logs")).to.deep.include({
      name: "/aws/eks/groundwork-test/cluster",
      retentionInDays: 30,
    });
    const before = waitsFor(resources, "eks:index:Cluster", "cluster-control-plane");
    expect(before).to.include("LogGroup cluster-control-plane-logs");
    expect(before).to.include("RolePolicyAttachment cluster-control-plane-role-AmazonEKSClusterPolicy");
  });

  it("rotates every key", () => {
    const keys = all(resources, "aws:kms/key:Key");
    expect(keys.map(({ name }) => name)).to.have.members([
      "cluster-control-plane-secrets-key",
      "cluster-control-plane-logs-key",
      "cluster-volumes-key",
    ]);
    expect(keys.filter(({ inputs }) => inputs.enableKeyRotation !== true)).to.deep.equal([]);
  });

  it("installs every add-on at its pinned version", () => {
    const installed = all(resources, addOn).map(({ inputs }) => [inputs.addonName, inputs.addonVersion]);
    expect(Object.fromEntries(installed)).to.deep.equal(addOns);
  });

  it("starts nodes after what they need to become ready", () => {
    const before = waitsFor(resources, nodes, "cluster-nodes-main");
    expect(before).to.include.all.keys(
      "Cluster cluster-control-plane",
      "Addon cluster-vpc-cni",
      "Addon cluster-kube-proxy",
      "Addon cluster-eks-pod-identity-agent",
      "PodIdentityAssociation cluster-vpc-cni-identity",
      "RolePolicyAttachment cluster-node-role-AmazonEKSWorkerNodePolicy",
    );
  });

  for (const name of ["coredns", "aws-ebs-csi-driver", "metrics-server"]) {
    it(`installs ${name} after the nodes`, () => {
      expect(waitsFor(resources, addOn, `cluster-${name}`)).to.include("NodeGroup cluster-nodes-main");
    });
  }

  it("offers volumes after their driver, encrypted and where their pod runs", () => {
    expect(inputsOf("kubernetes:storage.k8s.io/v1:StorageClass", "cluster-storage-class")).to.deep.include({
      provisioner: "ebs.csi.aws.com",
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    });
    const parameters = inputsOf(
      "kubernetes:storage.k8s.io/v1:StorageClass",
      "cluster-storage-class",
    ).parameters;
    expect(parameters).to.deep.include({ type: "gp3", encrypted: "true", iops: "3000", throughput: "125" });
    expect(
      waitsFor(resources, "kubernetes:storage.k8s.io/v1:StorageClass", "cluster-storage-class"),
    ).to.include("Addon cluster-aws-ebs-csi-driver");
  });

  it("installs each controller as soon as what it needs is there", () => {
    const controllers = "cluster-controllers-";
    const needed = ["StorageClass cluster-storage-class", "Addon cluster-coredns"];
    const releases = all(resources, release).map(({ name }) => {
      const before = waitsFor(resources, release, name);
      const systems = needed.filter((other) => before.has(other));
      const others = [...before].filter((other) => other.startsWith(`Release ${controllers}`));
      return [name.replace(controllers, ""), before.has("NodeGroup cluster-nodes-main"), systems, others];
    });
    expect(releases).to.have.deep.members([
      ["cert-manager", true, [], []],
      ["external-secrets", true, [], []],
      ["cluster-autoscaler", true, needed, []],
      ["aws-load-balancer-controller", true, needed, ["Release cluster-controllers-cert-manager"]],
    ]);
  });

  it("talks to the cluster only once its access entries are there, and under an identity that never changes", () => {
    const provider = only(resources, "pulumi:providers:kubernetes");
    expect(waitsFor(resources, provider.type, provider.name)).to.include("Cluster cluster-control-plane");
    expect(provider.inputs.clusterIdentifier).to.match(/^arn:aws:eks:.*cluster\/groundwork-test$/);
  });

  it("installs every chart at its pinned version, all or nothing", () => {
    for (const { name, inputs } of all(resources, release)) {
      const [, pinned] = Object.entries(charts).find(([chart]) => chart === inputs.chart) ?? [];
      expect(inputs, name).to.deep.include({
        version: pinned?.version,
        repositoryOpts: { repo: pinned?.repo },
        atomic: true,
        cleanupOnFail: true,
        skipAwait: false,
        timeout: 600,
        maxHistory: 10,
      });
    }
  });

  it("keeps DNS to itself without a domain", () => {
    expect(all(resources, release).map(({ inputs }) => inputs.chart)).to.not.include("external-dns");
    expect(resources.map(({ name }) => name)).to.not.include("cluster-controllers-cert-manager-identity");
  });

  it("keeps the records of its domain's zone and of no other", async () => {
    const found = await resourcesOf({}, withDomain());
    const values = only(found, release, "cluster-controllers-external-dns").inputs.values;
    expect(values).to.deep.include({ domainFilters: ["example.com"], txtOwnerId: "groundwork-test" });
    const policy = only(
      found,
      "aws:iam/rolePolicy:RolePolicy",
      "cluster-controllers-external-dns-identity-policy",
    );
    expect(JSON.parse(String(policy.inputs.policy)))
      .to.have.nested.property("Statement[0].Resource")
      .that.equals("arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ");
  });

  it("lets nobody but external-dns write to the zone", async () => {
    const found = await resourcesOf({}, withDomain());
    const writers = all(found, "aws:iam/rolePolicy:RolePolicy").filter(({ inputs }) =>
      String(inputs.policy).includes("route53:"),
    );
    expect(writers.map(({ name }) => name)).to.deep.equal([
      "cluster-controllers-external-dns-identity-policy",
    ]);
  });

  it("tags load balancers and the volumes of pods, which no default tags reach", () => {
    const balancers = inputsOf(release, "cluster-controllers-aws-load-balancer-controller").values;
    expect(balancers).to.deep.include({ defaultTags: { Owner: "platform-team" } });
    expect(inputsOf(addOn, "cluster-aws-ebs-csi-driver").configurationValues).to.equal(
      '{"controller":{"extraVolumeTags":{"Owner":"platform-team"}}}',
    );
  });

  it("lets exactly one service account of exactly this cluster assume a controller's role", () => {
    const role = inputsOf("aws:iam/role:Role", "cluster-controllers-cluster-autoscaler-identity-role");
    expect(JSON.parse(String(role.assumeRolePolicy)))
      .to.have.nested.property("Statement[0].Condition")
      .that.deep.include({
        StringEquals: {
          "aws:SourceAccount": defaultAccountId,
          "aws:RequestTag/eks-cluster-name": "groundwork-test",
          "aws:RequestTag/kubernetes-namespace": "kube-system",
          "aws:RequestTag/kubernetes-service-account": "cluster-autoscaler",
        },
      });
  });

  it("lets the pods of a fenced controller reach the agent that gives them their role", () => {
    const name = "cluster-controllers-external-secrets-namespace-credentials";
    expect(inputsOf("kubernetes:networking.k8s.io/v1:NetworkPolicy", name).spec).to.deep.include({
      egress: [{ to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ protocol: "TCP", port: 80 }] }],
    });
  });

  it("makes the same resources in a preview", async () => {
    const preview = await run(() => cluster(), { preview: true });
    expect(preview.resources.map(label)).to.have.members(resources.map(label));
  });
});
