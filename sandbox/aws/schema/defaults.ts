import type { Properties } from "../../model.ts";
import { at, isRecord } from "../../values.ts";
import { schemaOf } from "./facts.ts";
import type { Node, PropertyFacts } from "./model.ts";

/** The schema's defaults at top level. */
export function defaultsOf(token: string): Properties {
  return withDefaults(token, {});
}

/** The inputs with the schema's defaults where the program leaves something out; nested ones where their parent is given. */
export function withDefaults(token: string, inputs: Properties): Properties {
  return filled(schemaOf(token), inputs, inputs);
}

function filled(node: Node, given: Properties, top: Properties): Properties {
  const result: Record<string, unknown> = { ...given };
  for (const [name, child] of node.children) {
    const value = given[name];
    if (value === undefined) {
      if (child.facts?.default !== undefined && !isExcluded(child.facts, top))
        result[name] = child.facts.default;
    } else if (child.children.size > 0) {
      result[name] = below(child, value, top);
    }
  }
  return result;
}

function below(node: Node, value: unknown, top: Properties): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => below(node, item, top));
  return isRecord(value) ? filled(node, value, top) : value;
}

/** A default gives way to a property that may not stand beside it. */
function isExcluded(facts: PropertyFacts, top: Properties): boolean {
  return facts.rules.some(
    (rule) =>
      (rule.is === "conflicts" || rule.is === "exactlyOneOf") &&
      rule.with.some((path) => path !== facts.path && at(top, path) !== undefined),
  );
}
