import type { ClusterAutoscalerSettings, NodeGroup } from "../engine/model.ts";
import type { State } from "../engine/state.ts";
import { limitedBy, pendingPods, recordEvent } from "../engine/state.ts";
import type { Pod } from "../engine/world.ts";
import { scanUp } from "./cluster-autoscaler.ts";
import { removeNode, surveyOf } from "./node-lifecycle.ts";
import type { DownSettings } from "./scale-down.ts";
import { scanDown } from "./scale-down.ts";

/**
 * The scan of Cluster Autoscaler: up where it helps a pod that waits, else down. Nodes that are not needed are marked all the time, and
 * taken away only when no node came for a while. Source: `RunOnce` of cluster-autoscaler/core/static_autoscaler.go in kubernetes/autoscaler.
 */
export function runClusterAutoscaler(state: State): void {
  const { clusterAutoscaler: settings, groups } = state.cluster;
  if (settings === undefined || groups.length === 0 || state.now % settings.scanSeconds !== 0) return;
  giveUp(state, settings.maxProvisionSeconds);
  const pending = pendingPods(state);
  if (pending.length === 0 || !growFor(state, settings, pending)) shrink(state, settings);
}

/** True where a group grew. */
function growFor(state: State, settings: ClusterAutoscalerSettings, pending: readonly Pod[]): boolean {
  const { growth, unschedulable } = scanUp({ ...state, settings, pending });
  for (const { group, count } of growth) grow(state, group, count, pending.length);
  for (const reason of new Set(unschedulable.map((one) => one.reason))) {
    limitedBy(state, `no node group takes a pending pod (${reason})`, remedyOf(reason), settings.scanSeconds);
  }
  return growth.length > 0;
}

/** Seconds for which a group that brought no node in time is left alone: `--initial-node-group-backoff-duration`. */
const backoffSeconds = 300;

/** Takes a node back that has not come in time. https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-are-the-parameters-to-ca */
function giveUp(state: State, maxProvisionSeconds: number): void {
  const late = state.nodes.filter(
    ({ readyAt, createdAt }) => readyAt > state.now && state.now - createdAt >= maxProvisionSeconds,
  );
  for (const node of late) {
    const before = state.targets.get(node.owner) ?? 0;
    state.targets.set(node.owner, before - 1);
    state.backoff.set(node.owner, state.now + backoffSeconds);
    removeNode(state, node);
    const why = `${node.name} did not come within ${maxProvisionSeconds} s`;
    recordEvent(state, "Cluster Autoscaler", `${node.owner}: ${before} to ${before - 1} nodes`, why);
  }
}

/** What to change where a group refuses. */
function remedyOf(reason: string): string {
  if (reason.includes("maximum")) return "raise the group's maximum size";
  return "offer a group whose nodes are large enough, without taints or labels in the way";
}

function grow(state: State, group: string, count: number, pending: number): void {
  const before = state.targets.get(group) ?? 0;
  state.targets.set(group, before + count);
  state.grewAt = state.now;
  const pods = pending === 1 ? "1 pod is pending" : `${pending} pods are pending`;
  recordEvent(state, "Cluster Autoscaler", `${group}: ${before} to ${before + count} nodes`, pods);
}

function shrink(state: State, settings: ClusterAutoscalerSettings): void {
  const spare = state.cluster.groups.map((group): [string, number] => [group.name, spareOf(state, group)]);
  const down: DownSettings = { ...settings, spare: new Map(spare) };
  const unneeded = scanDown(surveyOf(state, settings.expendablePriority), down);
  const isCooling = state.now - state.grewAt < settings.delayAfterAddSeconds;
  if (isCooling || state.nodes.some(({ cordoned }) => cordoned)) return;
  for (const node of unneeded) {
    const before = state.targets.get(node.owner) ?? 0;
    state.targets.set(node.owner, before - 1);
    node.cordoned = true;
    const minutes = Math.round(settings.unneededSeconds / 60);
    const why = `${node.name} was not needed for ${minutes} minutes`;
    recordEvent(state, "Cluster Autoscaler", `${node.owner}: ${before} to ${before - 1} nodes`, why);
  }
}

function spareOf(state: State, { name, min }: NodeGroup): number {
  return (state.targets.get(name) ?? 0) - min;
}
