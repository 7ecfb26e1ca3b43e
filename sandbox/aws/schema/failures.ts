import type { CheckFailure, Properties } from "../../model.ts";
import { at, isRecord, UNKNOWN } from "../../values.ts";
import { factsOf, schemaOf } from "./facts.ts";
import type { CompanyRule, Node, PropertyFacts } from "./model.ts";
import { complaint } from "./rules.ts";

/**
 * What the provider finds wrong with inputs before it asks the service: missing, misspelt and output-only properties, values that
 * break a rule, properties that do not go together. Unknown values are never judged. Expects the inputs as the program gave
 * them; defaults may be filled in already.
 */
export function failuresOf(token: string, inputs: Properties): readonly CheckFailure[] {
  if (factsOf(token) === undefined) return [];
  const schema = schemaOf(token);
  return unique([...unsettable(schema, inputs), ...inside(schema, inputs, "", inputs)]);
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

/** Keys with two underscores are the engine's and the SDK's own; `tagsAll` is what Check itself adds. */
function unsettable(schema: Node, inputs: Properties): readonly CheckFailure[] {
  return Object.keys(inputs).flatMap((property) => {
    if (property.startsWith("__") || inputs[property] === undefined) return [];
    const node = schema.children.get(property);
    if (node === undefined)
      return [{ property, reason: `Invalid or unknown key. "${property}" is not a property of this type.` }];
    if (node.facts?.kind !== "output" || property === "tagsAll") return [];
    return [
      { property, reason: `Computed attributes cannot be set. "${property}" is an output of this type.` },
    ];
  });
}

function inside(node: Node, values: Properties, prefix: string, top: Properties): readonly CheckFailure[] {
  return [...node.children].flatMap(([name, child]) => {
    const path = `${prefix}${name}`;
    return [...ofProperty(child.facts, values[name], path, top), ...below(child, values[name], path, top)];
  });
}

function below(node: Node, value: unknown, path: string, top: Properties): readonly CheckFailure[] {
  if (node.children.size === 0) return [];
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => below(node, item, `${path}[${index}]`, top));
  return isRecord(value) ? inside(node, value, `${path}.`, top) : [];
}

function ofProperty(
  facts: PropertyFacts | undefined,
  value: unknown,
  path: string,
  top: Properties,
): readonly CheckFailure[] {
  if (facts === undefined || facts.kind === "output" || value === UNKNOWN) return [];
  if (value === undefined || value === null) return whenMissing(facts, path, top);
  return facts.rules.flatMap((rule) => {
    const reason =
      "with" in rule ? company(rule, facts.path, top) : complaint(rule, path, value, facts.secret);
    return reason === undefined ? [] : [{ property: path, reason }];
  });
}

function whenMissing(facts: PropertyFacts, path: string, top: Properties): readonly CheckFailure[] {
  if (facts.kind === "required") {
    const reason = `Missing required argument. The argument "${path}" is required, but no definition was found.`;
    return [{ property: path, reason }];
  }
  return facts.rules.flatMap((rule) => {
    const reason =
      rule.is === "exactlyOneOf" || rule.is === "atLeastOneOf" ? company(rule, facts.path, top) : undefined;
    return reason === undefined ? [] : [{ property: path, reason }];
  });
}

function company({ is, with: others }: CompanyRule, path: string, top: Properties): string | undefined {
  const given = others.filter((other) => isGiven(at(top, other)));
  const problem = problems[is](given, others.length);
  return problem === undefined || (is === "conflicts" && !isGiven(at(top, path)))
    ? undefined
    : problem(path, others);
}

type Sentence = (path: string, others: readonly string[]) => string;

const listed = (names: readonly string[]): string => `\`${[...names].sort().join(",")}\``;

/** By rule: what to say about how many of the others are given, in the provider's words. */
const problems: Readonly<
  Record<CompanyRule["is"], (given: readonly string[], of: number) => Sentence | undefined>
> = {
  conflicts: (given) =>
    given.length === 0
      ? undefined
      : (path) => `Conflicting configuration arguments. "${path}": conflicts with ${given.join(", ")}`,
  requires: (given, of) =>
    given.length === of
      ? undefined
      : (path, others) =>
          `Missing required argument. "${path}": all of ${listed([path, ...others])} must be specified`,
  exactlyOneOf: (given) => {
    if (given.length === 1) return undefined;
    return (_, others) =>
      given.length === 0
        ? `Invalid combination of arguments: one of ${listed(others)} must be specified`
        : `Invalid combination of arguments: only one of ${listed(others)} can be specified, but ${listed(given)} were specified.`;
  },
  atLeastOneOf: (given) =>
    given.length > 0
      ? undefined
      : (_, others) => `Missing required argument: one of ${listed(others)} must be specified`,
};

/** Properties that exclude each other all complain alike: once is enough. */
function unique(failures: readonly CheckFailure[]): readonly CheckFailure[] {
  const seen = new Set<string>();
  return failures.filter(({ property, reason }) => {
    const key = reason.includes("one of `") ? reason : `${property} ${reason}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
