import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { isSecret } from "./engine-values.ts";
import { derive, isNode, kind } from "./plan.ts";

/** What a component refuses, in the words of the real one. `properties` are the arguments at fault, where it names them. */
export class ComponentError extends Error {
  public readonly properties: readonly { readonly path: string; readonly reason: string }[];
  public constructor(message: string, properties: ComponentError["properties"] = []) {
    super(message);
    this.name = "ComponentError";
    this.properties = properties;
  }
}

/** What the real component does and this one does not: better said than guessed. */
export function notSimulated(type: string, what: string): ComponentError {
  return new ComponentError(`the sandbox does not simulate ${what} of ${type}`);
}

/** Fails for an argument that the expansion does not know. */
export function onlyArguments(type: string, args: Properties, known: ReadonlySet<string>): void {
  const unknown = Object.keys(args).find((name) => args[name] !== undefined && !known.has(name));
  if (unknown !== undefined) throw notSimulated(type, `the argument '${unknown}'`);
}

/** An argument that decides which children there are, so its shape must be known; nodes may stand deeper in it. */
export function shape(value: unknown): unknown {
  if (isNode(value)) return value[kind] === "given" ? shape(value.value) : undefined;
  return isSecret(value) ? shape(value.value) : value;
}

/** Such an argument, if it is a record. */
export function shapeOfRecord(value: unknown): Properties {
  const known = shape(value);
  return isRecord(known) && !isNode(known) ? known : {};
}

/** Such an argument, if it is a list. */
export function shapeOfList(value: unknown): readonly unknown[] | undefined {
  const known = shape(value);
  return Array.isArray(known) ? known : undefined;
}

/** Such an argument, if it is a string. */
export function shapeOfText(value: unknown): string | undefined {
  const known = shape(value);
  return typeof known === "string" ? known : undefined;
}

/** True for an argument that says something: the empty text is as good as none. */
export function isSaid(value: unknown): boolean {
  return value !== undefined && value !== "";
}

/** True for an argument that a component means when it asks for no more than whether there is one: a `false` or a zero counts as none. */
export function counts(value: unknown): boolean {
  return Boolean(value);
}

/** The arguments without those that a component reads itself: what goes to a resource as it is. */
export function without(args: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(Object.entries(args).filter(([name]) => !names.includes(name)));
}

/** The records as one, where a later one wins. Unknown as a whole as long as any value is. */
export function merged(...records: readonly unknown[]): unknown {
  return derive(records, (...known) =>
    Object.fromEntries(known.filter(isRecord).flatMap((record) => Object.entries(record))),
  );
}

/** JSON of a value, in the order of its keys. */
export function json(value: unknown): unknown {
  return derive([value], (known) => JSON.stringify(known));
}

/** JSON of a value with its keys sorted, at every depth. */
export function sortedJson(value: unknown): unknown {
  return derive([value], (known) => JSON.stringify(sorted(known)));
}

/** The value with its keys sorted, at every depth. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isRecord(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/** Tags that came as one output can only be joined when they are known; otherwise each value may be unknown by itself. */
export function tagged(...records: readonly unknown[]): unknown {
  if (records.some((record) => isNode(record))) return merged(...records);
  return Object.fromEntries(records.filter(isRecord).flatMap((record) => Object.entries(record)));
}
