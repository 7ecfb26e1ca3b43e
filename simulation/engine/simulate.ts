import { emptyHistory } from "../autoscaling/hpa-behavior.ts";
import { controller } from "../autoscaling/hpa-replicas.ts";
import { poll, synchroniseAll } from "../autoscaling/turn.ts";
import { costOf, dayFactor, rateAt, secondInCurve, timeOf } from "../load/load.ts";
import type { Profile, ServiceProfile } from "../load/profile.ts";
import { flow } from "../load/traffic.ts";
import { runClusterAutoscaler } from "../nodes/cluster-autoscaler-turn.ts";
import { runKarpenter } from "../nodes/karpenter-turn.ts";
import { groupNode, nextZone } from "../nodes/node-groups.ts";
import { ageNodes, fillGroups } from "../nodes/node-lifecycle.ts";
import { age, reconcile, schedule } from "../scheduling/pod-lifecycle.ts";
import { applyFaults } from "./faults.ts";
import type { Cluster, ScaledObject, Workload } from "./model.ts";
import type { Random } from "./random.ts";
import { randomOf } from "./random.ts";
import type { Recording } from "./recording.ts";
import { emptyRecording, record } from "./recording.ts";
import type { Fault, LoadPlan, ServiceState, State } from "./state.ts";
import { isPlaceholder, limitedBy, pendingPods } from "./state.ts";
import type { Node } from "./world.ts";

/** One simulation. */
export interface Run {
  readonly cluster: Cluster;
  readonly profile: Profile;
  readonly seed: number;
  readonly seconds: number;
  readonly plan: LoadPlan;
  readonly faults: readonly Fault[];
  /** Is shown the state after every second; must change nothing. */
  readonly watch?: (state: State) => void;
}

/** What came of it. */
export interface Outcome {
  readonly state: State;
  readonly recording: Recording;
}

/** The load of the profile itself, with the factor of each day. */
export function planOf(profile: Profile): LoadPlan {
  const epoch = timeOf(profile.start, profile.timeZone);
  const factors = new Map<number, number>();
  const factor = (second: number): number => {
    const hour = Math.floor(second / 3600);
    const known = factors.get(hour) ?? dayFactor(profile, epoch + second * 1000);
    factors.set(hour, known);
    return known;
  };
  return {
    requests: (second) => rateAt(profile.requests, secondInCurve(profile, second)) * factor(second),
    messages: (second) =>
      profile.messages === undefined
        ? 0
        : rateAt(profile.messages, secondInCurve(profile, second)) * factor(second),
  };
}

/** Simulates second by second. The same run says the same, always. @throws Error for an instance type that is not known. */
export function simulate(run: Run): Outcome {
  const state = initialState(run);
  const recording = emptyRecording(run.seconds);
  for (; state.now < 0; state.now += 1) turn(state, run);
  beginToCount(state);
  for (; state.now < run.seconds; state.now += 1) {
    turn(state, run);
    record(recording, state);
    run.watch?.(state);
  }
  return { state, recording };
}

/** Seconds before the first one that counts, in which pods and nodes find the level of the first load. */
const settleSeconds = 1800;

function beginToCount(state: State): void {
  state.events.length = 0;
  state.limits.clear();
  for (const { totals, backlog } of state.services) {
    Object.assign(totals, { arrived: backlog, served: 0, dropped: 0, within: 0 });
  }
}

/** What happens in a second, in the order in which one thing sees the other. */
function turn(state: State, { plan, faults }: Run): void {
  applyFaults(state, faults);
  ageNodes(state);
  for (const service of state.services) service.ready = age(state, service.pods);
  for (const { pods } of state.others) age(state, pods);
  flow(state, plan);
  if (state.now % controller.syncSeconds === 0) synchroniseAll(state);
  poll(state);
  for (const { workload, pods } of [...state.services, ...state.others]) reconcile(state, workload, pods);
  schedule(state);
  runClusterAutoscaler(state);
  runKarpenter(state);
  fillGroups(state);
  blameNodeStart(state);
}

/** Pods that wait while nodes are on their way wait for the nodes' start. */
function blameNodeStart(state: State): void {
  const coming = state.nodes.some(({ readyAt, doomedAt }) => readyAt > state.now && doomedAt === undefined);
  if (!coming || pendingPods(state).every(isPlaceholder)) return;
  const object = `start of new nodes, ${state.profile.nodeStartSeconds} s each`;
  limitedBy(
    state,
    object,
    "keep headroom: placeholder pods of negative priority, or larger minimum sizes",
    1,
  );
}

