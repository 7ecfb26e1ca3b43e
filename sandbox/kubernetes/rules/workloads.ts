import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import {
  atLeast,
  forbidden,
  formatted,
  invalid,
  isKnown,
  isMissing,
  numberOf,
  peek,
  percentage,
  required,
} from "../server/validation.ts";
import { labelFailures } from "./metadata.ts";

/** The selector is there, and the pods that the template makes are what it selects. */
export function templateFailures(inputs: Properties): readonly CheckFailure[] {
  const selector = peek(inputs, "spec.selector");
  const labels = peek(inputs, "spec.template.metadata.labels");
  if (isMissing(selector)) return [required("spec.selector")];
  return [
    ...(isKnown(selector) && selectsAll(selector)
      ? [invalid("spec.selector", selector, `empty selector is invalid for ${controller(inputs.kind)}`)]
      : []),
    ...labelFailures("spec.template.metadata.labels", labels),
    ...(isKnown([selector, labels]) && !selects(selector, isRecord(labels) ? labels : {})
      ? [
          invalid(
            "spec.template.metadata.labels",
            labels ?? null,
            "`selector` does not match template `labels`",
          ),
        ]
      : []),
  ];
}

function selectsAll(selector: unknown): boolean {
  const exact = peek(selector, "matchLabels");
  const isExact = isRecord(exact) && Object.keys(exact).length > 0;
  return !isExact && list(peek(selector, "matchExpressions")).length === 0;
}

/** ReplicaSets are judged as Deployments. */
function controller(kind: unknown): string {
  return kind === "ReplicaSet" ? "deployment" : (text(kind) ?? "").toLowerCase();
}

function selects(selector: unknown, labels: Properties): boolean {
  const exact = peek(selector, "matchLabels");
  return (
    Object.entries(isRecord(exact) ? exact : {}).every(([key, value]) => labels[key] === value) &&
    list(peek(selector, "matchExpressions")).every((expression) => satisfies(expression, labels))
  );
}

function satisfies(expression: unknown, labels: Properties): boolean {
  const value = labels[text(peek(expression, "key")) ?? ""];
  const values = list(peek(expression, "values"));
  const meanings: Readonly<Record<string, boolean>> = {
    In: value !== undefined && values.includes(value),
    NotIn: !values.includes(value),
    Exists: value !== undefined,
    DoesNotExist: value === undefined,
  };
  return meanings[text(peek(expression, "operator")) ?? ""] ?? false;
}

/** Replicas are not negative. */
export function replicaFailures(inputs: Properties): readonly CheckFailure[] {
  return atLeast(0, "spec.replicas", peek(inputs, "spec.replicas"));
}

/** How a Deployment changes its pods: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go */
export function strategyFailures(inputs: Properties): readonly CheckFailure[] {
  const [deadline, ready] = ["progressDeadlineSeconds", "minReadySeconds"].map((field) =>
    numberOf(peek(inputs, `spec.${field}`)),
  );
  const rolling = peek(inputs, "spec.strategy.rollingUpdate");
  const path = "spec.strategy.rollingUpdate";
  const isRecreated = peek(inputs, "spec.strategy.type") === "Recreate" && isRecord(rolling);
  return [
    ...(isRecreated
      ? [forbidden(path, "may not be specified when strategy `type` is 'Recreate'")]
      : rollingFailures(path, rolling)),
    ...(deadline !== undefined && deadline <= (ready ?? 0)
      ? [invalid("spec.progressDeadlineSeconds", deadline, "must be greater than minReadySeconds")]
      : []),
  ];
}

function rollingFailures(path: string, rolling: unknown): readonly CheckFailure[] {
  if (!isRecord(rolling)) return [];
  const { maxSurge, maxUnavailable } = rolling;
  const stuck = [maxSurge, maxUnavailable].every((share) => share === 0 || share === "0%");
  return [
    ...shareFailures(`${path}.maxUnavailable`, maxUnavailable),
    ...shareFailures(`${path}.maxSurge`, maxSurge),
    ...(stuck
      ? [invalid(`${path}.maxUnavailable`, maxUnavailable, "may not be 0 when `maxSurge` is 0")]
      : []),
  ];
}

