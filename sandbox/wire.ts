import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import type { Properties } from "./model.ts";
import { outputSignature, secretSignature, signatureKey } from "./signatures.ts";
import { UNKNOWN, isRecord } from "./values.ts";

/** The secret strings of one request. They are known while it is answered, and never kept. */
export type Secrets = Set<string>;

/** Reads what the engine sent as plain values, and notes in `secrets` every string that is secret. */
export function decode(message: Struct | undefined, secrets: Secrets): Properties {
  const values = plain(message?.toJavaScript() ?? {}, secrets);
  return isRecord(values) ? values : {};
}

/** The same for values that are JavaScript's already. */
export function plain(value: unknown, secrets: Secrets, secret = false): unknown {
  if (Array.isArray(value)) return value.map((item) => plain(item, secrets, secret));
  if (isRecord(value)) return plainRecord(value, secrets, secret);
  if (secret && typeof value === "string" && value !== "" && value !== UNKNOWN) secrets.add(value);
  return value;
}

function plainRecord(record: Properties, secrets: Secrets, secret: boolean): unknown {
  switch (record[signatureKey]) {
    case secretSignature:
      return plain(record.value, secrets, true);
    case outputSignature:
      return plain(record.value, secrets, secret || record.secret === true);
    default:
      return Object.fromEntries(
        Object.entries(record).map(([key, item]) => [key, plain(item, secrets, secret)]),
      );
  }
}

/** Writes plain values for the engine; every string of `secrets` is marked as secret wherever it stands. */
export function encode(properties: Properties, secrets: Secrets): Struct {
  const sealed = seal(properties, secrets);
  return struct.Struct.fromJavaScript(isRecord(sealed) ? asObject(sealed) : {});
}

function seal(value: unknown, secrets: Secrets): JavaScriptValue {
  if (typeof value === "string") {
    return secrets.has(value) ? { [signatureKey]: secretSignature, value } : value;
  }
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map((item) => seal(item, secrets));
  return isRecord(value) ? asObject(value, secrets) : null;
}

function asObject(value: Properties, secrets: Secrets = new Set()): Record<string, JavaScriptValue> {
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, seal(item, secrets)]));
}
