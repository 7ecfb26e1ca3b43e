import { items, json, property } from "../kernel/read.ts";

/** Rules arrive in the provider's words, and as JSON in those of the API, which differ in their first letters. */
function field(from: unknown, ...path: readonly string[]): unknown {
  return path.reduce(
    (value, key) => property(value, key) ?? property(value, key.charAt(0).toUpperCase() + key.slice(1)),
    from,
  );
}

/** What a rule is called, for a sentence. */
export function nameOf(rule: unknown): string {
  const name = field(rule, "name");
  return typeof name === "string" ? name : "without a name";
}

/** The group of rules kept by AWS that a rule uses, if it uses one. */
export function groupOf(rule: unknown): string | undefined {
  const group = field(rule, "statement", "managedRuleGroupStatement", "name");
  return typeof group === "string" ? group : undefined;
}

/** Whether a rule is about how much somebody asks. */
export function limitsRate(rule: unknown): boolean {
  return field(rule, "statement", "rateBasedStatement") !== undefined;
}

/** Whether a rule only counts what it finds. */
export function onlyCounts(rule: unknown): boolean {
  return ["action", "overrideAction"].some((kind) => field(rule, kind, "count") !== undefined);
}

/** Whether CloudWatch has numbers of a rule. */
export function isMeasured(rule: unknown): boolean {
  return ["cloudwatchMetricsEnabled", "cloudWatchMetricsEnabled"].some(
    (key) => field(rule, "visibilityConfig", key) === true,
  );
}

/** The rules of a web ACL, written out or as JSON. */
export function rulesOf(acl: {
  readonly rules?: readonly unknown[] | undefined;
  readonly ruleJson?: string | undefined;
}): readonly unknown[] {
  const parsed: unknown = acl.ruleJson === undefined ? [] : json(acl.ruleJson);
  const listed: readonly unknown[] = Array.isArray(parsed) ? parsed : [];
  return [...items(acl.rules), ...listed];
}
