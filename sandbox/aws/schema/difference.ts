import type { Properties, PropertyDifference } from "../../model.ts";
import { isRecord, same } from "../../values.ts";
import { schemaOf } from "./facts.ts";
import { isAlike, isSameDocument } from "./likeness.ts";
import type { Exception, Node, PropertyFacts } from "./model.ts";

/** Where in the comparison we are. */
interface Place {
  readonly path: string;
  readonly node: Node | undefined;
  /** The verdict of the nearest property above that the schema knows. */
  readonly inherited: boolean;
  readonly top: Properties;
  /** True for an element of a list or set. */
  readonly isElement?: boolean;
}

/**
 * How inputs differ, by path. Sets are compared without order, documents in JSON by what they say; what the service fills in may be
 * left out; an empty list or map is as good as none. Expects both inputs as they are after Check, with defaults.
 */
export function diffOf(
  token: string,
  oldInputs: Properties,
  news: Properties,
): readonly PropertyDifference[] {
  const place: Place = { path: "", node: schemaOf(token), inherited: false, top: news };
  const found = ofRecord(place, withoutMarks(oldInputs), withoutMarks(news));
  return [...new Map(found.map((one) => [one.path, one])).values()];
}

/** Keys with two underscores are the engine's and the SDK's own. */
function withoutMarks(values: Properties): Properties {
  return Object.fromEntries(Object.entries(values).filter(([key]) => !key.startsWith("__")));
}

function isNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

function compare(place: Place, before: unknown, after: unknown): readonly PropertyDifference[] {
  if (isSame(place.node, before, after) || isLeftToService(place, after)) return [];
  if (isNothing(before)) return isNothing(after) ? [] : [change(place, "add", before, after)];
  if (isNothing(after)) return [change(place, "delete", before, after)];
  return within(place, before, after);
}

function within(place: Place, before: unknown, after: unknown): readonly PropertyDifference[] {
  if (isRecord(before) && isRecord(after)) return ofRecord(place, before, after);
  if (!Array.isArray(before) || !Array.isArray(after)) return [change(place, "update", before, after)];
  return place.node?.facts?.set === true ? ofSet(place, before, after) : ofList(place, before, after);
}

function isLeftToService({ node, isElement }: Place, after: unknown): boolean {
  return (after === undefined || after === null) && isElement !== true && node?.facts?.kind === "filled";
}

function change(
  place: Place,
  kind: PropertyDifference["kind"],
  before: unknown,
  after: unknown,
): PropertyDifference {
  const facts = place.node?.facts;
  const replaces = facts === undefined ? place.inherited : verdict(facts, before, after, place.top);
  return { path: place.path, kind, replaces };
}

function step(place: Place, key: string | number, node: Node | undefined): Place {
  const plain = typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key);
  const bracketed = typeof key === "number" ? `[${key}]` : `["${key.replaceAll('"', '\\"')}"]`;
  const below = place.path === "" ? String(key) : `${place.path}.${key}`;
  return {
    path: plain ? below : `${place.path}${bracketed}`,
    node,
    inherited: place.node?.facts?.replaces ?? place.inherited,
    top: place.top,
  };
}

function ofRecord(place: Place, before: Properties, after: Properties): readonly PropertyDifference[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) =>
    compare(step(place, key, place.node?.children.get(key)), before[key], after[key]),
  );
}

/** An element has its list's schema, but its own coming and going is a change of the list. */
function element(place: Place, index: number): Place {
  return { ...step(place, index, place.node), isElement: true };
}

function ofList(
  place: Place,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly PropertyDifference[] {
  return Array.from({ length: Math.max(before.length, after.length) }, (_, index) =>
    compare(element(place, index), before[index], after[index]),
  ).flat();
}

/** What is in only one of two sets is paired off in order, so that a change inside an element shows as that. */
function ofSet(
  place: Place,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly PropertyDifference[] {
  const lost = missing(place.node, before, after);
  const gained = missing(place.node, after, before);
  return Array.from({ length: Math.max(lost.length, gained.length) }, (_, pair) => {
    const index = gained[pair]?.index ?? lost[pair]?.index ?? 0;
    return compare(element(place, index), lost[pair]?.item, gained[pair]?.item);
  }).flat();
}

function missing(
  node: Node | undefined,
  from: readonly unknown[],
  other: readonly unknown[],
): readonly { item: unknown; index: number }[] {
  return from
    .map((item, index) => ({ item, index }))
    .filter(({ item }) => !other.some((candidate) => isSame(node, item, candidate)));
}

/** Equality as the provider sees it: `80` is `"80"`, and a nested set has no order. */
function isSame(node: Node | undefined, left: unknown, right: unknown): boolean {
  if (same(left, right)) return true;
  if (Array.isArray(left) && Array.isArray(right)) return isSameList(node, left, right);
  if (isRecord(left) && isRecord(right)) {
    return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => {
      const child = node?.children.get(key);
      const [one, other] = [left[key], right[key]];
      return (isNothing(one) && isNothing(other)) || isSame(child, one, other);
    });
  }
  return isSameScalar(node?.facts, left, right);
}

function isSameList(node: Node | undefined, left: readonly unknown[], right: readonly unknown[]): boolean {
  if (node?.facts?.set === true) {
    return missing(node, left, right).length === 0 && missing(node, right, left).length === 0;
  }
  return left.length === right.length && left.every((item, index) => isSame(node, item, right[index]));
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

function isSameScalar(facts: PropertyFacts | undefined, left: unknown, right: unknown): boolean {
  if (!isScalar(left) || !isScalar(right)) return false;
  if (String(left) === String(right)) return true;
  const [one, other] = [String(left), String(right)];
  if (facts?.alike !== undefined) return isAlike(facts.alike, one, other);
  const isJson = facts?.rules.some((rule) => rule.is === "format" && rule.any.includes("json")) === true;
  return isJson && isSameDocument(one, other);
}

function verdict(facts: PropertyFacts, before: unknown, after: unknown, top: Properties): boolean {
  return facts.when.some((exception) => applies(exception, before, after, top))
    ? !facts.replaces
    : facts.replaces;
}

function applies(
  { from, to, downgrade, given }: Exception,
  before: unknown,
  after: unknown,
  top: Properties,
): boolean {
  if (downgrade === true) return isLower(String(after), String(before));
  if (given !== undefined) return Object.entries(given).every(([name, value]) => same(top[name], value));
  return fits(from, before) && fits(to, after);
}

function fits(pattern: unknown, value: unknown): boolean {
  if (pattern === "unset") return isNothing(value);
  return pattern === "set" ? !isNothing(value) : pattern === value;
}

/** Compares versions number by number: `7.9` is lower than `7.10`. */
function isLower(version: string, than: string): boolean {
  const [left, right] = [version, than].map((one) => one.split(".").map(Number));
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index] ?? 0;
    if (part !== other) return part < other;
  }
  return false;
}
