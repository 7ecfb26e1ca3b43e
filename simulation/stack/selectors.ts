import { isRecord, list, text } from "../../sandbox/values.ts";
import type { Requirement, Taint, Toleration } from "../engine/model.ts";

type Labels = Readonly<Record<string, string>>;

/** The labels of a map; what is no text is left out. */
export function labelsIn(value: unknown): Labels {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, label]) => (typeof label === "string" ? [[key, label]] : [])),
  );
}

/** `matchLabels` and `matchExpressions` as one list. */
export function requirementsOf(selector: unknown): readonly Requirement[] {
  if (!isRecord(selector)) return [];
  const equal = Object.entries(labelsIn(selector.matchLabels)).map(([key, value]) => ({
    key,
    operator: "In",
    values: [value],
  }));
  return [...equal, ...list(selector.matchExpressions).flatMap(requirementOf)];
}

/** One `{key, operator, values}`. */
export function requirementOf(value: unknown): readonly Requirement[] {
  if (!isRecord(value)) return [];
  const values = list(value.values).flatMap((item) => text(item) ?? []);
  return [{ key: text(value.key) ?? "", operator: text(value.operator) ?? "In", values }];
}

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors; `Gt` and `Lt` as in node affinity. */
const operators: Readonly<Record<string, (label: string | undefined, values: readonly string[]) => boolean>> =
  {
    In: (label, values) => label !== undefined && values.includes(label),
    NotIn: (label, values) => label === undefined || !values.includes(label),
    Exists: (label) => label !== undefined,
    DoesNotExist: (label) => label === undefined,
    Gt: (label, [value]) => label !== undefined && Number(label) > Number(value),
    Lt: (label, [value]) => label !== undefined && Number(label) < Number(value),
  };

/** True where the labels meet every requirement; an empty list is met by all. */
export function matches(labels: Labels, requirements: readonly Requirement[]): boolean {
  return requirements.every(
    ({ key, operator, values }) => operators[operator]?.(labels[key], values) ?? false,
  );
}

/** True where no taint keeps the pod away. `PreferNoSchedule` keeps nobody away. */
export function tolerates(tolerations: readonly Toleration[], taints: readonly Taint[]): boolean {
  return taints
    .filter(({ effect }) => effect === "NoSchedule" || effect === "NoExecute")
    .every((taint) => tolerations.some((toleration) => covers(toleration, taint)));
}

function covers(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== "" && toleration.effect !== taint.effect) return false;
  if (toleration.key !== "" && toleration.key !== taint.key) return false;
  return toleration.operator === "Exists" || toleration.value === taint.value;
}
