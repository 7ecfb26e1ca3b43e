import type { NodeAutoscaling } from "./controllers.ts";
import type { NodeGroupSettings } from "./node-group-settings.ts";
import type { EksClusterSettings } from "./settings.ts";

type Scaled = Pick<EksClusterSettings, "nodeScaling" | "expander" | "nodeGroups">;

/**
 * The groups AWS manages. With Karpenter each of them keeps the nodes that are always there, and no more; those above `size.min`
 * are Karpenter's, and no group belongs to both.
 */
export function planManagedGroups({
  nodeScaling,
  nodeGroups,
}: Pick<Scaled, "nodeScaling" | "nodeGroups">): Readonly<Record<string, NodeGroupSettings>> {
  if (nodeScaling === "clusterAutoscaler") return nodeGroups;
  return Object.fromEntries(
    Object.entries(nodeGroups)
      .filter(([, { size }]) => size.min > 0)
      .map(([group, settings]) => {
        const { min, enforceDesired } = settings.size;
        return [group, { ...settings, size: { min, desired: min, max: min, enforceDesired } }];
      }),
  );
}

/** What the cluster autoscaler is told; `undefined` where it is not installed. */
export function planAutoscaling({ nodeScaling, expander, nodeGroups }: Scaled): NodeAutoscaling | undefined {
  if (nodeScaling === "karpenter") return undefined;
  const priorities = Object.entries(nodeGroups).map(([group, { priority }]) => [group, priority] as const);
  return { expander, priorities: Object.fromEntries(priorities) };
}
