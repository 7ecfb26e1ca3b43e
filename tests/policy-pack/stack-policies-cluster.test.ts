import { expect } from "chai";

import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, foundIn, inBoth, rewritten } from "./support/stack.ts";

const subnet = (name: string, availabilityZone: string, exit: Planned["refs"]): readonly Planned[] => [
  { type: "aws:ec2/subnet:Subnet", name, props: { availabilityZone } },
  { type: "aws:ec2/routeTable:RouteTable", name: `${name}-table` },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    ...{ name: `${name}-association`, refs: { subnetId: name, routeTableId: `${name}-table` } },
  },
  {
    type: "aws:ec2/route:Route",
    ...{ name: `${name}-route`, refs: { routeTableId: `${name}-table`, ...exit } },
  },
];
const group: Planned = {
  type: "aws:eks/nodeGroup:NodeGroup",
  ...{ name: "nodes", refs: { subnetIds: ["private-a", "private-b"], clusterName: "cluster" } },
};
const nodes: readonly Planned[] = [
  { type: "aws:ec2/internetGateway:InternetGateway", name: "igw" },
  { type: "aws:ec2/natGateway:NatGateway", name: "nat" },
  ...subnet("public", "eu-west-1a", { gatewayId: "igw" }),
  ...subnet("private-a", "eu-west-1a", { natGatewayId: "nat" }),
  ...subnet("private-b", "eu-west-1b", { natGatewayId: "nat" }),
  { type: "aws:eks/cluster:Cluster", name: "cluster", refs: { vpcConfig: ["private-a", "private-b"] } },
  group,
];

describe("eks-private-nodes", () => {
  const open = "subnet public has a route to an internet gateway: use the network's private subnets.";

  inBoth("passes when nodes are in private subnets of two zones", async (moment) => {
    expect(await found("eks-private-nodes", moment, nodes)).to.deep.equal([]);
  });

  inBoth("objects to nodes in a public subnet", async (moment) => {
    const exposed = changed(nodes, "nodes", { refs: { subnetIds: ["public"] } });
    expect(await found("eks-private-nodes", moment, exposed)).to.include(`nodes: ${open}`);
  });

  it("objects to nodes in one zone", async () => {
    const narrow = changed(nodes, "nodes", { refs: { subnetIds: ["private-a"] } });
    expect(await found("eks-private-nodes", "update", narrow)).to.deep.equal([
      "nodes: subnetIds are in eu-west-1a only: name subnets of 2 zones or more.",
    ]);
  });

  it("says nothing of zones while a subnet of another stack may be in one more", async () => {
    const mixed = rewritten(graph("update", nodes), "nodes", { subnetIds: ["private-a-id", "subnet-77"] });
    expect(await foundIn("eks-private-nodes", mixed)).to.deep.equal([]);
  });

  it("waits for the update while a component's output may mean any of its subnets", async () => {
    const opaque = changed(nodes, "nodes", { refs: { subnetIds: ["public", "private-a"] } });
    expect(await found("eks-private-nodes", "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.deep.equal([
      ": 1 check deferred until the update: eks-private-nodes 1.",
    ]);
  });

  it("objects to a control plane with an interface in a public subnet", async () => {
    const exposed = rewritten(graph("update", nodes), "cluster", {
      vpcConfig: { subnetIds: ["public-id", "private-b-id"] },
    });
    expect(await foundIn("eks-private-nodes", exposed)).to.deep.equal([`cluster: ${open}`]);
  });

  it("follows a control plane's subnets before they are known", async () => {
    const only = changed(nodes, "cluster", { refs: { vpcConfig: ["public"] } });
    const exposed = rewritten(graph("preview", only), "cluster", { vpcConfig: { subnetIds: [UNKNOWN] } });
    expect(await foundIn("eks-private-nodes", exposed)).to.deep.equal([`cluster: ${open}`]);
  });
});

const addon = (name: string, props: Planned["props"] = {}): Planned => ({
  ...{ type: "aws:eks/addon:Addon", name, refs: { clusterName: "cluster" } },
  props: { addonName: name, addonVersion: "v1.2.3-eksbuild.1", ...props },
});
const addons: readonly Planned[] = [
  { type: "aws:eks/cluster:Cluster", name: "cluster" },
  addon("vpc-cni", { configurationValues: '{"enableNetworkPolicy":"true"}' }),
  ...["coredns", "kube-proxy", "aws-ebs-csi-driver", "eks-pod-identity-agent"].map((name) => addon(name)),
];

describe("eks-addons-pinned", () => {
  const policies =
    "vpc-cni: configurationValues does not set enableNetworkPolicy to true: without it no NetworkPolicy is enforced.";

  inBoth("passes when the cluster has its parts, each of a version", async (moment) => {
    expect(await found("eks-addons-pinned", moment, addons)).to.deep.equal([]);
  });

  inBoth("objects to parts that are missing", async (moment) => {
    expect(await found("eks-addons-pinned", moment, without(addons, "coredns", "kube-proxy"))).to.deep.equal([
      "cluster: the add-on coredns is missing: add it, with its version.",
      "cluster: the add-on kube-proxy is missing: add it, with its version.",
    ]);
  });

  inBoth("counts each cluster's own parts", async (moment) => {
    const two = [...addons, { type: "aws:eks/cluster:Cluster", name: "other" }];
    expect(await found("eks-addons-pinned", moment, two)).to.have.length(5);
  });

  it("asks nothing of a cluster in Auto Mode, which has them built in", async () => {
    const auto = changed(addons.slice(0, 1), "cluster", { props: { computeConfig: { enabled: true } } });
    expect(await found("eks-addons-pinned", "update", auto)).to.deep.equal([]);
  });

  it("objects to a part without a version", async () => {
    const unpinned = changed(addons, "coredns", { props: { addonName: "coredns" } });
    expect(await found("eks-addons-pinned", "update", unpinned)).to.deep.equal([
      "coredns: addonVersion is not set, so AWS picks one: pin the version.",
    ]);
  });

  it("objects to a network that enforces no policies", async () => {
    for (const configurationValues of [undefined, "{}", '{"enableNetworkPolicy":"false"}']) {
      const props = {
        addonName: "vpc-cni",
        addonVersion: "v1",
        ...(configurationValues && { configurationValues }),
      };
      expect(await found("eks-addons-pinned", "update", changed(addons, "vpc-cni", { props }))).to.deep.equal(
        [policies],
      );
    }
  });

  it("reads a configuration in YAML", async () => {
    const props = {
      ...{ addonName: "vpc-cni", addonVersion: "v1" },
      configurationValues: "enableNetworkPolicy: true\n",
    };
    expect(await found("eks-addons-pinned", "update", changed(addons, "vpc-cni", { props }))).to.deep.equal(
      [],
    );
  });
});
