import type { History } from "../autoscaling/hpa-behavior.ts";
import type { OperatorState } from "../autoscaling/keda/operator.ts";
import type { Profile, ServiceProfile } from "../load/profile.ts";
import type { Cluster, Workload } from "./model.ts";
import type { Random } from "./random.ts";
import type { Node, Pod } from "./world.ts";

/** Something that happened: when, who did it, what, and why. */
export interface ClusterEvent {
  readonly at: number;
  readonly who: string;
  readonly what: string;
  readonly why: string;
}

/** Something that kept pods or nodes from coming, for how many seconds, and what to change. */
export interface Limit {
  readonly object: string;
  readonly remedy: string;
  seconds: number;
}

/** What befalls the cluster. Times are seconds since the start. */
export type Fault =
  | { readonly kind: "zone"; readonly at: number; readonly zone: string }
  | { readonly kind: "spot"; readonly at: number; readonly share: number };

/** How the load is made: by the profile, or so many requests per second in a straight line from one moment on. */
export interface LoadPlan {
  /** Requests per second at the edge at a second. */
  readonly requests: (second: number) => number;
  /** Messages per second, for all workers together. */
  readonly messages: (second: number) => number;
}

/** A service while it is simulated. */
export interface ServiceState {
  readonly workload: Workload;
  readonly cost: ServiceProfile;
  /** `requests` for what a Service selects, `messages` for what a queue triggers. */
  readonly takes: "requests" | "messages";
  /** True for what may rest at no copies at all. */
  readonly rests: boolean;
  readonly cores: number;
  readonly random: Random;
  readonly pods: Pod[];
  ready: number;
  backlog: number;
  arrivals: number;
  utilisation: number;
  p95: number;
  /** Core-seconds and pod-seconds of the current window of the metrics, and what the last whole one said. */
  window: { cores: number; pods: number; requests: number };
  measured: { at: number; cpu: number; memory: number; requests: number };
  totals: { arrived: number; served: number; dropped: number; within: number };
}

/** One autoscaler while it is simulated. */
export interface AutoscalerState {
  history: History;
  readonly operator: OperatorState;
}

/** Everything that changes. The steps of a second take it and change it; what they decide by is pure. */
export interface State {
  now: number;
  readonly cluster: Cluster;
  readonly profile: Profile;
  /** Milliseconds since 1970 of second zero. */
  readonly epoch: number;
  readonly random: Random;
  readonly services: readonly ServiceState[];
  /** Workloads that receive no load: the platform's own, and placeholders. */
  readonly others: readonly { readonly workload: Workload; readonly pods: Pod[] }[];
  readonly autoscalers: ReadonlyMap<string, AutoscalerState>;
  /** Copies that each workload shall have, by id. */
  readonly scale: Map<string, number>;
  /** Size that each node group shall have. */
  readonly targets: Map<string, number>;
  readonly nodes: Node[];
  readonly lostZones: Set<string>;
  readonly backoff: Map<string, number>;
  readonly events: ClusterEvent[];
  readonly limits: Map<string, Limit>;
  /** True when a pod or node came or went: only then does the scheduler look again. */
  needsScheduling: boolean;
  pending: readonly Pod[];
  batchSince: number | undefined;
  batchGrewAt: number;
  batchSize: number;
  grewAt: number;
  nextPod: number;
  nextNode: number;
}

/** Writes down what happened. */
export function recordEvent(state: State, who: string, what: string, why: string): void {
  state.events.push({ at: state.now, who, what, why });
}

/** Counts seconds for which something was in the way. */
export function limitedBy(state: State, object: string, remedy: string, seconds: number): void {
  const limit = state.limits.get(object);
  if (limit === undefined) state.limits.set(object, { object, remedy, seconds });
  else limit.seconds += seconds;
}

/** All pods that exist, those of services first. */
export function allPods(state: State): readonly Pod[] {
  return [...state.services.flatMap(({ pods }) => pods), ...state.others.flatMap(({ pods }) => pods)];
}

/** Pods that the scheduler could not place the last time it looked, and that still are to be placed. */
export function pendingPods(state: State): readonly Pod[] {
  return state.pending.filter(({ node, goneAt }) => node === undefined && goneAt === undefined);
}

/** True for a pod that only keeps room for others: its priority is negative. */
export function isPlaceholder({ workload }: Pod): boolean {
  return workload.template.priority < 0;
}
