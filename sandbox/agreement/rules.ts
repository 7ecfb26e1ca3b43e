import type { CompanyRule, ItemsRule, PropertyFacts, Rule, ValueRule } from "../aws/facts.ts";
import { candidatesFor } from "./candidates.ts";
import type { Probe } from "./probes.ts";

/** What a property is asked with. */
export interface Question {
  readonly probe: Probe;
  readonly facts: PropertyFacts;
  /** Another one brings other values. */
  readonly seed: number;
  /** The facts of any property of the type. */
  readonly factsAt: (path: string) => PropertyFacts | undefined;
}

/** Where the sandbox takes what the provider refuses by a rule, or refuses what it takes; `undefined` where they agree. */
export function disagreementOn(rule: Rule, question: Question): string | undefined {
  if ("with" in rule) return onCompany(rule, question);
  return rule.is === "items" ? onItems(rule, question) : onValues(rule, question);
}

function onValues(rule: ValueRule, { probe, facts, seed }: Question): string | undefined {
  const { valid, violating } = candidatesFor(facts, seed);
  const complains = (value: unknown): boolean =>
    probe
      .failuresAt(facts.path, { [facts.path]: inForm(facts, value) })
      .some(({ reason }) => !aboutOthers.test(reason));
  const refused = valid.find(complains);
  if (refused !== undefined) return `refuses ${JSON.stringify(refused)}, which keeps every rule`;
  const taken = violating(rule).find((value) => !complains(value));
  return taken === undefined ? undefined : `takes ${JSON.stringify(taken)}, which breaks "${rule.is}"`;
}

/** What is said about how many there are, and about what stands beside. */
const aboutOthers = /^(?:Conflicting|Missing required|Invalid combination|Too many|Not enough)/;

/** A single value in the form of the property: in a list, under a key. */
export function inForm({ type }: PropertyFacts, value: unknown): unknown {
  if (/^(?:list|set)\(map/.test(type)) return [{ key: value }];
  if (/^(?:list|set)/.test(type)) return [value];
  return type.startsWith("map") ? { key: value } : value;
}

function onItems({ min = 0, max = Infinity }: ItemsRule, question: Question): string | undefined {
  if (max < Infinity && !complainsOfCount(max + 1, question))
    return `takes ${max + 1} elements where ${max} are most`;
  if (min > 0 && !complainsOfCount(min - 1, question))
    return `takes ${min - 1} elements where ${min} are least`;
  const fitting = Math.max(min, 1);
  return complainsOfCount(fitting, question) ? `refuses ${fitting} elements` : undefined;
}

function complainsOfCount(length: number, { probe, facts, seed }: Question): boolean {
  const [element] = facts.type.includes("object") ? [{}] : candidatesFor(facts, seed).valid;
  const failures = probe.failuresAt(facts.path, { [facts.path]: Array.from({ length }, () => element) });
  return failures.some(({ reason }) => /^(?:Too many|Not enough) list items/.test(reason));
}

function onCompany(rule: CompanyRule, { probe, facts, factsAt, seed }: Question): string | undefined {
  const valueAt = (path: string): unknown => valueOf(factsAt(path), seed);
  const own = { [facts.path]: valueAt(facts.path) };
  const [other] = rule.with.filter((path) => path !== facts.path);
  const both = other === undefined ? own : { ...own, [other]: valueAt(other) };
  const none = { [facts.path]: undefined };
  const wrong = { conflicts: both, exactlyOneOf: both, requires: own, atLeastOneOf: none }[rule.is];
  if (!complainsOf(rule, facts.path, probe, wrong))
    return `takes what breaks "${rule.is}" with ${rule.with.join(", ")}`;
  const right = { conflicts: own, exactlyOneOf: own, atLeastOneOf: own, requires: none }[rule.is];
  return complainsOf(rule, facts.path, probe, right) ? `complains of "${rule.is}" without need` : undefined;
}

function valueOf(facts: PropertyFacts | undefined, seed: number): unknown {
  if (facts === undefined) return "value";
  if (facts.type.includes("object")) return facts.type === "object" ? { probe: "1" } : [{ probe: "1" }];
  return inForm(facts, candidatesFor(facts, seed).valid[0] ?? "value");
}

const openings: Readonly<Record<CompanyRule["is"], string>> = {
  conflicts: "Conflicting configuration arguments",
  requires: "Missing required argument",
  exactlyOneOf: "Invalid combination of arguments",
  atLeastOneOf: "Missing required argument: one of",
};

/** Properties that complain alike are told of once, so the sentence is looked for wherever it stands. */
function complainsOf(
  { is, with: others }: CompanyRule,
  path: string,
  probe: Probe,
  given: Record<string, unknown>,
): boolean {
  return probe.failures(given).some(({ reason }) => {
    const names = [path, ...others].every((name) => is === "conflicts" || reason.includes(name));
    const about =
      is !== "conflicts" || (reason.includes(`"${path}"`) && others.some((name) => reason.includes(name)));
    return reason.startsWith(openings[is]) && names && about;
  });
}
