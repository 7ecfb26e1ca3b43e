import type {
  Autoscaler,
  MetricSpec,
  PodTemplate,
  Resources,
  ScaledObject,
  Trigger,
} from "../engine/model.ts";
import type { AutoscalerState, ServiceState, State } from "../engine/state.ts";
import { limitedBy, recordEvent } from "../engine/state.ts";
import type { Pod } from "../engine/world.ts";
import { secondsOf } from "../load/profile.ts";
import type { PodSample, Proposal } from "./hpa-replicas.ts";
import { controller, proposePerPod, proposeShared } from "./hpa-replicas.ts";
import type { Decision, MetricProposal } from "./hpa.ts";
import { synchronise } from "./hpa.ts";
import { fallbackValue, operate } from "./keda/operator.ts";
import type { Answer, World } from "./keda/triggers.ts";
import { ask } from "./keda/triggers.ts";

/** The turn of every HPA, each fifteen seconds. */
export function synchroniseAll(state: State): void {
  for (const autoscaler of state.cluster.autoscalers) {
    const memory = state.autoscalers.get(autoscaler.target);
    const service = state.services.find(({ workload }) => workload.id === autoscaler.target);
    if (memory === undefined || service === undefined) continue;
    const current = state.scale.get(autoscaler.target) ?? 0;
    const proposals = autoscaler.metrics.map((metric): MetricProposal => ({
      metric: metric.name,
      proposal: propose(state, autoscaler, service, metric),
    }));
    const decision = synchronise(autoscaler, current, memory.history, proposals, state.now);
    memory.history = decision.history;
    note(state, autoscaler, current, decision);
    if (decision.replicas !== current) state.scale.set(autoscaler.target, decision.replicas);
  }
}

function note(state: State, autoscaler: Autoscaler, current: number, decision: Decision): void {
  const { replicas, wanted = replicas, metric, held } = decision;
  const who = `${autoscaler.kind} ${autoscaler.name}`;
  if (wanted > replicas) blame(state, autoscaler, decision);
  if (replicas === current) return;
  const reasons: Readonly<Record<Decision["held"], string>> = {
    nothing: `${metric} asks for ${wanted}`,
    maximum: `${metric} asks for ${wanted}, the maximum is ${autoscaler.max}`,
    minimum: `${metric} asks for ${wanted}, the minimum is ${autoscaler.min}`,
    behaviour: `${metric} asks for ${wanted}, the policies allow ${replicas} now`,
    window: `${metric} asks for ${wanted}, the window holds ${replicas}`,
    metrics: "",
  };
  recordEvent(state, who, `${current} to ${replicas} replicas`, reasons[held]);
}

function blame(state: State, { kind, name, max, up }: Autoscaler, { held }: Decision): void {
  const step = controller.syncSeconds;
  if (held === "maximum") {
    const field = kind === "HPA" ? "maxReplicas" : "maxReplicaCount";
    limitedBy(state, `${field} ${max} of ${kind} ${name}`, `raise ${field}`, step);
  } else if (held === "behaviour") {
    const policies = up.policies.map(
      ({ type, value, periodSeconds }) => `${type} ${value} per ${periodSeconds} s`,
    );
    limitedBy(
      state,
      `scaleUp policies of ${kind} ${name} (${policies.join(", ")})`,
      "allow larger steps",
      step,
    );
  } else if (held === "window") {
    const window = `scaleUp window of ${kind} ${name} (${up.stabilizationSeconds} s)`;
    limitedBy(state, window, "shorten stabilizationWindowSeconds", step);
  }
}

function propose(
  state: State,
  autoscaler: Autoscaler,
  service: ServiceState,
  metric: MetricSpec,
): Proposal | undefined {
  const { target } = metric;
  const tolerances = { up: autoscaler.up.tolerance, down: autoscaler.down.tolerance };
  const alive = service.pods.filter(({ goneAt }) => goneAt === undefined);
  const current = state.scale.get(autoscaler.target) ?? 0;
  if (metric.kind === "External" || metric.kind === "Object") {
    const value = sharedValue(state, autoscaler, service, metric);
    if (value === undefined) return undefined;
    const form = target.type === "Value" ? "Value" : "AverageValue";
    return proposeShared({ current, ready: service.ready, value, target: target.value, form, tolerances });
  }
  const form = target.type === "Utilization" ? "Utilization" : "AverageValue";
  const request = requestOf(metric, service.workload.template);
  const pods = alive.map((pod) => sampleOf(state, service, metric, pod, request));
  const cpu = metric.name === "cpu" && metric.kind !== "Pods";
  return proposePerPod({ now: state.now, current, pods, target: target.value, form, cpu, tolerances });
}

/** A metric is there once a whole window has been measured since the containers started, and while the node answers. */
function sampleOf(
  { now }: State,
  service: ServiceState,
  metric: MetricSpec,
  pod: Pod,
  request: number,
): PodSample {
  const { measured } = service;
  const answers = pod.node?.silentSince === undefined;
  const has = answers && pod.startedAt + controller.metricsSeconds <= measured.at;
  return {
    pending: pod.startedAt > now,
    ready: pod.isReady,
    startedAt: pod.startedAt,
    changedAt: pod.isReady ? pod.readyAt : pod.startedAt,
    value: has ? useOf(service, metric, pod) : undefined,
    request,
    measuredAt: measured.at,
  };
}

