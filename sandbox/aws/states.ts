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
    else if (isRecord(value) && child.children.size > 0) result[name] = withUnknowns(child, value);
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
    else if (isRecord(value) && isRecord(old) && child.children.size > 0)
      result[name] = withAnswers(child, old, value);
  }
  return defined(result);
}

function isAnswered({ facts }: Node): boolean {
  return facts?.kind === "output" || facts?.kind === "filled";
}
