import { defineStack } from "../../kernel/define.ts";
import { Undecided } from "../../kernel/findings.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Link, Node } from "../../kernel/graph.ts";
import { whole } from "../../kernel/params.ts";
import { attempt, items, UNKNOWN } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { certainExits } from "../../reading/routes.ts";

type Subnets = Link<Props<"aws:ec2/subnet:Subnet">>;

/** A cluster names its subnets inside `vpcConfig`, and the engine only knows what that was computed from. */
function subnetsOfCluster(cluster: Node<Props<"aws:eks/cluster:Cluster">>, graph: Graph): Subnets {
  const subnetIds = attempt(() => cluster.props.vpcConfig?.subnetIds) ?? UNKNOWN;
  const props = subnetIds === UNKNOWN ? cluster.props : { vpcConfig: subnetIds };
  return graph.targets({ ...cluster, props }, "vpcConfig", "aws:ec2/subnet:Subnet");
}

function closed({ nodes, exact }: Subnets, graph: Graph): Findings {
  const findings = nodes.flatMap((subnet) =>
    certainExits(subnet, graph, ["an internet gateway"]).map(
      (exit) => `subnet ${subnet.name} has a route to ${exit}: use the network's private subnets.`,
    ),
  );
  if (findings.length > 0 && !exact) throw new Undecided("subnetIds");
  return findings;
}

export const eksPrivateNodes = defineStack({
  name: "eks-private-nodes",
  description: "Nodes and the control plane's interfaces stand in private subnets of several zones.",
  severity: "high",
  controls: { "cis-eks": ["5.4.3"] },
  remediation: "Give the EksCluster component the network, whose private subnets it takes.",
  params: { minZones: whole(2, "Zones that the nodes of a group must be spread over.") },
  checks: {
    "aws:eks/nodeGroup:NodeGroup": [
      (group, graph) => closed(graph.targets(group, "subnetIds", "aws:ec2/subnet:Subnet"), graph),
      (group, graph, { minZones }) => {
        const { nodes, exact } = graph.targets(group, "subnetIds", "aws:ec2/subnet:Subnet");
        if (!exact || nodes.length < items(group.props.subnetIds).length) return undefined;
        const zones = new Set(nodes.map(({ props }) => props.availabilityZone ?? props.availabilityZoneId));
        return (
          nodes.length > 0 &&
          zones.size < minZones &&
          `subnetIds are in ${[...zones].join(", ")} only: name subnets of ${minZones} zones or more.`
        );
      },
    ],
    "aws:eks/cluster:Cluster": [(cluster, graph) => closed(subnetsOfCluster(cluster, graph), graph)],
  },
});
