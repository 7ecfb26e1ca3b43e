import type { CheckFailure, Properties } from "../../model.ts";
import { hasUnknown, isRecord, list } from "../../values.ts";
import { isBase64 } from "../rules/configuration.ts";
import { invalid, required, unsupported } from "../server/validation.ts";

/** One thing that a schema finds wrong, as ajv tells it: https://ajv.js.org/api.html#error-objects */
export interface SchemaError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly params: Properties;
  readonly message?: string | undefined;
}

/** True for an error of that form. */
export function isSchemaError(value: unknown): value is SchemaError {
  return isRecord(value) && typeof value.instancePath === "string" && isRecord(value.params);
}

/** Keywords that combine other schemas, whose own errors then say nothing. */
const combining: Readonly<Record<string, string>> = {
  anyOf: "must validate at least one schema (anyOf)",
  not: "must not validate the schema (not)",
  oneOf: "must validate one and only one schema (oneOf)",
};

/** Errors that say something by themselves. */
function telling(errors: readonly SchemaError[]): readonly SchemaError[] {
  const combined = new Set(
    errors.filter(({ keyword }) => keyword in combining).map(({ instancePath }) => instancePath),
  );
  return errors.filter(({ keyword, instancePath }) => keyword in combining || !combined.has(instancePath));
}

/** The errors in the API server's words, each at its path. What is not known yet is not judged. */
export function failuresOf(object: Properties, errors: readonly SchemaError[]): readonly CheckFailure[] {
  const found = telling(errors).flatMap((error) => failureOf(object, error));
  return [...new Map(found.map((failure) => [failure.property, failure])).values()];
}

/** The keys that lead to each field that is not declared. */
export function undeclaredIn(errors: readonly SchemaError[]): readonly (readonly string[])[] {
  return telling(errors)
    .filter(({ keyword }) => keyword === "additionalProperties")
    .map(({ instancePath, params }) => [...keysOf(instancePath), String(params.additionalProperty)]);
}

function keysOf(instancePath: string): readonly string[] {
  return instancePath.split("/").slice(1).map(unescaped);
}

function failureOf(object: Properties, error: SchemaError): readonly CheckFailure[] {
  const keys = keysOf(error.instancePath);
  const value = keys.reduce<unknown>(inside, object);
  const path = pathOf(keys, object);
  const { keyword, params } = error;
  if (keyword === "required") return [required(joined(path, String(params.missingProperty)))];
  if (keyword === "format" && params.format === "byte" && isBase64(value)) return [];
  // The API server drops a null: https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable
  return hasUnknown(value) || value === null ? [] : [judged(path, value, error)];
}

function inside(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) ? value[key] : undefined;
}

/** `spec.ports[0].port`. */
function pathOf(keys: readonly string[], object: Properties): string {
  const steps = keys.map((key, index) =>
    Array.isArray(keys.slice(0, index).reduce<unknown>(inside, object)) ? `[${key}]` : `.${key}`,
  );
  return steps.join("").replace(/^\./, "");
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

function judged(
  property: string,
  value: unknown,
  { keyword, params, message = "" }: SchemaError,
): CheckFailure {
  if (keyword === "type") return { property, reason: typeMistake(String(params.type), value) };
  if (keyword === "enum") return unsupported(property, value, list(params.allowedValues).map(String));
  const combination = combining[keyword];
  if (combination !== undefined) return invalid(property, value, `"${property}" ${combination}`);
  if (keyword === "pattern")
    return invalid(property, value, `${property} in body should match '${String(params.pattern)}'`);
  return invalid(property, value, `${property} in body ${message.replace("must", "should")}`);
}

/** As server-side apply says it: https://github.com/kubernetes-sigs/structured-merge-diff/blob/master/typed/validate.go */
function typeMistake(type: string, value: unknown): string {
  if (type === "integer" || type === "number") return `expected numeric (int or float), got ${goType(value)}`;
  if (type === "boolean") return `expected boolean, got ${goType(value)}`;
  if (type === "string")
    return `expected string, got &value.valueUnstructured{Value:${JSON.stringify(value)}}`;
  return `expected ${type === "array" ? "list" : "map"}, got &{${typeof value === "string" ? value : JSON.stringify(value)}}`;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  const types: Readonly<Record<string, string>> = {
    boolean: "bool",
    number: "float64",
    object: "map[string]interface {}",
  };
  return types[typeof value] ?? typeof value;
}
