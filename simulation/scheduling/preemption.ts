import type { Budget } from "../engine/model.ts";
import type { Node, Pod } from "../engine/world.ts";
import { assume, snapshot } from "../engine/world.ts";
import { plus } from "../stack/quantities.ts";
import type { Expected } from "./disruption.ts";
import { allowed, covers } from "./disruption.ts";
import { obstacle } from "./scheduler.ts";

/** Which pods must go from which node, so that another fits there. */
export interface Preemption {
  readonly node: Node;
  /** Those that it waits for; some may be about to go anyway. */
  readonly victims: readonly Pod[];
  /** How many of them their budgets would rather keep. */
  readonly violations: number;
}

/** Budgets are kept where there is a choice, and only there. */
export interface Budgeted {
  readonly budgets: readonly Budget[];
  readonly pods: readonly Pod[];
  readonly expected: Expected;
}

/**
 * The node on which a pod of higher priority makes room at the least harm: the fewest victims that their budgets would keep, then the
 * lowest priority among them, then the lowest in all, then the fewest; of equals the one with most that are about to go anyway.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#preemption; source: `SelectVictimsOnNode` of
 * pkg/scheduler/framework/plugins/defaultpreemption and `pickOneNodeForPreemption` of pkg/scheduler/framework/preemption.
 */
export function preempt(pod: Pod, nodes: readonly Node[], budgeted: Budgeted): Preemption | undefined {
  if (!pod.workload.template.preempts) return undefined;
  const spare = new Map(
    budgeted.budgets.map((budget) => [budget, allowed(budget, budgeted.pods, budgeted.expected)]),
  );
  const found = nodes.flatMap((node) => victimsOn(pod, node, nodes, spare));
  return found.reduce<Preemption | undefined>((best, next) => {
    return best === undefined || isLess(harm(next), harm(best)) ? next : best;
  }, undefined);
}

function harm({ victims, violations }: Preemption): readonly number[] {
  const priorities = victims.map(priorityOf);
  const sum = priorities.reduce((total, priority) => total + priority + 2 ** 31, 0);
  const fresh = victims.filter(({ goneAt }) => goneAt === undefined).length;
  return [violations, Math.max(...priorities), sum, victims.length, fresh];
}

function isLess(left: readonly number[], right: readonly number[]): boolean {
  const first = left.findIndex((value, index) => value !== right[index]);
  return first >= 0 && (left[first] ?? 0) < (right[first] ?? 0);
}

function priorityOf({ workload }: Pod): number {
  return workload.template.priority;
}

/** Takes all lower pods away, and gives back as many as still fit: those that their budgets keep first, then the most important and oldest. */
function victimsOn(
  pod: Pod,
  node: Node,
  nodes: readonly Node[],
  spare: ReadonlyMap<Budget, number>,
): readonly Preemption[] {
  const lower = [...node.pods]
    .filter((other) => priorityOf(other) < priorityOf(pod))
    .sort((left, right) => priorityOf(right) - priorityOf(left) || left.id - right.id);
  if (lower.length === 0) return [];
  const trial = snapshot(node);
  const others = nodes.map((other) => (other === node ? trial : other));
  for (const victim of lower) take(victim, trial);
  if (obstacle(pod, trial, others) !== undefined) return [];
  const kept = keptByBudgets(lower, spare);
  const victims = [...lower.filter((one) => kept.has(one)), ...lower.filter((one) => !kept.has(one))].filter(
    (one) => {
      assume(one, trial);
      const isInTheWay = obstacle(pod, trial, others) !== undefined;
      if (isInTheWay) take(one, trial);
      return isInTheWay;
    },
  );
  return [{ node, victims, violations: victims.filter((one) => kept.has(one)).length }];
}

function take(pod: Pod, trial: Node): void {
  trial.pods.delete(pod);
  trial.free = plus(trial.free, pod.workload.template.requests);
}

/** Those that stay otherwise, and for which their budgets have nothing left to give, counted in their order. */
function keptByBudgets(pods: readonly Pod[], spare: ReadonlyMap<Budget, number>): ReadonlySet<Pod> {
  const left = new Map(spare);
  const kept = pods.filter((pod) => {
    if (pod.goneAt !== undefined) return false;
    const own = [...left.keys()].filter((budget) => covers(budget, pod));
    for (const budget of own) left.set(budget, (left.get(budget) ?? 0) - 1);
    return own.some((budget) => (left.get(budget) ?? 0) < 0);
  });
  return new Set(kept);
}
