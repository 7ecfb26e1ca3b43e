import type { AnyBehaviour } from "../aws/behaviour.ts";
import type { PropertyFacts, Rule } from "../aws/facts.ts";
import type { Aspect } from "./finding.ts";

/** What a disagreement is about. */
export interface Matter {
  readonly aspect: Aspect;
  readonly facts: PropertyFacts;
  /** The rule in question, for that aspect. */
  readonly rule?: Rule;
  readonly behaviour: AnyBehaviour | undefined;
  readonly factsAt: (path: string) => PropertyFacts | undefined;
}

/**
 * Why the sandbox does not do what the provider was seen to do. The provider was watched without Pulumi's bridge before it, which makes up
 * names and fills in defaults before anything is judged: https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming. Everything
 * else has its reason in the entry.
 */
export function reasonFor(matter: Matter): string | undefined {
  return reasonsFor[matter.aspect](matter);
}

const reasonsFor: Readonly<Record<Aspect, (matter: Matter) => string | undefined>> = {
  required: reasonForFilled,
  default: reasonForDefault,
  rule: reasonForFilled,
  replacement: ({ behaviour, facts }) => behaviour?.replaces?.[/^\w+/.exec(facts.path)?.[0] ?? ""]?.because,
  output: () => undefined,
};

function reasonForDefault({ facts, behaviour }: Matter): string | undefined {
  if (behaviour?.autoname?.property === facts.path) return "Pulumi makes up a name that is left out";
  return behaviour?.defaults?.[facts.path]?.because;
}

/** What one property insists on, and what several have to do with each other, is judged when defaults are in. */
function reasonForFilled({ facts, rule, factsAt }: Matter): string | undefined {
  const concerned = rule === undefined ? [facts.path] : "with" in rule ? rule.with : [];
  const filled = concerned.some((path) => factsAt(path)?.default !== undefined);
  return filled ? "Pulumi fills in the default before it is judged" : undefined;
}
