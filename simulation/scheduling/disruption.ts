import type { Budget } from "../engine/model.ts";
import type { Pod } from "../engine/world.ts";
import { matches } from "../stack/selectors.ts";

/** True where a budget counts a pod. */
export function covers({ namespace, selector }: Budget, { workload }: Pod): boolean {
  return workload.namespace === namespace && matches(workload.template.labels, selector);
}

/** A number, or a share of the pods that there should be, rounded up as the disruption controller does. */
function count(value: string | number, expected: number): number {
  if (typeof value === "number") return value;
  return value.endsWith("%")
    ? Math.ceil((Number(value.slice(0, -1)) / 100) * expected - 1e-9)
    : Number(value);
}

/** Pods of a workload that there should be: its scale. */
export type Expected = (workload: string) => number;

/**
 * How many pods of a budget may be evicted now: https://kubernetes.io/docs/tasks/run-application/configure-pdb/;
 * source: pkg/controller/disruption/disruption.go in kubernetes/kubernetes.
 */
export function allowed(budget: Budget, pods: readonly Pod[], expected: Expected): number {
  const covered = pods.filter((pod) => covers(budget, pod));
  const healthy = covered.filter((pod) => pod.isReady && pod.goneAt === undefined).length;
  const workloads = new Set(covered.map(({ workload }) => workload.id));
  const total = [...workloads].reduce((sum, id) => sum + expected(id), 0);
  const { minAvailable, maxUnavailable = 1 } = budget;
  const needed =
    minAvailable === undefined
      ? Math.max(0, total - count(maxUnavailable, total))
      : count(minAvailable, total);
  return healthy - needed;
}

/**
 * True where the eviction API would let a pod go: no budget covers it, or each that does has one to give. A pod that is not ready needs
 * its budget only to be met.
 */
export function mayEvict(
  pod: Pod,
  budgets: readonly Budget[],
  pods: readonly Pod[],
  expected: Expected,
): boolean {
  const least = pod.isReady ? 1 : 0;
  return budgets
    .filter((budget) => covers(budget, pod))
    .every((budget) => allowed(budget, pods, expected) >= least);
}
