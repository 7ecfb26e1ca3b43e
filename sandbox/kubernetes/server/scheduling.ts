import { runsPod } from "../../aws/eks/capacity.ts";
import { clusterToken } from "../../aws/eks/references.ts";
import type { Properties } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import type { Warning } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { podPathOf } from "../rules/pods.ts";
import { ofResourceKey } from "./objects.ts";

/**
 * What the scheduler says of a pod that finds no node: https://kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler/. A cluster
 * that the account does not hold has all that pods need.
 */
export function unscheduled(cluster: Cluster, kind: string, inputs: Properties): Warning | undefined {
  const { account, scope } = cluster;
  const found = account.all(clusterToken).find(({ state }) => state.arn === scope);
  if (found === undefined) return undefined;
  const namespace = text(at(inputs, "metadata.namespace")) ?? "default";
  const labels = at(inputs, podPathOf(kind).replace(/spec$/, "metadata.labels"));
  const pod = { namespace, labels: isRecord(labels) ? labels : {} };
  if (runsPod(account, found.id, pod) || startsItsOwn(cluster)) return undefined;
  return { reason: "FailedScheduling", message: "no nodes available to schedule pods" };
}

/** Karpenter, which Auto Mode has too, starts nodes for pods where a pool says so: https://karpenter.sh/docs/concepts/nodepools/ */
function startsItsOwn(cluster: Cluster): boolean {
  return namedIn(cluster, ofResourceKey("nodepools.karpenter.sh")).length > 0;
}
