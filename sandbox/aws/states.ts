import type { Properties } from "../model.ts";
import { UNKNOWN, isRecord } from "../values.ts";
import type { AnyBehaviour, Existing } from "./behaviour.ts";
import { ABSENT } from "./behaviour.ts";
import { defined, withoutDefaults } from "./check.ts";
import { schemaOf } from "./schema/facts.ts";
import type { Node } from "./schema/model.ts";

/** What the program sees of a resource: its inputs, and what the service answers and fills in. */
export function stateOf(behaviour: AnyBehaviour, existing: Existing<Properties>): Properties {
  const outputs = Object.entries(behaviour.outputs(existing)).filter(([, value]) => value !== ABSENT);
  const region = schemaOf(behaviour.token).children.has("region") ? { region: existing.region } : {};
  return merge({ ...Object.fromEntries(outputs), ...region }, defined(existing.inputs));
}

/** Inputs win; where both are objects, as with `vpcConfig` of a cluster, each may have properties of its own. */
function merge(answered: Properties, given: Properties): Properties {
  const merged = Object.entries(given).map(([key, value]) => {
    const other = answered[key];
    return [key, isRecord(other) && isRecord(value) ? merge(other, value) : value] as const;
  });
  return { ...answered, ...Object.fromEntries(merged) };
}

/** The part of a state that a program can give: what an import finds of a thing that no program made. */
export function settable(token: string, state: Properties): Properties {
  const { children } = schemaOf(token);
  const given = Object.entries(state).filter(([name]) => children.get(name)?.facts?.kind !== "output");
  return Object.fromEntries(given.filter(([name]) => children.has(name)));
}

/** What a preview knows: the inputs; all that the service answers is unknown. */
export function previewed(token: string, inputs: Properties): Properties {
  return withUnknowns(schemaOf(token), withoutDefaults(inputs));
}

function withUnknowns(node: Node, given: Properties): Properties {
  const result: Record<string, unknown> = { ...given };
  for (const [name, child] of node.children) {
    const value = given[name];
    if (value === undefined && isAnswered(child)) result[name] = UNKNOWN;
    else if (value !== undefined && child.children.size > 0)
      result[name] = inEach(value, (item) => withUnknowns(child, item));
  }
  return result;
}

/** What the preview of an update knows: the new inputs, and what the service answered before, as far as it stays. */
export function previewedUpdate(token: string, before: Properties, inputs: Properties): Properties {
  return withAnswers(schemaOf(token), before, withoutDefaults(inputs));
}

function withAnswers(node: Node, before: Properties, given: Properties): Properties {
  const result: Record<string, unknown> = { ...given };
  for (const [name, child] of node.children) {
    const [value, old] = [given[name], before[name]];
    if (value === undefined && isAnswered(child)) result[name] = old;
    else if (child.children.size > 0)
      result[name] = inEach(value, (item, index) => answersFor(child, old, index, item));
  }
  return defined(result);
}

/** An object, or each object of a list. */
function inEach(
  value: unknown,
  change: (item: Properties, index: number | undefined) => Properties,
): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (isRecord(item) ? change(item, index) : item));
  return isRecord(value) ? change(value, undefined) : value;
}

/** Answers for an object that was there before, in the same place; a new one has none yet. */
function answersFor(node: Node, old: unknown, index: number | undefined, given: Properties): Properties {
  const before: unknown = Array.isArray(old) && index !== undefined ? old[index] : old;
  return isRecord(before) ? withAnswers(node, before, given) : withUnknowns(node, given);
}

function isAnswered({ facts }: Node): boolean {
  return facts?.kind === "output" || facts?.kind === "filled";
}
