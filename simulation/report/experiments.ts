import type { Cluster } from "../engine/model.ts";
import type { Outcome, Run } from "../engine/simulate.ts";
import { planOf, simulate } from "../engine/simulate.ts";
import type { Fault, Limit, LoadPlan, ServiceState, State } from "../engine/state.ts";
import { costOf } from "../load/load.ts";
import type { Profile, ServiceProfile } from "../load/profile.ts";
import { secondsOf } from "../load/profile.ts";

/** A run under a name, with what was done to the cluster in it. */
export interface Experiment extends Outcome {
  readonly name: string;
  /** Second from which on the run counts: the step, the fault, or the level. */
  readonly from: number;
  /** What was in the way while it counted, longest first. */
  readonly limits: readonly Limit[];
}

/** What all experiments start from. */
export interface Subject {
  readonly cluster: Cluster;
  readonly profile: Profile;
  readonly seed: number;
}

/** Simulates, and tells apart what was in the way from a second on, until a goal is reached. */
function counted(
  name: string,
  run: Run,
  from: number,
  isReached: (state: State) => boolean = () => false,
): Experiment {
  const before = new Map<string, number>();
  let limits: readonly Limit[] | undefined;
  const watch = (state: State): void => {
    if (state.now === from - 1) {
      for (const { object, seconds } of state.limits.values()) before.set(object, seconds);
    }
    if (state.now < from || !(isReached(state) || state.now === run.seconds - 1)) return;
    limits ??= [...state.limits.values()]
      .map((limit) => ({ ...limit, seconds: limit.seconds - (before.get(limit.object) ?? 0) }))
      .filter(({ seconds }) => seconds > 0)
      .sort((left, right) => right.seconds - left.seconds);
  };
  const outcome = simulate({ ...run, watch });
  return { name, from, ...outcome, limits: limits ?? [] };
}

/** The profile itself. */
export function runProfile(subject: Subject): Experiment {
  const seconds = secondsOf(subject.profile.length);
  return counted("profile", { ...subject, seconds, plan: planOf(subject.profile), faults: [] }, 0);
}

/** The profile again, with a fault in the second of its highest load. It ends half an hour after the fault. */
export function runFault(
  subject: Subject,
  name: string,
  fault: (at: number) => Fault,
  peak: number,
): Experiment {
  const seconds = peak + 1800;
  const plan = planOf(subject.profile);
  const level: LoadPlan = {
    requests: (second) => plan.requests(Math.min(second, peak)),
    messages: (second) => plan.messages(Math.min(second, peak)),
  };
  return counted(name, { ...subject, seconds, plan: level, faults: [fault(peak)] }, peak);
}

/** The second of the highest load. */
export function peakOf({ recording }: Outcome): number {
  const { arrived } = recording;
  let peak = 0;
  for (let second = 0; second < arrived.length; second += 60) {
    if ((arrived[second] ?? 0) > (arrived[peak] ?? 0)) peak = second;
  }
  return Math.max(300, peak);
}

const settleSeconds = 600;

/** Ten minutes with one load, then a quarter of an hour with another; what is in the way counts until so many pods are ready. */
export function runStep(
  subject: Subject,
  name: string,
  before: number,
  after: number,
  goal: number,
): Experiment {
  const plan: LoadPlan = {
    requests: (second) => (second <= settleSeconds ? before : after),
    messages: () => 0,
  };
  const seconds = settleSeconds + 900;
  const run = { ...subject, profile: withoutCurves(subject.profile), seconds, plan, faults: [] };
  const isReached = ({ services }: State): boolean =>
    services.reduce((sum, { ready }) => sum + ready, 0) >= goal;
  return counted(name, run, settleSeconds, isReached);
}

/** A load that rises in a straight line for ten minutes, and then stays for twenty. */
export function runLevel(subject: Subject, name: string, level: number): Experiment {
  const plan: LoadPlan = {
    requests: (second) => level * Math.min(1, (second + 60) / settleSeconds),
    messages: () => 0,
  };
  const run = {
    ...subject,
    profile: withoutCurves(subject.profile),
    seconds: 3 * settleSeconds,
    plan,
    faults: [],
  };
  return counted(name, run, 2 * settleSeconds);
}

/** An experiment's load is its own. */
function withoutCurves(profile: Profile): Profile {
  const services: Record<string, ServiceProfile> = {};
  for (const [name, { requests: _, messages: __, ...cost }] of Object.entries(profile.services))
    services[name] = cost;
  return { ...profile, services };
}

/** Requests per second at the edge that so many pods carry at seven tenths of what they can, the pods shared out by need. */
export function loadFor(pods: number, subject: Subject): number {
  const { services } = simulate({ ...subject, seconds: 0, plan: nothingAtAll, faults: [] }).state;
  const served = services.filter(({ takes }) => takes === "requests");
  const podsPerRequest = served.reduce((sum, service) => sum + podsFor(service), 0);
  return podsPerRequest === 0 ? 0 : (0.7 * pods) / podsPerRequest;
}

const nothingAtAll: LoadPlan = { requests: () => 0, messages: () => 0 };

function podsFor({ cost, cores }: ServiceState): number {
  return (cost.share * cost.cpuSeconds) / cores;
}

/** Seconds that a request takes in all services together, unhurried: what a user waits between two thoughts. */
export function unhurriedSeconds({ cluster, profile }: Subject): number {
  const served = cluster.workloads.filter((workload) => workload.served);
  return served.reduce((sum, { name }) => {
    const { share, waitSeconds, cpuSeconds } = costOf(profile, name);
    return sum + share * (waitSeconds + cpuSeconds);
  }, 0);
}
