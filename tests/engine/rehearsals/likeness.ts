import { logicalName } from "../../../sandbox/inspection.ts";
import type { Stored } from "../../../sandbox/model.ts";

/** What a thing is called in a likeness, whatever its service called it. */
function roleOf(thing: Stored): string {
  return `<${thing.token} ${logicalName(thing)}>`;
}

/** Digits that a service or the engine makes up. */
const madeUp = /\b[0-9a-f]{7,}\b|(?<=-)[0-9a-f]{6,}\b/g;

/** Shorter names would be found in words. */
const shortestName = 6;

/**
 * An account without what differs from run to run: one line for each thing, with its inputs, in which every name and id stands for the
 * thing that has it. Two runs of one program that end alike have the same lines.
 */
export function likenessOf(things: Iterable<Stored>): readonly string[] {
  const all = [...things];
  const names = namesOf(all);
  const longestFirst = [...names.keys()].sort((left, right) => right.length - left.length);
  const pattern = new RegExp(
    longestFirst.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join("|") || "(?!)",
    "g",
  );
  const say = (text: string): string => text.replaceAll(pattern, (name) => names.get(name) ?? name);
  return all
    .map((thing) => `${roleOf(thing)} ${JSON.stringify(told(thing.inputs, say)).replaceAll(madeUp, "#")}`)
    .sort();
}

/** What each name stands for; one that several things have, for the first of them in the order of the alphabet. */
function namesOf(things: readonly Stored[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const thing of things) {
    const role = roleOf(thing);
    for (const name of [thing.id, ...thing.keys].filter(({ length }) => length >= shortestName)) {
      const other = names.get(name);
      names.set(name, other === undefined || role < other ? role : other);
    }
  }
  return names;
}

/** What it says. The order of properties means nothing, nor does that of a list of things: who finds them has no order of them. */
function told(value: unknown, say: (text: string) => string): unknown {
  if (typeof value === "string") return say(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => told(item, say));
    return items.every(isRole) ? items.toSorted() : items;
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [say(key), told(item, say)] as const);
  return Object.fromEntries(entries.sort(([left], [right]) => left.localeCompare(right)));
}

function isRole(item: unknown): boolean {
  return typeof item === "string" && /^<[^<>]*>$/.test(item);
}
