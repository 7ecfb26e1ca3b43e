import type { Properties } from "../model.ts";
import { hexOf, isRecord } from "../values.ts";

/** The fields of a Secret that hold its values. */
const fields = ["data", "stringData"];

/** A Secret with digests in place of its values, as it may be kept; any other object as it is. */
export function sealed(object: Properties): Properties {
  return mapped(object, digest);
}

/** A sealed Secret with its values again, where those given are the ones that were sealed. */
export function unsealed(object: Properties, given: Properties | undefined): Properties {
  const known = new Map(valuesIn(given ?? {}).map((value) => [digest(value), value]));
  return mapped(object, (value) => known.get(value) ?? value);
}

function valuesIn(object: Properties): readonly string[] {
  const found = fields.flatMap((field) => (isRecord(object[field]) ? Object.values(object[field]) : []));
  return found.filter((value) => typeof value === "string");
}

function mapped(object: Properties, change: (value: string) => string): Properties {
  if (object.kind !== "Secret" || object.apiVersion !== "v1") return object;
  const result: Record<string, unknown> = { ...object };
  for (const field of fields) {
    const values = object[field];
    if (!isRecord(values)) continue;
    result[field] = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, change(String(value))]),
    );
  }
  return result;
}

/** True for what is kept in place of a value. */
export function isSealed(value: unknown): boolean {
  return typeof value === "string" && /^sha256:[0-9a-f]{64}$/.test(value);
}

/** What is sealed already stays as it is. */
function digest(value: string): string {
  return isSealed(value) ? value : `sha256:${hexOf(value, 64)}`;
}
