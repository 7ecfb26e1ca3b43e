import type { KarpenterSettings, NodePool } from "../engine/model.ts";
import type { State } from "../engine/state.ts";
import { limitedBy, pendingPods, recordEvent } from "../engine/state.ts";
import type { Node } from "../engine/world.ts";
import { priceOf } from "./instances.ts";
import type { Batch } from "./karpenter.ts";
import { cheaperNode, disruptable, provision } from "./karpenter.ts";
import { poolNode } from "./node-groups.ts";
import { nextBirth, surveyOf } from "./node-lifecycle.ts";
import { canGo, podsToMove } from "./scale-down.ts";

/**
 * How often Karpenter looks for what it could consolidate: `pollingPeriod` of pkg/controllers/disruption/controller.go in
 * kubernetes-sigs/karpenter. The 15 seconds for which it holds a decision before it validates it are left out.
 */
const consolidationSeconds = 10;

/** Karpenter's turn: closes a batch when no further pod came for the idle time, or at its maximum; consolidates in between. */
export function runKarpenter(state: State): void {
  const { karpenter: settings, pools } = state.cluster;
  if (settings === undefined || pools.length === 0) return;
  if (batchIsClosed(state, settings)) launch(state);
  const quiet = state.batchSince === undefined && state.now % consolidationSeconds === 0;
  if (quiet) for (const pool of pools) consolidate(state, pool);
}

/** https://karpenter.sh/docs/reference/settings/, `BATCH_IDLE_DURATION` and `BATCH_MAX_DURATION` */
function batchIsClosed(state: State, { batchIdleSeconds, batchMaxSeconds }: KarpenterSettings): boolean {
  const size = pendingPods(state).length;
  if (size === 0) {
    state.batchSince = undefined;
    state.batchSize = 0;
    return false;
  }
  state.batchSince ??= state.now;
  if (size !== state.batchSize) state.batchGrewAt = state.now;
  state.batchSize = size;
  const closed =
    state.now - state.batchGrewAt >= batchIdleSeconds || state.now - state.batchSince >= batchMaxSeconds;
  if (closed) state.batchSince = state.now;
  return closed;
}

function batchOf(state: State): Batch {
  const { now, cluster, nodes, lostZones } = state;
  const pending = pendingPods(state);
  return { now, cluster, nodes, pending, lostZones };
}

function launch(state: State): void {
  const batch = batchOf(state);
  const { launches, unschedulable } = provision(batch);
  for (const draft of launches) {
    const node = settle(state, draft);
    const why = `${batch.pending.length} pods in the batch`;
    recordEvent(state, "Karpenter", `${node.owner}: a ${node.type.name} in ${node.zone}`, why);
  }
  for (const reason of new Set(unschedulable.map((one) => one.reason))) {
    limitedBy(
      state,
      `no NodePool takes a pending pod (${reason})`,
      "raise the pool's limits or widen its requirements",
      1,
    );
  }
}

/** Turns a draft into a node that starts now. */
function settle(state: State, draft: Node): Node {
  const pool = state.cluster.pools.find(({ name }) => name === draft.owner);
  if (pool === undefined) return draft;
  const node = poolNode(
    pool,
    draft.type.name,
    draft.spot,
    nextBirth(state, pool.name, draft.zone),
    state.cluster,
  );
  state.nodes.push(node);
  return node;
}

/** Empty nodes go first, then one whose pods fit elsewhere, then one that a cheaper node can replace, within the pool's budgets. */
function consolidate(state: State, pool: NodePool): void {
  const survey = surveyOf(state, Number.NEGATIVE_INFINITY);
  const quiet = state.nodes.filter((node) => node.owner === pool.name && isQuiet(state, node, pool));
  let left = disruptable(pool, state.nodes, state.now);
  for (const node of quiet.filter(
    (candidate) => podsToMove(candidate, Number.NEGATIVE_INFINITY).length === 0,
  )) {
    if (left > 0) retire(state, node, "it is empty");
    left -= 1;
  }
  if (pool.consolidation === "WhenEmpty" || left <= 0) return;
  const cheapFirst = [...quiet].sort((one, other) => one.pods.size - other.pods.size);
  const movable = cheapFirst.find((node) => !node.cordoned && canGo(node, survey));
  if (movable !== undefined) retire(state, movable, "its pods fit on other nodes");
  else replace(state, pool, quiet);
}

/**
 * Quiet: ready, and no pod came or went for `consolidateAfter`:
 * https://karpenter.sh/docs/concepts/nodepools/#specdisruptionconsolidateafter
 */
function isQuiet(state: State, node: Node, { consolidateAfterSeconds }: NodePool): boolean {
  if (node.readyAt > state.now || node.cordoned || node.doomedAt !== undefined) return false;
  return state.now - Math.max(node.readyAt, node.changedAt) >= consolidateAfterSeconds;
}

function retire(state: State, node: Node, why: string): void {
  node.cordoned = true;
  recordEvent(state, "Karpenter", `${node.owner}: ${node.name} (${node.type.name}) goes`, why);
}

/** The replacement starts first; what it replaces is drained when it is ready. */
function replace(state: State, pool: NodePool, quiet: readonly Node[]): void {
  if (state.nodes.some(({ owner, readyAt }) => owner === pool.name && readyAt > state.now)) return;
  for (const node of quiet) {
    const draft = cheaperNode(pool, node, batchOf(state));
    if (draft === undefined) continue;
    const saved = priceOf(node.type, node.spot) - priceOf(draft.type, draft.spot);
    settle(state, draft);
    retire(state, node, `a ${draft.type.name} is $${saved.toFixed(4)} an hour cheaper`);
    return;
  }
}
