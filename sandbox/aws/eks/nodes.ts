import type { AccountView } from "../../model.ts";
import { at, isRecord, list } from "../../values.ts";
import { nodeGroupToken } from "./references.ts";

/**
 * Nodes of a cluster: those of its managed groups, and those of Auto Scaling groups that are marked as its own.
 * https://docs.aws.amazon.com/eks/latest/userguide/launch-workers.html
 */
export function nodesOf(account: AccountView, clusterName: string): number {
  const managed = account
    .all(nodeGroupToken)
    .filter(({ state }) => state.clusterName === clusterName)
    .map(({ state }) => at(state, "scalingConfig.desiredSize"));
  const mark = `kubernetes.io/cluster/${clusterName}`;
  const own = account
    .all("aws:autoscaling/group:Group")
    .filter(({ state }) => list(state.tags).some((tag) => isRecord(tag) && tag.key === mark))
    .map(({ state }) => state.desiredCapacity);
  return [...managed, ...own].reduce<number>((sum, count) => sum + Number(count ?? 0), 0);
}
