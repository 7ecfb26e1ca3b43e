import type { Cluster, NodeGroup, NodePool } from "../engine/model.ts";
import type { NodeSpec, Node } from "../engine/world.ts";
import { makeNode } from "../engine/world.ts";

/** The label of managed node groups: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html */
const groupLabel = "eks.amazonaws.com/nodegroup";

/** Karpenter's own: https://karpenter.sh/docs/concepts/nodepools/ */
const poolLabel = "karpenter.sh/nodepool";

/** Where and when a node comes up. */
export interface Birth {
  readonly name: string;
  readonly zone: string;
  readonly createdAt: number;
  readonly readyAt: number;
}

type Surroundings = Pick<Cluster, "daemons" | "prefixDelegation">;

/** A node of a managed group. Of several types the first: the group's on-demand order, and what Cluster Autoscaler reckons with. */
export function groupNode(group: NodeGroup, birth: Birth, cluster: Surroundings): Node {
  const spec: NodeSpec = {
    ...birth,
    owner: group.name,
    ownerLabel: groupLabel,
    type: group.instanceTypes[0] ?? "t3.medium",
    spot: group.spot,
    labels: group.labels,
    taints: group.taints,
    diskBytes: group.diskBytes,
  };
  return makeNode(spec, cluster);
}

/** A node of a NodePool, of a type and capacity that Karpenter chose. */
export function poolNode(
  pool: NodePool,
  type: string,
  spot: boolean,
  birth: Birth,
  cluster: Surroundings,
): Node {
  const { labels, taints, diskBytes } = pool;
  return makeNode(
    { ...birth, owner: pool.name, ownerLabel: poolLabel, type, spot, labels, taints, diskBytes },
    cluster,
  );
}

/**
 * The zone that an Auto Scaling group uses next: the one with the fewest of its nodes, of those that are up.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-benefits.html#arch-AutoScalingMultiAZ
 */
export function nextZone(
  zones: readonly string[],
  lost: ReadonlySet<string>,
  own: readonly Node[],
): string | undefined {
  const open = zones.filter((zone) => !lost.has(zone));
  const sizes = open.map((zone) => own.filter((node) => node.zone === zone).length);
  const least = sizes.indexOf(Math.min(...sizes));
  return open[least];
}