/** A DaemonSet takes a pod away before it starts the next one on a node, or starts one more. */
export function nodeByNodeFailures(inputs: Properties): readonly CheckFailure[] {
  const path = "spec.updateStrategy.rollingUpdate";
  const shares = ["maxUnavailable", "maxSurge"].map((field) => peek(inputs, `${path}.${field}`));
  const [unavailable, surge = 0] = shares;
  const stuck = [unavailable, surge].every((share) => share === 0 || share === "0%");
  return stuck ? [required(`${path}.maxUnavailable`, "cannot be 0 when maxSurge is 0")] : [];
}

/** A number that is not negative, or a percentage. */
function shareFailures(path: string, share: unknown): readonly CheckFailure[] {
  return [...atLeast(0, path, share), ...formatted(path, share, percentage)];
}

/** How often and how many at a time: https://kubernetes.io/docs/concepts/workloads/controllers/job/ */
export function jobFailures(inputs: Properties): readonly CheckFailure[] {
  const path = inputs.kind === "CronJob" ? "spec.jobTemplate.spec" : "spec";
  const job = peek(inputs, path);
  if (!isRecord(job)) return [];
  const counts = [
    "parallelism",
    "completions",
    "backoffLimit",
    "activeDeadlineSeconds",
    "ttlSecondsAfterFinished",
  ];
  return [
    ...counts.flatMap((field) => atLeast(0, `${path}.${field}`, job[field])),
    ...(job.completionMode === "Indexed" && isMissing(job.completions)
      ? [required(`${path}.completions`, "when completion mode is Indexed")]
      : []),
  ];
}

/** Bounds and target of an autoscaler: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/autoscaling/validation/validation.go */
export function autoscalerFailures(inputs: Properties): readonly CheckFailure[] {
  const most = peek(inputs, "spec.maxReplicas");
  return [
    ...["kind", "name"]
      .map((key) => `spec.scaleTargetRef.${key}`)
      .flatMap((path) => (isMissing(peek(inputs, path)) ? [required(path)] : [])),
    ...(isMissing(most) ? [invalid("spec.maxReplicas", 0, "must be greater than 0")] : []),
    ...boundFailures(
      numberOf(peek(inputs, "spec.minReplicas")) ?? 1,
      numberOf(most),
      peek(inputs, "spec.minReplicas"),
    ),
    ...list(peek(inputs, "spec.metrics")).flatMap((metric, index) =>
      metricFailures(`spec.metrics[${index}]`, metric),
    ),
  ];
}

/** What a metric is of has a field of its own. */
function metricFailures(path: string, metric: unknown): readonly CheckFailure[] {
  const type = text(peek(metric, "type"));
  if (type === undefined || !isRecord(metric)) return [];
  const source = `${type.charAt(0).toLowerCase()}${type.slice(1)}`;
  if (isMissing(metric[source]))
    return [required(`${path}.${source}`, "must populate information for the given metric source")];
  const target = `${path}.${source}.target`;
  const share = peek(metric[source], "target.averageUtilization");
  const isResource = type === "Resource" || type === "ContainerResource";
  const nothing = [share, peek(metric[source], "target.averageValue")].every(isMissing);
  return [
    ...atLeast(1, `${target}.averageUtilization`, share),
    ...(isResource && nothing && isRecord(peek(metric[source], "target"))
      ? [
          required(
            `${target}.averageUtilization`,
            "must set either a target raw value or a target utilization",
          ),
        ]
      : []),
  ];
}

function boundFailures(least: number, most: number | undefined, given: unknown): readonly CheckFailure[] {
  return [
    ...(least < 1 ? [invalid("spec.minReplicas", least, "must be greater than or equal to 1")] : []),
    ...(most !== undefined && most < 1 ? [invalid("spec.maxReplicas", most, "must be greater than 0")] : []),
    ...(most !== undefined && most < least && given !== UNKNOWN
      ? [invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`")]
      : []),
  ];
}

/** A budget says one of the two. */
export function disruptionBudgetFailures(inputs: Properties): readonly CheckFailure[] {
  const spec = inputs.spec;
  if (!isRecord(spec)) return [];
  return [
    ...(isMissing(spec.minAvailable) || isMissing(spec.maxUnavailable)
      ? []
      : [invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set")]),
    ...shareFailures("spec.minAvailable", spec.minAvailable),
    ...shareFailures("spec.maxUnavailable", spec.maxUnavailable),
  ];
}