function initialState({ cluster, profile, seed }: Run): State {
  const scalers = new Map(cluster.autoscalers.map((autoscaler) => [autoscaler.target, autoscaler]));
  const start = ({ id, replicas }: Workload): number =>
    scalers.get(id)?.keda?.min ?? scalers.get(id)?.min ?? replicas;
  const services = cluster.workloads.flatMap((workload) => serviceOf(workload, cluster, profile, seed));
  const loaded = new Set(services.map(({ workload }) => workload));
  const state: State = {
    now: -settleSeconds,
    cluster,
    profile,
    epoch: timeOf(profile.start, profile.timeZone),
    random: randomOf(seed, "cluster"),
    services,
    others: cluster.workloads
      .filter((workload) => !loaded.has(workload))
      .map((workload) => ({ workload, pods: [] })),
    autoscalers: new Map(
      [...scalers.values()].map((autoscaler) => [
        autoscaler.target,
        {
          history: emptyHistory(autoscaler.min, -settleSeconds),
          operator: { activeAt: -settleSeconds, failures: new Map() },
        },
      ]),
    ),
    scale: new Map(cluster.workloads.map((workload) => [workload.id, start(workload)])),
    targets: new Map(cluster.groups.map(({ name, desired }) => [name, desired])),
    nodes: firstNodes(cluster),
    lostZones: new Set(),
    backoff: new Map(),
    events: [],
    limits: new Map(),
    needsScheduling: true,
    pending: [],
    batchSince: undefined,
    batchGrewAt: 0,
    batchSize: 0,
    grewAt: Number.NEGATIVE_INFINITY,
    nextPod: 0,
    nextNode: 100,
  };
  standUp(state);
  return state;
}

/** Everything ran before the simulation began: the first pods are ready, their images on the nodes. */
function standUp(state: State): void {
  for (const { workload, pods } of [...state.services, ...state.others]) reconcile(state, workload, pods);
  schedule(state);
  for (const { pods } of [...state.services, ...state.others]) {
    for (const pod of pods.filter(({ node }) => node !== undefined)) {
      pod.startedAt = -2 * settleSeconds;
      pod.readyAt = -2 * settleSeconds;
      pod.isReady = true;
    }
  }
}

function firstNodes(cluster: Cluster): Node[] {
  const nodes: Node[] = [];
  for (const group of cluster.groups) {
    for (let index = 0; index < group.desired; index += 1) {
      const own = nodes.filter(({ owner }) => owner === group.name);
      const zone = nextZone(group.zones, new Set(), own);
      if (zone === undefined) break;
      const name = `${group.name}-${index + 1}`;
      nodes.push(
        groupNode(group, { name, zone, createdAt: -2 * settleSeconds, readyAt: -2 * settleSeconds }, cluster),
      );
    }
  }
  return nodes;
}

/** Requests go to what a Service selects, messages to what a queue triggers; the rest of the workloads has nothing to do. */
function serviceOf(
  workload: Workload,
  cluster: Cluster,
  profile: Profile,
  seed: number,
): readonly ServiceState[] {
  const scaler = cluster.autoscalers.find(({ target }) => target === workload.id);
  const idle = scaler === undefined && !workload.served;
  if (workload.kind === "Platform" || idle) return [];
  return [newService(workload, costOf(profile, workload.name), scaler?.keda, randomOf(seed, workload.id))];
}

/** The least that a pod without a CPU request is taken to get. */
const fewestCores = 0.05;

function newService(
  workload: Workload,
  cost: ServiceProfile,
  keda: ScaledObject | undefined,
  random: Random,
): ServiceState {
  const { cpuLimit, requests } = workload.template;
  const queued = keda?.triggers.some(({ type }) => /sqs|kafka/.test(type)) === true;
  return {
    workload,
    cost,
    takes: queued ? "messages" : "requests",
    rests: keda?.min === 0,
    cores: cost.coresPerPod ?? cpuLimit ?? Math.max(requests.cpu, fewestCores),
    random,
    pods: [],
    ready: 0,
    backlog: 0,
    arrivals: 0,
    utilisation: 0,
    p95: 0,
    window: { cores: 0, pods: 0, requests: 0 },
    measured: { at: -2 * settleSeconds, cpu: 0, memory: cost.memoryMib * 2 ** 20, requests: 0 },
    totals: { arrived: 0, served: 0, dropped: 0, within: 0 },
  };
}
