/** A pod as the controller sees it: what it used, and whether that counts. */
export interface PodSample {
  /** Not started yet, or scheduled nowhere. */
  readonly pending: boolean;
  readonly ready: boolean;
  /** Second in which it started. */
  readonly startedAt: number;
  /** Second in which its readiness last changed. */
  readonly changedAt: number;
  /** Its use of the metric; `undefined` where the metrics API has none. */
  readonly value: number | undefined;
  /** Its request, in the unit of `value`. */
  readonly request: number;
  /** Second that the use was measured at. */
  readonly measuredAt: number;
}

/**
 * Defaults of kube-controller-manager: `--horizontal-pod-autoscaler-sync-period`, `-initial-readiness-delay`, `-cpu-initialization-period`.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
 */
export const controller = {
  syncSeconds: 15,
  initialReadinessSeconds: 30,
  cpuInitializationSeconds: 300,
  /** How often metrics-server scrapes, `--metric-resolution`: https://github.com/kubernetes-sigs/metrics-server#configuration */
  metricsSeconds: 15,
} as const;

/** Shares of the target by which a metric may miss it, per direction. */
export interface Tolerances {
  readonly up: number;
  readonly down: number;
}

/** What one metric asks for. */
export interface Proposal {
  readonly replicas: number;
  /** Use over target, before pods without metrics are thought of. */
  readonly ratio: number;
}

/** A metric of each pod, and what it shall be. */
export interface PerPodQuestion {
  readonly now: number;
  readonly current: number;
  readonly pods: readonly PodSample[];
  readonly target: number;
  readonly form: "Utilization" | "AverageValue";
  /** CPU of a starting pod says nothing about load: only that metric waits for readiness. */
  readonly cpu: boolean;
  readonly tolerances: Tolerances;
}

interface Sorted {
  readonly counted: readonly PodSample[];
  readonly unready: readonly PodSample[];
  readonly missing: readonly PodSample[];
}

/** `groupPods` of pkg/controller/podautoscaler/replica_calculator.go in kubernetes/kubernetes. */
function sort({ pods, cpu, now }: PerPodQuestion): Sorted {
  const unready = pods.filter((pod) => pod.pending || (cpu && pod.value !== undefined && !counts(pod, now)));
  const missing = pods.filter((pod) => !pod.pending && pod.value === undefined);
  return {
    unready,
    missing,
    counted: pods.filter((pod) => !unready.includes(pod) && !missing.includes(pod)),
  };
}

/** Whether a pod's CPU counts: while it may still be starting, only once a whole window was measured after it became ready. */
function counts(pod: PodSample, now: number): boolean {
  if (pod.startedAt + controller.cpuInitializationSeconds > now) {
    return pod.ready && pod.measuredAt >= pod.changedAt + controller.metricsSeconds;
  }
  return pod.ready || pod.startedAt + controller.initialReadinessSeconds <= pod.changedAt;
}

interface Reading {
  readonly value: number;
  readonly request: number;
}

/** Use over target. The controller calculates in whole per cent, and in whole thousandths of other units. */
function ratioOf(readings: readonly Reading[], { form, target }: PerPodQuestion): number {
  const used = readings.reduce((sum, { value }) => sum + value, 0);
  if (form === "Utilization") {
    const requested = readings.reduce((sum, { request }) => sum + request, 0);
    return Math.floor((used * 100) / requested + 1e-9) / target;
  }
  return Math.floor((used * 1000) / readings.length + 1e-9) / (target * 1000);
}

function within(ratio: number, { up, down }: Tolerances): boolean {
  return 1 - down - 1e-9 <= ratio && ratio <= 1 + up + 1e-9;
}

function ceil(value: number): number {
  return Math.ceil(value - 1e-9);
}

/**
 * What a metric of each pod asks for, or `undefined` where no pod has it, or a share of a request is asked of a pod that states none.
 * Pods without a metric are taken at their full request when the rest says fewer, and at nothing when it says more; starting ones at
 * nothing when it says more. Where that turns the direction round, nothing changes.
 * Source: `GetResourceReplicas` and `calcPlainMetricReplicas` of replica_calculator.go in kubernetes/kubernetes.
 */
export function proposePerPod(question: PerPodQuestion): Proposal | undefined {
  const { counted, unready, missing } = sort(question);
  if (isUnknown(question, counted)) return undefined;
  const readings = counted.map(({ value = 0, request }) => ({ value, request }));
  const ratio = ratioOf(readings, question);
  const stay = { replicas: question.current, ratio };
  const rebalance = unready.length > 0 && ratio > 1;
  const isCertain = ratio === 1 || (!rebalance && missing.length === 0);
  if (isCertain) {
    return within(ratio, question.tolerances) ? stay : { replicas: ceil(ratio * counted.length), ratio };
  }
  const all = [
    ...readings,
    ...missing.map((pod) => ({ value: assumed(pod, ratio, question), request: pod.request })),
    ...(rebalance ? unready.map(({ request }) => ({ value: 0, request })) : []),
  ];
  return { replicas: damped(ratio, all, question), ratio };
}

/** The controller reports `FailedGetResourceMetric` also where a pod states no request to compare with. */
function isUnknown({ form, pods }: PerPodQuestion, counted: readonly PodSample[]): boolean {
  return counted.length === 0 || (form === "Utilization" && pods.some(({ request }) => request === 0));
}

/** A pod without a metric. Above its target of 100 % a scale-down assumes the target itself. */
function assumed(pod: PodSample, ratio: number, { form, target }: PerPodQuestion): number {
  if (ratio > 1) return 0;
  return form === "Utilization" ? (pod.request * Math.max(100, target)) / 100 : target;
}

function damped(ratio: number, all: readonly Reading[], question: PerPodQuestion): number {
  const { current, tolerances } = question;
  const again = ratioOf(all, question);
  const turned = (ratio - 1) * (again - 1) < 0;
  if (turned || within(again, tolerances)) return current;
  const replicas = ceil(again * all.length);
  const reversed = (again - 1) * (replicas - current) < 0;
  return reversed ? current : replicas;
}

/** One number for all pods. */
export interface SharedQuestion {
  readonly current: number;
  readonly ready: number;
  readonly value: number;
  readonly target: number;
  readonly form: "AverageValue" | "Value";
  readonly tolerances: Tolerances;
}

/**
 * What an object's or external metric asks for. `Value` is compared as it is and multiplies the pods that are ready; `AverageValue`
 * is divided by the pods first. Source: `GetExternalMetricReplicas`, `GetExternalPerPodMetricReplicas` of replica_calculator.go.
 */
export function proposeShared(question: SharedQuestion): Proposal {
  const { current, ready, value, target, form, tolerances } = question;
  if (form === "Value") {
    const ratio = value / target;
    if (current === 0) return { replicas: ceil(ratio), ratio };
    return { replicas: within(ratio, tolerances) ? current : ceil(ratio * ready), ratio };
  }
  const ratio = value / (target * Math.max(1, current));
  return { replicas: within(ratio, tolerances) ? current : ceil(value / target), ratio };
}
