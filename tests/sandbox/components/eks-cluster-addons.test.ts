import { expect } from "chai";
import { given } from "../../../sandbox/components/plan.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { cluster } from "./a-cluster.ts";
import { urnOf } from "./laboratory.ts";

describe("the add-ons of eks.Cluster", () => {
  it("asks for the most recent add-on versions, once each, for the cluster's Kubernetes version", async () => {
    const { laboratory } = await cluster();
    expect(laboratory.questions.filter((question) => question.includes("Addon")).sort()).to.deep.equal([
      'aws:eks/getAddonVersion:getAddonVersion {"addonName":"kube-proxy","kubernetesVersion":"1.35","mostRecent":true}',
      'aws:eks/getAddonVersion:getAddonVersion {"addonName":"vpc-cni","kubernetesVersion":"1.35","mostRecent":true}',
    ]);
    expect(laboratory.inputs("Addon main-kube-proxy")).to.deep.equal({
      addonName: "kube-proxy",
      clusterName: "<Cluster main-eksCluster>.name",
      addonVersion: "v9.9.9-eksbuild.9",
      preserve: true,
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
    });
  });

  it("takes add-on versions, conflicts and configuration from the program, keys sorted", async () => {
    const { laboratory } = await cluster({
      kubeProxyAddonOptions: {
        version: "v1",
        resolveConflictsOnUpdate: "PRESERVE",
        configurationValues: { mode: "ipvs", ipvs: { scheduler: "rr" } },
      },
    });
    expect(laboratory.inputs("Addon main-kube-proxy")).to.include({
      addonVersion: "v1",
      resolveConflictsOnUpdate: "PRESERVE",
      configurationValues: '{"ipvs":{"scheduler":"rr"},"mode":"ipvs"}',
    });
  });

  it("brings CoreDNS only when it is enabled or configured: a version alone does nothing", async () => {
    const has = async (options: Properties): Promise<boolean> => {
      const { laboratory } = await cluster({ corednsAddonOptions: options });
      return laboratory.tree().includes("aws:eks/addon:Addon main-coredns < the component");
    };
    expect(await has({ version: "v1" })).to.equal(false);
    expect(await has({ enabled: false })).to.equal(false);
    expect(await has({ enabled: true })).to.equal(true);
    expect(await has({ configurationValues: { replicaCount: 3 } })).to.equal(true);
  });

  it("leaves kube-proxy and the network add-on out on request", async () => {
    const { laboratory } = await cluster({
      kubeProxyAddonOptions: { enabled: false },
      useDefaultVpcCni: true,
    });
    expect(laboratory.tree().filter((line) => /addon/i.test(line))).to.deep.equal([]);
  });

  it("passes the options of the network add-on on as environment", async () => {
    const { laboratory } = await cluster({
      vpcCniOptions: {
        addonVersion: "v1.20",
        enableNetworkPolicy: true,
        enablePrefixDelegation: true,
        warmPrefixTarget: 1,
        logLevel: "INFO",
        configurationValues: { env: { ENABLE_POD_ENI: "true" }, init: { env: { X: "1" } }, tolerations: [] },
        serviceAccountRoleArn: given("arn:cni", []),
      },
    });
    const inputs = laboratory.inputs("Addon main-vpc-cni");
    expect(inputs).to.include({ addonVersion: "v1.20", serviceAccountRoleArn: "arn:cni" });
    expect(JSON.parse(String(inputs.configurationValues))).to.deep.equal({
      enableNetworkPolicy: "true",
      tolerations: [],
      env: {
        AWS_VPC_ENI_MTU: "9001",
        AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "false",
        AWS_VPC_K8S_CNI_EXTERNALSNAT: "false",
        AWS_VPC_K8S_CNI_LOGLEVEL: "INFO",
        AWS_VPC_K8S_CNI_LOG_FILE: "/host/var/log/aws-routed-eni/ipamd.log",
        AWS_VPC_K8S_CNI_VETHPREFIX: "eni",
        AWS_VPC_K8S_PLUGIN_LOG_FILE: "/var/log/aws-routed-eni/plugin.log",
        AWS_VPC_K8S_PLUGIN_LOG_LEVEL: "DEBUG",
        ENABLE_POD_ENI: "true",
        ENABLE_PREFIX_DELEGATION: "true",
        WARM_ENI_TARGET: "1",
        WARM_PREFIX_TARGET: "1",
      },
      init: { env: { DISABLE_TCP_EARLY_DEMUX: "false", X: "1" } },
    });
  });

  it("patches the network add-on's DaemonSet where it shall be privileged, and leaves it so", async () => {
    const { laboratory } = await cluster({ vpcCniOptions: { securityContextPrivileged: true } });
    const patch = laboratory.child("DaemonSetPatch main-vpc-cni");
    expect(laboratory.tree()).to.include(
      "kubernetes:apps/v1:DaemonSetPatch main-vpc-cni < VpcCniAddon main-vpc-cni",
    );
    expect(patch.child.retainOnDelete).to.equal(true);
    expect(laboratory.waitsFor("DaemonSetPatch main-vpc-cni")).to.deep.equal(["Addon main-vpc-cni"]);
    expect(patch.providers.kubernetes?.urn).to.equal(urnOf("pulumi:providers:kubernetes", "main-eks-k8s"));
    expect(laboratory.inputs("DaemonSetPatch main-vpc-cni").spec).to.deep.equal({
      template: { spec: { containers: [{ name: "aws-node", securityContext: { privileged: true } }] } },
    });
  });
});
