import { at, isRecord, list, text } from "../../sandbox/values.ts";
import type {
  AntiAffinity,
  PodTemplate,
  Requirement,
  Resources,
  Spread,
  Toleration,
} from "../engine/model.ts";
import { amount, nothing, plus, resourcesOf } from "./quantities.ts";
import { labelsIn, requirementOf, requirementsOf } from "./selectors.ts";

/** A priority class: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass */
export interface PriorityClass {
  readonly value: number;
  readonly preempts: boolean;
  readonly isDefault: boolean;
}

type Properties = Readonly<Record<string, unknown>>;

/** Built in: https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/ */
const builtInClasses: Readonly<Record<string, PriorityClass>> = {
  "system-cluster-critical": { value: 2_000_000_000, preempts: true, isDefault: false },
  "system-node-critical": { value: 2_000_001_000, preempts: true, isDefault: false },
};

/** Reads a pod template. Requests count as Kubernetes counts them: containers and sidecars summed, or the largest starter if it is more. */
export function readTemplate(
  template: unknown,
  classes: Readonly<Record<string, PriorityClass>>,
): PodTemplate {
  const spec = at(template, "spec");
  const pod: Properties = isRecord(spec) ? spec : {};
  const containers = list(pod.containers).filter(isRecord);
  return {
    labels: labelsIn(at(template, "metadata.labels")),
    ...demandOf(containers, list(pod.initContainers).filter(isRecord)),
    ...priorityOf(pod, classes),
    nodes: nodesOf(pod),
    preferredNodes: preferredNodesOf(pod),
    tolerations: list(pod.tolerations).filter(isRecord).map(tolerationOf),
    spreads: list(pod.topologySpreadConstraints).filter(isRecord).map(spreadOf),
    antiAffinities: antiAffinitiesOf(at(pod, "affinity.podAntiAffinity")),
    probe: probeOf(containers),
    unreachableSeconds: unreachableSecondsOf(pod),
    stopSeconds: stopSecondsOf(pod, containers),
  };
}

/** https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers */
function demandOf(
  containers: readonly Properties[],
  starters: readonly Properties[],
): Pick<PodTemplate, "requests" | "containers" | "cpuLimit"> {
  const sidecars = starters.filter(({ restartPolicy }) => restartPolicy === "Always");
  const running = [...containers, ...sidecars];
  const named = running.map((container) => [text(container.name) ?? "", requestsOf(container)] as const);
  const sum = named.reduce((total, [, requests]) => plus(total, requests), nothing);
  const first = starters.filter(({ restartPolicy }) => restartPolicy !== "Always").map(requestsOf);
  const limits = running.map((container) => at(container, "resources.limits.cpu"));
  return {
    requests: first.reduce(larger, sum),
    containers: Object.fromEntries(named),
    cpuLimit: limits.includes(undefined)
      ? undefined
      : limits.reduce<number>((total, limit) => total + amount(limit), 0),
  };
}

/** A request that is not stated equals the limit. */
function requestsOf(container: Properties): Resources {
  const limits = at(container, "resources.limits");
  const requests = at(container, "resources.requests");
  return resourcesOf({ ...(isRecord(limits) ? limits : {}), ...(isRecord(requests) ? requests : {}) });
}

function larger(left: Resources, right: Resources): Resources {
  return {
    cpu: Math.max(left.cpu, right.cpu),
    memory: Math.max(left.memory, right.memory),
    disk: Math.max(left.disk, right.disk),
  };
}

function priorityOf(
  pod: Properties,
  classes: Readonly<Record<string, PriorityClass>>,
): Pick<PodTemplate, "priority" | "preempts"> {
  const name = text(pod.priorityClassName);
  const named = name === undefined ? undefined : (classes[name] ?? builtInClasses[name]);
  const found = named ?? Object.values(classes).find(({ isDefault }) => isDefault);
  return { priority: found?.value ?? 0, preempts: found?.preempts ?? true };
}

/** The node selector holds in every group of the required node affinity. */
function nodesOf(pod: Properties): readonly (readonly Requirement[])[] {
  const selector = requirementsOf({ matchLabels: pod.nodeSelector });
  const path = "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";
  const terms = list(at(pod, path)).map((term) => list(at(term, "matchExpressions")).flatMap(requirementOf));
  if (terms.length > 0) return terms.map((term) => [...selector, ...term]);
  return selector.length > 0 ? [selector] : [];
}

function preferredNodesOf(pod: Properties): PodTemplate["preferredNodes"] {
  const terms = list(at(pod, "affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution"));
  return terms.map((term) => ({
    weight: amount(at(term, "weight"), 1),
    requirements: list(at(term, "preference.matchExpressions")).flatMap(requirementOf),
  }));
}

function tolerationOf(toleration: Properties): Toleration {
  return {
    key: text(toleration.key) ?? "",
    operator: text(toleration.operator) ?? "Equal",
    value: text(toleration.value) ?? "",
    effect: text(toleration.effect) ?? "",
  };
}

function spreadOf(constraint: Properties): Spread {
  return {
    topologyKey: text(constraint.topologyKey) ?? "",
    maxSkew: amount(constraint.maxSkew, 1),
    hard: constraint.whenUnsatisfiable !== "ScheduleAnyway",
    selector: requirementsOf(constraint.labelSelector),
  };
}

function antiAffinitiesOf(affinity: unknown): readonly AntiAffinity[] {
  const term = (value: unknown, hard: boolean, weight: number): AntiAffinity => ({
    topologyKey: text(at(value, "topologyKey")) ?? "",
    hard,
    weight,
    selector: requirementsOf(at(value, "labelSelector")),
  });
  const required = list(at(affinity, "requiredDuringSchedulingIgnoredDuringExecution"));
  const preferred = list(at(affinity, "preferredDuringSchedulingIgnoredDuringExecution"));
  return [
    ...required.map((value) => term(value, true, 0)),
    ...preferred.map((value) => term(at(value, "podAffinityTerm"), false, amount(at(value, "weight"), 1))),
  ];
}

/** The slowest container decides. While a startup probe has not passed, the readiness probe does not run. */
function probeOf(containers: readonly Properties[]): PodTemplate["probe"] {
  const probes = containers.flatMap((container) => {
    const probe = isRecord(container.readinessProbe) ? container.readinessProbe : container.startupProbe;
    if (!isRecord(probe)) return [];
    return [{ delay: amount(probe.initialDelaySeconds), period: amount(probe.periodSeconds, 10) }];
  });
  return {
    delay: Math.max(0, ...probes.map(({ delay }) => delay)),
    period: Math.max(1, ...probes.map(({ period }) => period)),
  };
}

/** A preStop sleep is waited for in full; the process is given a second. The grace period, 30 seconds by default, ends both. */
function stopSecondsOf(pod: Properties, containers: readonly Properties[]): number {
  const sleeps = containers.map((container) => amount(at(container, "lifecycle.preStop.sleep.seconds")));
  return Math.min(amount(pod.terminationGracePeriodSeconds, 30), Math.max(0, ...sleeps) + 1);
}

/** The admission plugin DefaultTolerationSeconds gives 300 to a pod that says nothing; without `tolerationSeconds` it stays for ever. */
function unreachableSecondsOf(pod: Properties): number {
  const own = list(pod.tolerations)
    .filter(isRecord)
    .find(({ key = "node.kubernetes.io/unreachable", effect = "NoExecute" }) => {
      return key === "node.kubernetes.io/unreachable" && effect === "NoExecute";
    });
  return own === undefined ? 300 : amount(own.tolerationSeconds, Number.POSITIVE_INFINITY);
}
