import type { PropertyFacts, Rule } from "../aws/facts.ts";
import { factsOf, observedTypes } from "../aws/facts.ts";
import { behaviourOfType } from "../aws/provider.ts";
import { UNKNOWN, same } from "../values.ts";
import type { Aspect, Finding } from "./finding.ts";
import { Probe } from "./probes.ts";
import type { Matter } from "./reasons.ts";
import { reasonFor } from "./reasons.ts";
import { disagreementOnReplacement, shown } from "./replacement.ts";
import type { Question } from "./rules.ts";
import { disagreementOn } from "./rules.ts";

/** Compares what the provider was seen to do with what the sandbox does, for every property of every type that was observed. */
export function measureAgreement(seed: number, tokens = observedTypes()): readonly Finding[] {
  return tokens.flatMap((token) => {
    const probe = new Probe(token);
    try {
      return [...(factsOf(token)?.values() ?? [])].flatMap((facts) =>
        ofProperty(token, facts, { probe, seed }),
      );
    } finally {
      probe.close();
    }
  });
}

function ofProperty(
  token: string,
  facts: PropertyFacts,
  { probe, seed }: Pick<Question, "probe" | "seed">,
): readonly Finding[] {
  const factsAt = (path: string): PropertyFacts | undefined => factsOf(token)?.get(path);
  const question: Question = { probe, facts, seed, factsAt };
  const behaviour = behaviourOfType(token);
  const found = (aspect: Aspect, what: string | undefined, rule?: Rule): Finding => {
    const matter = { aspect, facts, behaviour, factsAt, ...(rule === undefined ? {} : { rule }) };
    return { token, path: facts.path, aspect, ...told(what, matter) };
  };
  if (facts.kind === "output") return [found("output", onOutput(question))];
  return [
    found("required", onRequired(question)),
    found("default", onDefault(question)),
    ...facts.rules.map((rule) => found("rule", disagreementOn(rule, question), rule)),
    found("replacement", disagreementOnReplacement(question)),
  ];
}

function told(what: string | undefined, matter: Matter): Pick<Finding, "disagreement"> {
  if (what === undefined) return {};
  const because = reasonFor(matter);
  return { disagreement: { what, ...(because === undefined ? {} : { because }) } };
}

/** An output is unknown before the service has answered, and no input; so is all that lies in one. */
function onOutput({ probe, facts, factsAt }: Question): string | undefined {
  const steps = facts.path.split(".");
  const outer = steps.map((_, index) =>
    steps
      .slice(0, index + 1)
      .join(".")
      .replace(/\[\]$/, ""),
  );
  const answered = outer.find((path) => factsAt(path)?.kind === "output") ?? facts.path;
  if (probe.previewed(answered) !== UNKNOWN) return "claims to know it before the service has answered";
  if (facts.path === "tagsAll" || /[.[]/.test(facts.path)) return undefined;
  return probe.failuresAt(facts.path, { [facts.path]: "value" }).length === 0
    ? "takes it as an input"
    : undefined;
}

function onRequired({ probe, facts }: Question): string | undefined {
  const missing = probe
    .failuresAt(facts.path, { [facts.path]: undefined })
    .some(({ reason }) => reason.startsWith("Missing required argument. The argument"));
  if (missing === (facts.kind === "required")) return undefined;
  return missing ? "insists on it" : "does not insist on it";
}

function onDefault({ probe, facts }: Question): string | undefined {
  const filled = probe.filled(facts.path);
  if (same(filled, facts.default)) return undefined;
  return `fills in ${shown(filled)} instead of ${shown(facts.default)}`;
}
