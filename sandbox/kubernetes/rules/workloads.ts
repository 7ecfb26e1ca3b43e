import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import { invalid, isKnown, isMissing, numberOf, oneOf, peek, required } from "../server/validation.ts";
import { labelFailures } from "./metadata.ts";

/** The selector is there, and the pods that the template makes are what it selects. */
export function templateFailures(inputs: Properties): readonly CheckFailure[] {
  const selector = peek(inputs, "spec.selector");
  const labels = peek(inputs, "spec.template.metadata.labels");
  if (isMissing(selector)) return [required("spec.selector")];
  return [
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
  const replicas = numberOf(peek(inputs, "spec.replicas"));
  if (replicas === undefined || replicas >= 0) return [];
  return [invalid("spec.replicas", replicas, "must be greater than or equal to 0")];
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
  if (!isRecord(spec) || isMissing(spec.minAvailable) || isMissing(spec.maxUnavailable)) return [];
  return [invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set")];
}

/** A schedule is there, and the policy is one of three. */
export function cronJobFailures(inputs: Properties): readonly CheckFailure[] {
  const policy = "spec.concurrencyPolicy";
  return [
    ...scheduleFailures("spec.schedule", peek(inputs, "spec.schedule")),
    ...oneOf(policy, peek(inputs, policy), ["Allow", "Forbid", "Replace"]),
  ];
}

function scheduleFailures(path: string, schedule: unknown): readonly CheckFailure[] {
  if (isMissing(schedule)) return [required(path)];
  const given = text(schedule)?.trim() ?? "@unknown";
  const fields = given.split(/\s+/);
  if (given.startsWith("@") || fields.length === 5) return [];
  return [
    invalid(path, schedule, `expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`),
  ];
}
