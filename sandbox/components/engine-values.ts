import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "../model.ts";
import { outputSignature, resourceSignature, secretSignature, signatureKey } from "../signatures.ts";
import { UNKNOWN, isRecord, list } from "../values.ts";
import { given } from "./plan.ts";

/** A resource as a value. Components have no id. */
export interface Reference {
  readonly [signatureKey]: typeof resourceSignature;
  readonly urn: string;
  readonly id?: string;
}

/** A resource as a value. */
export function reference(urn: string, id?: string): Reference {
  const bare = { [signatureKey]: resourceSignature, urn } as const;
  return id === undefined ? bare : { ...bare, id };
}

/** True for a resource as a value. */
export function isReference(value: unknown): value is Reference {
  return isRecord(value) && value[signatureKey] === resourceSignature && typeof value.urn === "string";
}

/** A value with the mark of a secret around it. */
export interface Secret {
  readonly [signatureKey]: typeof secretSignature;
  readonly value: unknown;
}

/** True for a value with the mark of a secret around it. */
export function isSecret(value: unknown): value is Secret {
  return isRecord(value) && value[signatureKey] === secretSignature;
}

/** Marks a value as secret; `undefined` and what is secret already stay as they are. */
export function secret(value: unknown): unknown {
  return value === undefined || isSecret(value) ? value : { [signatureKey]: secretSignature, value };
}

/** The value without any mark of a secret in it, and whether there was one. */
export function unseal(value: unknown): { readonly value: unknown; readonly secret: boolean } {
  if (isSecret(value)) return { value: unseal(value.value).value, secret: true };
  if (Array.isArray(value)) {
    const items = value.map(unseal);
    return { value: items.map((item) => item.value), secret: items.some((item) => item.secret) };
  }
  if (!isRecord(value)) return { value, secret: false };
  const entries = Object.entries(value).map(([key, item]) => [key, unseal(item)] as const);
  return {
    value: Object.fromEntries(entries.map(([key, item]) => [key, item.value])),
    secret: entries.some(([, item]) => item.secret),
  };
}

/**
 * A component's arguments as the engine sends them: an output becomes a node that keeps what it depends on. `dependencies` are the
 * URNs that the engine lists for each argument; they count where the argument does not say more precisely itself.
 */
export function readArguments(
  sent: Properties,
  dependencies: ReadonlyMap<string, readonly string[]>,
): Properties {
  return Object.fromEntries(
    Object.entries(sent).map(([name, value]) => {
      const urns = dependencies.get(name) ?? [];
      const precise = urns.length === 0 || holdsOutput(value) || isReferenceTo(value, urns);
      return [name, precise ? readOutputs(value) : given(readOutputs(value), urns)];
    }),
  );
}

function isReferenceTo(value: unknown, urns: readonly string[]): boolean {
  return isReference(value) && urns.every((urn) => urn === value.urn);
}

function holdsOutput(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsOutput);
  return (
    isRecord(value) && (value[signatureKey] === outputSignature || Object.values(value).some(holdsOutput))
  );
}

function readOutputs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readOutputs);
  if (!isRecord(value)) return value;
  if (value[signatureKey] !== outputSignature) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readOutputs(item)]));
  }
  const inner = "value" in value ? readOutputs(value.value) : UNKNOWN;
  const urns = list(value.dependencies).filter((urn) => typeof urn === "string");
  const sealed = value.secret === true ? secret(inner) : inner;
  return urns.length === 0 ? sealed : given(sealed, urns);
}

/** Plain values as a message. */
export function toMessage(properties: Properties): Struct {
  return struct.Struct.fromJavaScript(toObject(properties));
}

function toObject(properties: Properties): Record<string, JavaScriptValue> {
  const defined = Object.entries(properties).filter(([, value]) => value !== undefined);
  return Object.fromEntries(defined.map(([key, value]) => [key, toValue(value)]));
}

function toValue(value: unknown): JavaScriptValue {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(toValue);
  return isRecord(value) ? toObject(value) : null;
}

/** A message as plain values. */
export function fromMessage(message: Struct | undefined): Properties {
  const value: unknown = message?.toJavaScript();
  return isRecord(value) ? value : {};
}
