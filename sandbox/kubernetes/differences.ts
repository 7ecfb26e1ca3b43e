import type { Difference, Properties, PropertyDifference } from "../model.ts";
import { UNKNOWN, at, hasUnknown, isRecord, same, text } from "../values.ts";

/** Every path at which two values differ, with the provider's notation: `spec.ports[0].port`, `data["app.yaml"]`. */
export function differences(
  before: unknown,
  after: unknown,
  path = "",
): readonly Omit<PropertyDifference, "replaces">[] {
  if (!hasUnknown(after) && same(before, after)) return [];
  if (isAbsent(before)) return [{ path, kind: "add" }];
  if (isAbsent(after)) return [{ path, kind: "delete" }];
  return inside(before, after, path) ?? (before === after ? [] : [{ path, kind: "update" }]);
}

/** The differences inside two lists or two maps; `undefined` for anything else. */
function inside(before: unknown, after: unknown, path: string): ReturnType<typeof differences> | undefined {
  if (Array.isArray(before) && Array.isArray(after))
    return between(before, after, (index) => `${path}[${index}]`);
  if (isRecord(before) && isRecord(after)) return between(before, after, (key) => member(path, key));
  return undefined;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function between(before: object, after: object, pathOf: (key: string) => string) {
  const left = new Map(Object.entries(before));
  const right = new Map(Object.entries(after));
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((key) =>
    differences(left.get(key), right.get(key), pathOf(key)),
  );
}

function member(path: string, key: string): string {
  if (/[."[\]]/.test(key)) return `${path}["${key.replaceAll('"', '\\"')}"]`;
  return path === "" ? key : `${path}.${key}`;
}

/** True where a change at `path` touches `pattern`, in which `[*]` stands for any index: at it, inside it, or around it. */
export function touches(pattern: string, path: string, after: Properties): boolean {
  const general = path.replace(/\[\d+\]/g, "[*]");
  if (general === pattern || general.startsWith(`${pattern}.`) || general.startsWith(`${pattern}[`))
    return true;
  if (!pattern.startsWith(`${general}.`) && !pattern.startsWith(`${general}[`)) return false;
  return at(after, pattern.replaceAll("[*]", "[0]")) !== undefined;
}

/**
 * What changes between two versions of an object, and whether that replaces it. Where the program fixes the name and keeps it, the old
 * object must go first.
 */
export function difference(before: Properties, after: Properties, replacing: readonly string[]): Difference {
  const identity = ["metadata.name", "metadata.namespace"];
  const changes = differences(before, after).map((change) => ({
    ...change,
    replaces: [...identity, ...replacing].some((pattern) => touches(pattern, change.path, after)),
  }));
  const sameName = identity.every(
    (path) => same(at(before, path), at(after, path)) && at(after, path) !== UNKNOWN,
  );
  return {
    changes,
    deleteBeforeReplace: changes.some(({ replaces }) => replaces) && sameName && !isAutonamed(after),
  };
}

/** True for a name that the provider made up, of which it can make up another. */
export function isAutonamed(inputs: Properties): boolean {
  const annotations = at(inputs, "metadata.annotations");
  return isRecord(annotations) && text(annotations["pulumi.com/autonamed"]) === "true";
}
