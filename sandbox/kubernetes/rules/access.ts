import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import {
  forbidden,
  invalid,
  isMissing,
  numberOf,
  oneOf,
  peek,
  required,
  unsupported,
} from "../server/validation.ts";

/** A binding names one role, and whom it is for: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export function bindingFailures(inputs: Properties): readonly CheckFailure[] {
  const kinds = inputs.kind === "ClusterRoleBinding" ? ["ClusterRole"] : ["ClusterRole", "Role"];
  return [
    ...(isMissing(peek(inputs, "roleRef.name")) && inputs.roleRef !== UNKNOWN
      ? [required("roleRef.name")]
      : []),
    ...oneOf("roleRef.kind", peek(inputs, "roleRef.kind"), kinds),
    ...oneOf("roleRef.apiGroup", peek(inputs, "roleRef.apiGroup"), ["rbac.authorization.k8s.io"]),
    ...list(inputs.subjects).flatMap((subject, index) =>
      subjectFailures(`subjects[${index}]`, subject, inputs.kind === "ClusterRoleBinding"),
    ),
  ];
}

/** Groups of the API by kind of subject; those that are people's default to theirs. */
const subjectGroups: Readonly<Record<string, readonly string[]>> = {
  ServiceAccount: [""],
  User: ["rbac.authorization.k8s.io"],
  Group: ["rbac.authorization.k8s.io"],
};

/** An account that names no namespace is of the binding's, if that has one. */
function subjectFailures(path: string, subject: unknown, isClusterWide: boolean): readonly CheckFailure[] {
  if (!isRecord(subject) || subject.kind === UNKNOWN) return [];
  const kind = text(subject.kind) ?? "";
  const groups = subjectGroups[kind];
  if (groups === undefined) return [unsupported(`${path}.kind`, kind, Object.keys(subjectGroups))];
  return [
    ...(isMissing(subject.name) ? [required(`${path}.name`)] : []),
    ...oneOf(`${path}.apiGroup`, subject.apiGroup, groups),
    ...(isClusterWide ? placeFailures(`${path}.namespace`, subject) : []),
  ];
}

function placeFailures(path: string, { kind, namespace }: Properties): readonly CheckFailure[] {
  return kind === "ServiceAccount" && isMissing(namespace) ? [required(path)] : [];
}

/** A rule is of resources, or of paths, which no namespace has. */
export function roleFailures(inputs: Properties): readonly CheckFailure[] {
  return list(inputs.rules).flatMap((rule, index) => ruleFailures(`rules[${index}]`, rule, inputs.kind));
}

function ruleFailures(path: string, rule: unknown, kind: unknown): readonly CheckFailure[] {
  if (!isRecord(rule)) return [];
  const { verbs, nonResourceURLs: paths, apiGroups, resources } = rule;
  const noVerbs = isNone(verbs) ? [required(`${path}.verbs`, "verbs must contain at least one value")] : [];
  if (!isNone(paths)) {
    if (kind !== "Role") return noVerbs;
    const words = "namespaced rules cannot apply to non-resource URLs";
    return [...noVerbs, invalid(`${path}.nonResourceURLs`, paths, words)];
  }
  return [
    ...noVerbs,
    ...(isNone(apiGroups)
      ? [required(`${path}.apiGroups`, "resource rules must supply at least one api group")]
      : []),
    ...(isNone(resources)
      ? [required(`${path}.resources`, "resource rules must supply at least one resource")]
      : []),
  ];
}

function isNone(value: unknown): boolean {
  return isMissing(value) || (Array.isArray(value) && value.length === 0);
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#priorityclass */
export function priorityClassFailures(inputs: Properties): readonly CheckFailure[] {
  const name = text(peek(inputs, "metadata.name")) ?? "";
  const isSystem = name.startsWith("system-");
  return [
    ...(isSystem
      ? [
          forbidden(
            "metadata.name",
            `priority class names with 'system-' prefix are reserved for system use only. error: ${name} is not a known system priority class`,
          ),
        ]
      : []),
    ...((numberOf(inputs.value) ?? 0) > 1000000000
      ? [forbidden("value", "maximum allowed value of a user defined priority is 1000000000")]
      : []),
  ];
}
