import { undecidedPath } from "./findings.ts";

/** Stands for a value that is known only after the update. */
export const UNKNOWN = Symbol("unknown");

/**
 * Runs `get`, giving UNKNOWN where it would have to read a value that is not known yet.
 * For checks that can go on without the value; the others let the error pass, which defers them.
 */
export function attempt<T>(get: () => T): T | typeof UNKNOWN {
  try {
    return get();
  } catch (error) {
    if (undecidedPath(error) === undefined) throw error;
    return UNKNOWN;
  }
}

/** The property `key` of whatever `from` is; undefined where there is none. */
export function property(from: unknown, key: string | number): unknown {
  return typeof from === "object" && from !== null && Object.hasOwn(from, key)
    ? Reflect.get(from, key)
    : undefined;
}

/** The value at `path` (`a.b[0].c`), undefined where a step is missing, UNKNOWN where one is not known yet. */
export function read(from: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  return attempt(() => steps.reduce(property, from));
}

/** Whether `key` is given at all. A value that is not known yet counts: it is decided, only not known. */
export function has(props: object | undefined, key: string): boolean {
  const value = read(props, key);
  return value !== undefined && value !== null && value !== "";
}

/** A list of texts at `key`, one text counted as a list of one; UNKNOWN if any of it is not known yet. */
export function texts(props: object, key: string): readonly string[] | typeof UNKNOWN {
  return attempt(() => {
    const value = property(props, key);
    const all: readonly unknown[] = Array.isArray(value)
      ? Array.from(value, (_, index) => property(value, index))
      : [value];
    return all.filter((item) => typeof item === "string");
  });
}

/** The entries of a list, none where there is no list: a value of another type is as good as none, and refused by the provider itself. */
export function items<T>(list: readonly T[] | undefined): readonly T[] {
  return isList(list) ? list : [];
}

function isList<T>(list: readonly T[] | undefined): list is readonly T[] {
  return Array.isArray(list);
}

/** A text, the empty one where there is none. */
export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What a text says that is JSON; undefined for any other text, which whoever takes it refuses. */
export function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}
