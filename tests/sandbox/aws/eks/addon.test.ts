import { expect } from "chai";
import { refusalOf, trustOf } from "../world.ts";
import { ClusterWorld } from "./cluster-world.ts";

let world: ClusterWorld;

describe("a simulated add-on", () => {
  beforeEach(() => {
    world = new ClusterWorld();
    world.cluster();
  });

  it("has the version that EKS installs by default, unless one is asked for", () => {
    expect(world.addon("vpc-cni").state.addonVersion).to.equal("v1.22.4-eksbuild.3");
    const kubeProxy = world.addon("kube-proxy", { addonVersion: "v1.34.1-eksbuild.2" });
    expect(kubeProxy.state.addonVersion).to.equal("v1.34.1-eksbuild.2");
    expect(kubeProxy.id).to.equal("shop:kube-proxy");
  });

  it("refuses a cluster that does not exist", () => {
    expect(refusalOf(() => world.addon("vpc-cni", { clusterName: "none" }))).to.equal(
      "ResourceNotFoundException: No cluster found for name: none.",
    );
  });

  it("refuses a name or a version that there is not", () => {
    expect(refusalOf(() => world.addon("vpc-cnl"))).to.equal(
      "InvalidParameterException: Addon specified is not supported",
    );
    expect(refusalOf(() => world.addon("kube-proxy", { addonVersion: "v1.35.3-eksbuild.29" }))).to.equal(
      "InvalidParameterException: Addon version specified is not supported",
    );
  });

  it("refuses to be there twice", () => {
    world.addon("vpc-cni");
    expect(refusalOf(() => world.addon("vpc-cni", {}, "again"))).to.equal(
      "ResourceInUseException: Addon already exists.",
    );
  });

  it("waits in vain for nodes that are not there", () => {
    expect(refusalOf(() => world.addon("coredns"))).to.equal(
      "InsufficientNumberOfReplicas: unexpected state 'DEGRADED', wanted target 'ACTIVE': the add-on coredns is unhealthy because it doesn't have the desired number of replicas.",
    );
    world.nodes();
    expect(world.addon("coredns").state.addonVersion).to.equal("v1.12.4-eksbuild.6");
  });

  it("runs DNS on Fargate where that is said, in JSON or in YAML", () => {
    const { state } = world.role("pods", {
      assumeRolePolicy: trustOf({ Service: "eks-fargate-pods.amazonaws.com" }),
    });
    world.make("aws:eks/fargateProfile:FargateProfile", "system", {
      clusterName: "shop",
      fargateProfileName: "system",
      podExecutionRoleArn: state.arn,
      subnetIds: world.network.subnetIds,
      selectors: [{ namespace: "kube-system" }],
    });
    expect(refusalOf(() => world.addon("coredns"))).to.match(/^InsufficientNumberOfReplicas: /);
    for (const configurationValues of ['{"computeType":"Fargate"}', "computeType: Fargate\n"]) {
      const made = world.addon("coredns", { configurationValues });
      expect(made.id).to.equal("shop:coredns");
      world.remove("aws:eks/addon:Addon", "coredns", made);
    }
  });

  it("has a newest version that the program may ask for", () => {
    const about = { addonName: "vpc-cni", kubernetesVersion: "1.34", mostRecent: true };
    const token = "aws:eks/getAddonVersion:getAddonVersion";
    expect(world.ask(token, about).version).to.equal("v1.23.0-eksbuild.1");
    expect(refusalOf(() => world.ask(token, { ...about, kubernetesVersion: "1.20" }))).to.equal(
      "InvalidParameterException: no version of the add-on vpc-cni for Kubernetes 1.20",
    );
  });
});
