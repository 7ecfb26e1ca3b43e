import type { PropertyFacts, Rule } from "../aws/facts.ts";
import { factsOf, observedTypes } from "../aws/facts.ts";
import { complaint } from "../aws/schema/rules.ts";
import { specifiedProperties } from "../aws/specification/properties.ts";
import { same } from "../values.ts";
import { candidatesFor, isAboutValue } from "./candidates.ts";
import type { Aspect, Finding } from "./finding.ts";
import { shown } from "./replacement.ts";
import { inForm } from "./rules.ts";

/**
 * Compares what the specifications alone say of the types that were observed with what the provider was seen to do: how far a type that
 * nobody observed can be trusted. Outputs are left out, since the specifications never err in them, and so are rules where the provider has
 * none: there the service judges, which nobody observed.
 */
export function measureSpecification(seed: number, tokens = observedTypes()): readonly Finding[] {
  return tokens.flatMap((token) => {
    const specified = new Map(specifiedProperties(token)?.map((facts) => [facts.path, facts]));
    const settable = [...(factsOf(token)?.values() ?? [])].filter(({ kind }) => kind !== "output");
    return settable.flatMap((observed) => ofProperty(token, observed, specified.get(observed.path), seed));
  });
}

function ofProperty(
  token: string,
  observed: PropertyFacts,
  specified: PropertyFacts | undefined,
  seed: number,
): readonly Finding[] {
  const found = (aspect: Aspect, what: string | undefined): Finding => ({
    token,
    path: observed.path,
    aspect,
    ...(what === undefined ? {} : { disagreement: { what } }),
  });
  if (specified === undefined) return [found("required", "does not know it")];
  return [
    found("required", onRequired(observed, specified)),
    found("default", onDefault(observed, specified)),
    ...observed.rules.map((rule) => found("rule", onRule(rule, observed, specified, seed))),
    found("replacement", onReplacement(observed, specified)),
  ];
}

function onRequired(observed: PropertyFacts, { kind }: PropertyFacts): string | undefined {
  if ((observed.kind === "required") === (kind === "required")) return undefined;
  return kind === "required" ? "insists on it" : "does not insist on it";
}

function onDefault(observed: PropertyFacts, specified: PropertyFacts): string | undefined {
  if (same(observed.default, specified.default)) return undefined;
  return `fills in ${shown(specified.default)} instead of ${shown(observed.default)}`;
}

function onReplacement(observed: PropertyFacts, { replaces }: PropertyFacts): string | undefined {
  if (observed.replaces === replaces) return undefined;
  return replaces ? "replaces for a change" : "keeps for a change";
}

/** What is said about several properties agrees where it names the same ones, in whatever kind of rule. */
function onRule(
  rule: Rule,
  observed: PropertyFacts,
  specified: PropertyFacts,
  seed: number,
): string | undefined {
  if (!isAboutValue(rule)) {
    const others = "with" in rule ? rule.with : [];
    const known = specified.rules.flatMap((one) => ("with" in one ? one.with : []));
    const isKnown =
      others.length > 0 && others.every((name) => name === observed.path || known.includes(name));
    return isKnown ? undefined : `takes what breaks "${rule.is}"`;
  }
  const { valid, violating } = candidatesFor(observed, seed);
  const refuses = (value: unknown): boolean =>
    specified.rules.some(
      (one) => complaint(one, specified.path, inForm(observed, value), specified.secret) !== undefined,
    );
  const refused = valid.find(refuses);
  if (refused !== undefined) return `refuses ${JSON.stringify(refused)}, which keeps every rule`;
  const taken = violating(rule).find((value) => !refuses(value));
  return taken === undefined ? undefined : `takes ${JSON.stringify(taken)}, which breaks "${rule.is}"`;
}
