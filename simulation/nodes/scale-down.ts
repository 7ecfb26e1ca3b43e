import type { Budget } from "../engine/model.ts";
import type { Node, Pod } from "../engine/world.ts";
import { assume, snapshot } from "../engine/world.ts";
import type { Expected } from "../scheduling/disruption.ts";
import { covers, mayEvict } from "../scheduling/disruption.ts";
import { obstacle } from "../scheduling/scheduler.ts";

/** What both autoscalers look at before they take a node away. */
export interface Survey {
  readonly now: number;
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly budgets: readonly Budget[];
  readonly expected: Expected;
  /** Pods below this priority are not missed. */
  readonly expendablePriority: number;
}

/** The larger share of CPU or memory that is requested, DaemonSets included: https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#how-does-scale-down-work */
export function utilisation({ free, allocatable, overhead }: Node): number {
  const share = (resource: "cpu" | "memory"): number =>
    1 - free[resource] / (allocatable[resource] + overhead[resource]);
  return Math.max(share("cpu"), share("memory"));
}

/** Pods that would have to move if the node went. */
export function podsToMove({ pods }: Node, expendablePriority: number): readonly Pod[] {
  return [...pods].filter(
    (pod) => pod.goneAt === undefined && pod.workload.template.priority >= expendablePriority,
  );
}

/** True where all pods of the node may be evicted, one after the other, and fit on the other nodes that are ready. */
export function canGo(node: Node, survey: Survey): boolean {
  const leaving = podsToMove(node, survey.expendablePriority);
  const { budgets, pods, expected } = survey;
  if (!leaving.every((pod) => mayEvict(pod, budgets, pods, expected))) return false;
  return fitElsewhere(leaving, node, survey);
}

/** True where the pods fit on the nodes that stay. */
function fitElsewhere(leaving: readonly Pod[], node: Node, { nodes, now }: Survey): boolean {
  const others = nodes
    .filter(
      (other) => other !== node && other.readyAt <= now && !other.cordoned && other.doomedAt === undefined,
    )
    .map(snapshot);
  return leaving.every((pod) => {
    const target = others.find((other) => obstacle(pod, other, others) === undefined);
    if (target !== undefined) assume(pod, target);
    return target !== undefined;
  });
}

/** Limits of one scan downwards. */
export interface DownSettings {
  readonly utilizationThreshold: number;
  readonly unneededSeconds: number;
  /** Whether a node with pods of the namespace kube-system stays, unless a budget covers them. */
  readonly skipSystemPods: boolean;
  /** How many more nodes each group can spare; nodes of others are not looked at. */
  readonly spare: ReadonlyMap<string, number>;
}

/**
 * One scan downwards: marks which nodes are not needed and since when, and names those that go now: all that are empty, up to ten at a
 * time, else one with pods. A node that is needed again starts afresh; one that only its group's minimum keeps has its time run on.
 * Source: `unremovableReason` of cluster-autoscaler/core/scaledown/unneeded/nodes.go in kubernetes/autoscaler.
 */
export function scanDown(survey: Survey, settings: DownSettings): readonly Node[] {
  const candidates = survey.nodes.filter((node) => {
    if (!settings.spare.has(node.owner)) return false;
    const idle = isCandidate(node, survey, settings) && canGo(node, survey);
    node.unneededSince = idle ? (node.unneededSince ?? survey.now) : undefined;
    return idle;
  });
  const ripe = candidates.filter(
    ({ unneededSince = survey.now }) => survey.now - unneededSince >= settings.unneededSeconds,
  );
  const left = new Map(settings.spare);
  const spared = ripe.filter(({ owner }) => {
    const spare = left.get(owner) ?? 0;
    left.set(owner, spare - 1);
    return spare > 0;
  });
  const empty = spared.filter((node) => podsToMove(node, survey.expendablePriority).length === 0);
  return empty.length > 0 ? empty.slice(0, 10) : spared.slice(0, 1);
}

function isCandidate(node: Node, survey: Survey, settings: DownSettings): boolean {
  if (node.readyAt > survey.now || node.cordoned || node.doomedAt !== undefined) return false;
  if (settings.skipSystemPods && [...node.pods].some((pod) => holdsNode(pod, survey))) return false;
  return utilisation(node) < settings.utilizationThreshold;
}

/**
 * A pod of the cluster's own that no budget speaks for, so that nobody has said how many may go at a time.
 * https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-types-of-pods-can-prevent-ca-from-removing-a-node
 */
function holdsNode(pod: Pod, { budgets }: Survey): boolean {
  return pod.workload.namespace === "kube-system" && !budgets.some((budget) => covers(budget, pod));
}
