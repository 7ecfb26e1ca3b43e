import type { Properties } from "../../model.ts";
import { isRecord, list, same } from "../../values.ts";

/**
 * What tells the entries of a list from each other, by the list's name, where several managers may each have some of them. Of any other
 * list one manager has all: https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
 */
const keysByList: Readonly<Record<string, readonly (readonly string[])[]>> = {
  containers: [["name"]],
  env: [["name"]],
  ephemeralContainers: [["name"]],
  hostAliases: [["ip"]],
  imagePullSecrets: [["name"]],
  initContainers: [["name"]],
  ports: [
    ["containerPort", "protocol"],
    ["port", "protocol"],
  ],
  volumeMounts: [["mountPath"]],
  volumes: [["name"]],
  webhooks: [["name"]],
};

/** Keys that the API server fills in. */
const usual: Properties = { protocol: "TCP" };

/** Maps of which one manager has all. */
const wholes: ReadonlySet<string> = new Set(["selector", "nodeSelector", "labelSelector"]);

/** What names an entry of a list: `[name="web"]`; `undefined` in a list that is had as a whole. */
export function entryKey(name: string, items: readonly unknown[], item: unknown): string | undefined {
  const keys = keysByList[name]?.find(([first = ""]) =>
    items.every((other) => isRecord(other) && other[first] !== undefined),
  );
  if (keys === undefined || !isRecord(item)) return undefined;
  return `[${keys.map((key) => `${key}=${JSON.stringify(item[key] ?? usual[key])}`).join(",")}]`;
}

/** Every field that has a value, by its path as the API server writes it: `.spec.template.spec.containers[name="web"].image`. */
export function fieldsOf(value: unknown, path = "", name = ""): ReadonlyMap<string, unknown> {
  if (isRecord(value) && !wholes.has(name)) {
    const inside = Object.entries(value).filter(([, item]) => item !== undefined);
    return new Map(inside.flatMap(([key, item]) => [...fieldsOf(item, `${path}.${key}`, key)]));
  }
  const items = list(value);
  const keys = items.map((item) => entryKey(name, items, item));
  if (items.length === 0 || keys.includes(undefined)) return new Map([[path, value]]);
  return new Map(items.flatMap((item, index) => [...fieldsOf(item, `${path}${keys[index] ?? ""}`)]));
}

/** The object with what another manager wants of it. */
export function overlaid(below: unknown, above: unknown, name = ""): unknown {
  if (isRecord(below) && isRecord(above) && !wholes.has(name)) {
    const keys = [...new Set([...Object.keys(below), ...Object.keys(above)])];
    return Object.fromEntries(keys.map((key) => [key, inside(below[key], above[key], key)]));
  }
  if (!Array.isArray(below) || !Array.isArray(above)) return above;
  const [lower, upper] = [list(below), list(above)];
  const all = [...lower, ...upper];
  const keyed = (item: unknown): string | undefined => entryKey(name, all, item);
  if (all.some((item) => keyed(item) === undefined)) return above;
  const over = new Map(upper.map((item) => [keyed(item), item]));
  const under = new Set(lower.map(keyed));
  return [
    ...lower.map((item) => inside(item, over.get(keyed(item)), "")),
    ...upper.filter((item) => !under.has(keyed(item))),
  ];
}

function inside(below: unknown, above: unknown, name: string): unknown {
  if (below === undefined || above === undefined) return above ?? below;
  return overlaid(below, above, name);
}

/** What one manager has applied. */
export interface Applied {
  /** As the API server's messages name it. */
  readonly manager: string;
  readonly object: Properties;
}

/** Fields that name an object, which nobody has. */
const identity: ReadonlySet<string> = new Set([
  ".apiVersion",
  ".kind",
  ".metadata.name",
  ".metadata.namespace",
]);

/** Why an object cannot be applied beside what others have applied, in the API server's words; `undefined` where it can. */
export function conflictWith(others: readonly Applied[], object: Properties): string | undefined {
  const wanted = fieldsOf(object);
  const found = others.map(({ manager, object: theirs }) => ({
    manager: `${JSON.stringify(manager)} using ${String(object.apiVersion)}`,
    paths: [...fieldsOf(theirs)]
      .filter(([path, value]) => !identity.has(path) && wanted.has(path) && !same(wanted.get(path), value))
      .map(([path]) => path),
  }));
  const conflicts = found.filter(({ paths }) => paths.length > 0);
  const count = conflicts.reduce((sum, { paths }) => sum + paths.length, 0);
  const [first] = conflicts;
  if (first === undefined) return undefined;
  if (count === 1)
    return `Apply failed with 1 conflict: conflict with ${first.manager}: ${first.paths[0] ?? ""}`;
  const lines = conflicts.flatMap(({ manager, paths }) => [
    `conflicts with ${manager}:`,
    ...paths.map((path) => `- ${path}`),
  ]);
  return `Apply failed with ${count} conflicts: ${lines.join("\n")}`;
}
