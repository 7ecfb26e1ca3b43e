import type { Properties } from "../../model.ts";
import { at, isRecord } from "../../values.ts";
import { rivalsOf, schemaOf } from "./facts.ts";
import type { Node } from "./model.ts";

/** The schema's defaults at top level. */
export function defaultsOf(token: string): Properties {
  return withDefaults(token, {});
}

/** The inputs with the schema's defaults where the program leaves something out; nested ones where their parent is given. */
export function withDefaults(token: string, inputs: Properties): Properties {
  return filled(schemaOf(token), inputs, (path) => isExcluded(token, path, inputs));
}

function filled(node: Node, given: Properties, excluded: (path: string) => boolean): Properties {
  const result: Record<string, unknown> = { ...given };
  for (const [name, child] of node.children) {
    const value = given[name];
    if (value === undefined) {
      if (child.facts?.default !== undefined && !excluded(child.facts.path))
        result[name] = child.facts.default;
    } else if (child.children.size > 0) {
      result[name] = below(child, value, excluded);
    }
  }
  return result;
}

function below(node: Node, value: unknown, excluded: (path: string) => boolean): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => below(node, item, excluded));
  return isRecord(value) ? filled(node, value, excluded) : value;
}

/** A default gives way to a property that may not stand beside it, whichever of the two says so. */
export function isExcluded(token: string, path: string, inputs: Properties): boolean {
  return rivalsOf(token, path).some((rival) => at(inputs, rival) !== undefined);
}