/** The load is taken to be in the first container; sidecars stand still. */
function useOf(service: ServiceState, metric: MetricSpec, pod: Pod): number | undefined {
  if (metric.kind === "Pods") return perPodMetric(service, metric.name);
  const [main] = Object.keys(pod.workload.template.containers);
  if (metric.kind === "ContainerResource" && metric.container !== main) return 0;
  const { cpu, memory } = service.measured;
  if (metric.name === "memory") return pod.isReady ? memory : service.cost.memoryMib * 2 ** 20;
  return pod.isReady ? cpu : 0;
}

function perPodMetric({ measured, ready, p95 }: ServiceState, name: string): number | undefined {
  if (/latency|duration|seconds/.test(name)) return p95;
  return name.includes("request") && ready > 0 ? measured.requests / ready : undefined;
}

/** The sum of the containers' requests, as `calculateRequests` of replica_calculator.go has it: none where one of them states none. */
function requestOf({ kind, name, container = "" }: MetricSpec, { containers }: PodTemplate): number {
  const counted: readonly (Resources | undefined)[] =
    kind === "ContainerResource" ? [containers[container]] : Object.values(containers);
  const requests = counted.map((resources) => (name === "memory" ? resources?.memory : resources?.cpu) ?? 0);
  return requests.includes(0) ? 0 : requests.reduce((sum, request) => sum + request, 0);
}

/** An external metric of KEDA's is its trigger's answer; of others only a number of requests can be told. */
function sharedValue(
  state: State,
  { keda, target }: Autoscaler,
  service: ServiceState,
  { name }: MetricSpec,
): number | undefined {
  const memory = state.autoscalers.get(target);
  const trigger = keda?.triggers.find((candidate) => candidate.name === name);
  if (keda === undefined || trigger === undefined || memory === undefined) {
    return name.includes("request") ? service.measured.requests : undefined;
  }
  const answer = ask(trigger, worldOf(state, service, trigger));
  const failures = count(memory, name, answer === undefined);
  return answer === undefined ? fallbackValue(keda, failures, trigger.target) : answer.value;
}

/**
 * Failures in a row of one trigger. Only the HPA's questions count, KEDA's own polls do not: `GetMetricsWithFallback` is called by
 * `GetScaledObjectMetrics` alone, of pkg/scaling/scale_handler.go in kedacore/keda.
 */
function count({ operator }: AutoscalerState, name: string, failed: boolean): number {
  const failures = failed ? (operator.failures.get(name) ?? 0) + 1 : 0;
  operator.failures.set(name, failures);
  return failures;
}

/** What the scalers may know of a service. */
function worldOf({ epoch, now, profile }: State, service: ServiceState, trigger: Trigger): World {
  const down = profile.outages.some(
    (outage) =>
      trigger.name.includes(outage.trigger) && secondsOf(outage.from) <= now && now < secondsOf(outage.to),
  );
  const capacity = (service.ready * service.cores) / service.cost.cpuSeconds;
  return {
    time: epoch + now * 1000,
    waiting: service.backlog,
    inFlight: Math.min(service.arrivals, capacity) * service.cost.cpuSeconds,
    partitions: service.cost.partitions,
    requestsPerSecond: service.measured.requests,
    p95Seconds: service.p95,
    reachable: !down,
  };
}

/** The turn of KEDA's operator, for the objects whose polling interval is over. */
export function poll(state: State): void {
  for (const autoscaler of state.cluster.autoscalers) {
    const { keda, target } = autoscaler;
    if (keda === undefined || state.now % keda.pollingSeconds !== 0) continue;
    const memory = state.autoscalers.get(target);
    const service = state.services.find(({ workload }) => workload.id === target);
    if (memory !== undefined && service !== undefined) pollOne(state, autoscaler, keda, memory, service);
  }
}

function pollOne(
  state: State,
  { kind, name, target }: Autoscaler,
  keda: ScaledObject,
  memory: AutoscalerState,
  service: ServiceState,
): void {
  const answers = keda.triggers.map((trigger) => answerOf(state, service, trigger));
  const isActive = keda.triggers.every(isResource) || answers.some((answer) => answer?.active === true);
  if (isActive) memory.operator.activeAt = state.now;
  const current = state.scale.get(target) ?? 0;
  const seen = { isActive, hasFailed: answers.includes(undefined) };
  const next = operate(keda, current, seen, state.now - memory.operator.activeAt);
  if (next === current) return;
  state.scale.set(target, next);
  recordEvent(
    state,
    `${kind} ${name}`,
    `${current} to ${next} replicas`,
    isActive ? "a trigger is active" : "idle",
  );
}

/**
 * CPU and memory cannot wake anything, so where there is nothing else KEDA takes the workload for active, and it never rests:
 * https://keda.sh/docs/2.20/scalers/cpu/; source: `getScaledObjectState` of pkg/scaling/scale_handler.go.
 */
function isResource({ type }: Trigger): boolean {
  return type === "cpu" || type === "memory";
}

function answerOf(state: State, service: ServiceState, trigger: Trigger): Pick<Answer, "active"> | undefined {
  if (isResource(trigger)) return { active: false };
  return ask(trigger, worldOf(state, service, trigger));
}
