import type { Workload } from "../engine/model.ts";
import type { State } from "../engine/state.ts";
import { allPods, limitedBy, recordEvent } from "../engine/state.ts";
import type { Pod } from "../engine/world.ts";
import { bind, makePod, unbind } from "../engine/world.ts";
import { costOf } from "../load/load.ts";
import { preempt } from "./preemption.ts";
import { choose } from "./scheduler.ts";

/** One second of the pods that exist: some become ready, some are gone. */
export function age(state: State, pods: Pod[]): number {
  let ready = 0;
  let gone = false;
  for (const pod of pods) {
    if (pod.goneAt !== undefined) gone ||= pod.goneAt <= state.now;
    else if (!pod.isReady && pod.readyAt <= state.now) pod.isReady = true;
    if (pod.isReady) ready += 1;
  }
  if (gone) remove(state, pods);
  return ready;
}

function remove(state: State, pods: Pod[]): void {
  const left = pods.filter(({ goneAt = Number.POSITIVE_INFINITY }) => goneAt > state.now);
  for (const pod of pods) if (!left.includes(pod)) unbind(pod);
  pods.splice(0, pods.length, ...left);
  state.needsScheduling = true;
}

/** Starts a pod's end: it takes no more requests, and keeps its place until its process has stopped. */
export function terminate(state: State, pod: Pod, atOnce = false): void {
  pod.isReady = false;
  const stops = atOnce || pod.startedAt > state.now ? 0 : pod.workload.template.stopSeconds;
  pod.goneAt = state.now + stops;
  if (pod.node !== undefined) pod.node.changedAt = state.now;
  state.needsScheduling = true;
}

/** Makes as many pods as a workload shall have, or ends some, as its ReplicaSet does. */
export function reconcile(state: State, workload: Workload, pods: Pod[]): void {
  const wanted = state.scale.get(workload.id) ?? workload.replicas;
  // Asked every second, and nearly always there is nothing to do.
  if (pods.length === wanted && pods.every(({ goneAt }) => goneAt === undefined)) return;
  const alive = pods.filter(({ goneAt }) => goneAt === undefined);
  if (alive.length > wanted) {
    for (const pod of victims(alive).slice(0, alive.length - wanted)) terminate(state, pod);
    return;
  }
  for (let missing = wanted - alive.length; missing > 0; missing -= 1) {
    const refusal = quotaRefusal(state, workload);
    if (refusal !== undefined) {
      limitedBy(state, refusal, "raise the namespace's quota", 1);
      return;
    }
    pods.push(makePod(state.nextPod, workload, state.now));
    state.nextPod += 1;
    state.needsScheduling = true;
  }
}

/**
 * In which order a ReplicaSet ends its pods: unplaced, then not ready, then those that share a node, then the youngest.
 * https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-a-replicaset
 */
function victims(pods: readonly Pod[]): readonly Pod[] {
  const company = new Map<unknown, number>();
  for (const { node } of pods) if (node !== undefined) company.set(node, (company.get(node) ?? 0) + 1);
  const rank = (pod: Pod): number => (pod.node === undefined ? 0 : pod.isReady ? 2 : 1);
  return [...pods].sort(
    (left, right) =>
      rank(left) - rank(right) ||
      (company.get(right.node) ?? 0) - (company.get(left.node) ?? 0) ||
      right.id - left.id,
  );
}

/** What a quota says to one more pod: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
function quotaRefusal(state: State, { namespace, template }: Workload): string | undefined {
  const quotas = state.cluster.quotas.filter((quota) => quota.namespace === namespace);
  if (quotas.length === 0) return undefined;
  const present = allPods(state).filter((pod) => pod.workload.namespace === namespace);
  const used = { pods: present.length, cpu: 0, memory: 0 };
  for (const pod of present) {
    used.cpu += pod.workload.template.requests.cpu;
    used.memory += pod.workload.template.requests.memory;
  }
  for (const quota of quotas) {
    if (used.pods + 1 > quota.pods) return `ResourceQuota of ${namespace}: pods ${quota.pods}`;
    if (used.cpu + template.requests.cpu > quota.cpu + 1e-9) {
      return `ResourceQuota of ${namespace}: requests.cpu ${quota.cpu}`;
    }
    if (used.memory + template.requests.memory > quota.memory + 1) {
      return `ResourceQuota of ${namespace}: requests.memory ${Math.round(quota.memory / 2 ** 30)}Gi`;
    }
  }
  return undefined;
}

/** Places what waits for a node, the most important first, where something changed since the last time. */
export function schedule(state: State): void {
  if (!state.needsScheduling) return;
  state.needsScheduling = false;
  const waiting = allPods(state).filter(({ node, goneAt }) => node === undefined && goneAt === undefined);
  const inOrder = [...waiting].sort(
    (left, right) => right.workload.template.priority - left.workload.template.priority || left.id - right.id,
  );
  const hopeless = new Set<Workload>();
  for (const pod of inOrder)
    if (!hopeless.has(pod.workload) && !place(state, pod)) hopeless.add(pod.workload);
  state.pending = inOrder.filter(({ node, goneAt }) => node === undefined && goneAt === undefined);
}

/** Copies are alike: what finds no place for one finds none for the next. */
function place(state: State, pod: Pod): boolean {
  const open = state.nodes.filter(({ readyAt, doomedAt }) => readyAt <= state.now && doomedAt === undefined);
  const node = choose(pod, open);
  if (node !== undefined) {
    start(state, pod, node);
    return true;
  }
  const expected = (id: string): number => state.scale.get(id) ?? 0;
  const { budgets } = state.cluster;
  const preemption = preempt(pod, open, { budgets, pods: allPods(state), expected });
  if (preemption === undefined) return false;
  const { victims } = preemption;
  const staying = victims.filter(({ goneAt }) => goneAt === undefined);
  for (const victim of staying) terminate(state, victim);
  if (staying.length > 0) {
    const names = [...new Set(staying.map(({ workload }) => workload.name))].join(", ");
    const what = `${pod.workload.name} takes the place of ${names}`;
    recordEvent(state, "scheduler", what, "its priority is higher");
  }
  start(state, pod, preemption.node, victims);
  return true;
}

/**
 * From here on it is a matter of time: wait for those that make room, pull the image unless it is there, start, pass a probe. The place is
 * the pod's own meanwhile, as that of a nominated pod is.
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#graceful-termination-of-preemption-victims
 */
function start(state: State, pod: Pod, node: NonNullable<Pod["node"]>, before: readonly Pod[] = []): void {
  bind(pod, node);
  node.changedAt = state.now;
  const { workload } = pod;
  const { pullSeconds, startSeconds } = costOf(state.profile, workload.name);
  const pull = node.images.has(workload.id) ? 0 : pullSeconds;
  node.images.add(workload.id);
  const { delay, period } = workload.template.probe;
  const takes = startSeconds * (1 + 0.1 * state.random.bell());
  const free = Math.max(state.now, ...before.map(({ goneAt = state.now }) => goneAt));
  pod.startedAt = free + Math.max(1, Math.round(pull));
  pod.readyAt = pod.startedAt + delay + Math.ceil(Math.max(0, takes - delay) / period) * period;
}
