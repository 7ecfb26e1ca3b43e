import type { State } from "./state.ts";
import { isPlaceholder, pendingPods } from "./state.ts";
import { hourlyPrice } from "./world.ts";

/** What is kept of every second. */
export interface Recording {
  readonly seconds: number;
  /** Requests and messages per second that arrived, and that were answered. */
  readonly arrived: Float64Array;
  readonly served: Float64Array;
  readonly dropped: Float64Array;
  /** Pods of services that are ready, and that are wanted. */
  readonly ready: Float64Array;
  readonly wanted: Float64Array;
  /** Pods without a place, placeholders aside: waiting is their trade. */
  readonly pending: Float64Array;
  readonly nodes: Float64Array;
  /** The busiest service's share of its capacity. */
  readonly saturation: Float64Array;
  /** US dollars an hour of the nodes. */
  readonly cost: Float64Array;
  /** The fewest pods that any service had ready, those aside that may rest at none. */
  readonly fewest: Float64Array;
}

/** A recording with nothing on it. */
export function emptyRecording(seconds: number): Recording {
  const track = (): Float64Array => new Float64Array(seconds);
  return {
    seconds,
    arrived: track(),
    served: track(),
    dropped: track(),
    ready: track(),
    wanted: track(),
    pending: track(),
    nodes: track(),
    saturation: track(),
    cost: track(),
    fewest: track(),
  };
}

/** Keeps this second. */
export function record(recording: Recording, state: State): void {
  const { now, nodes } = state;
  const pending = pendingPods(state);
  recordServices(recording, state);
  recording.pending[now] = pending.length === 0 ? 0 : pending.filter((pod) => !isPlaceholder(pod)).length;
  recording.nodes[now] = nodes.filter(({ readyAt }) => readyAt <= now).length;
  recording.cost[now] = hourlyPrice(nodes);
}

/** One pass over the services: this runs every second. */
function recordServices(recording: Recording, { now, services, scale }: State): void {
  const sum = { arrived: 0, served: 0, dropped: 0, ready: 0, wanted: 0 };
  let [saturation, fewest] = [0, Number.POSITIVE_INFINITY];
  for (const { workload, rests, totals, ready, arrivals, utilisation } of services) {
    sum.arrived += arrivals;
    sum.served += totals.served;
    sum.dropped += totals.dropped;
    sum.ready += ready;
    sum.wanted += scale.get(workload.id) ?? 0;
    if (!rests) fewest = Math.min(fewest, ready);
    saturation = Math.max(saturation, utilisation);
  }
  recording.arrived[now] = sum.arrived;
  recording.served[now] = sum.served;
  recording.dropped[now] = sum.dropped;
  recording.ready[now] = sum.ready;
  recording.wanted[now] = sum.wanted;
  recording.saturation[now] = saturation;
  recording.fewest[now] = fewest;
}
