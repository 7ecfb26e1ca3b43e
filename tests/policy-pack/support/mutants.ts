import { accessKey } from "../fixtures/values.ts";

/** Inputs of a resource as a policy reads them. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A place in the inputs: the keys that lead to it. */
export type Path = readonly string[];

/** A change of one input, in words. */
export interface Mutant {
  readonly change: string;
  readonly props: Inputs;
}

/** Watches which inputs are read: every place whose value somebody looked at, and none that was only gone through. */
export function recording(props: Inputs): { readonly props: Inputs; readonly read: () => readonly Path[] } {
  const seen = new Map<string, Path>();
  const through = new Set<string>();
  const watch = (value: unknown, path: Path): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const ask = (target: object, key: string | symbol): void => {
      if (typeof key === "string" && key !== "length" && Object.hasOwn(target, key))
        seen.set([...path, key].join("."), [...path, key]);
      if (key !== "length") through.add(path.join("."));
    };
    return new Proxy(value, {
      get: (target, key) => {
        ask(target, key);
        const found: unknown = Reflect.get(target, key);
        return typeof key === "string" && Object.hasOwn(target, key) ? watch(found, [...path, key]) : found;
      },
      has: (target, key) => {
        ask(target, key);
        return Reflect.has(target, key);
      },
      getOwnPropertyDescriptor: (target, key) => {
        ask(target, key);
        return Reflect.getOwnPropertyDescriptor(target, key);
      },
    });
  };
  return {
    props: watch(props, []) as Inputs,
    read: () => [...seen].filter(([place]) => !through.has(place)).map(([, path]) => path),
  };
}

/** Every value that stands under a key anywhere in some inputs; the entries of a list stand under the list's key too. */
export function valuesUnder(key: string, from: unknown): readonly unknown[] {
  if (typeof from !== "object" || from === null) return [];
  return Object.entries(from).flatMap(([step, value]: [string, unknown]) => [
    ...(step === key ? [value, ...(Array.isArray(value) ? (value as readonly unknown[]) : [])] : []),
    ...valuesUnder(key, value),
  ]);
}

/** The inputs with one place taken out, with each other value that a value of its kind may have, and with known ones. */
export function mutantsOf(props: Inputs, path: Path, known: readonly unknown[]): readonly Mutant[] {
  const value = path.reduce<unknown>((from, step) => Reflect.get(Object(from), step), props);
  const others = [...othersThan(value), ...known];
  return [
    { change: "taken out", props: changed(props, path, undefined) },
    ...others.map((value) => ({
      change: `set to ${JSON.stringify(value)}`,
      props: changed(props, path, value),
    })),
  ];
}

/** Grants everything to everybody, in the form of every document of AWS that grants anything. */
const grantsAll = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

/** Words that only one other word is the opposite of. */
const opposites: Readonly<Record<string, string>> = { deny: "allow", egress: "ingress" };

function othersThan(value: unknown): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [0, -1, 1, 22, 1_000_000].filter((other) => other !== value);
  if (typeof value === "string")
    return [
      isDocument(value) ? grantsAll : (opposites[value] ?? "mutant"),
      "0.0.0.0/0",
      "*",
      "0",
      "true",
      accessKey,
    ];
  return Array.isArray(value) ? [[]] : [{}];
}

function isDocument(text: string): boolean {
  return text.startsWith("{");
}

/** Every place in some inputs, however deep. */
export function pathsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([step, inner]: [string, unknown]) => [
    [...at, step],
    ...pathsOf(inner, [...at, step]),
  ]);
}

/** The inputs with another value at a place; undefined takes the place out. */
export function changed(from: unknown, [step, ...rest]: Path, value: unknown): Inputs {
  const copy = Array.isArray(from) ? [...(from as readonly unknown[])] : { ...(from as Inputs) };
  if (step === undefined) return copy as Inputs;
  if (rest.length > 0) Reflect.set(copy, step, changed(Reflect.get(copy, step), rest, value));
  else if (value !== undefined) Reflect.set(copy, step, value);
  else if (Array.isArray(copy)) copy.splice(Number(step), 1);
  else Reflect.deleteProperty(copy, step);
  return copy as Inputs;
}
