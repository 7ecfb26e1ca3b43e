import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";

/** TOML of a record, as https://toml.io/en/v1.0.0 has it: what is no table comes first, each table after it under its whole path. */
export function toml(record: Properties, path: readonly string[] = []): string {
  const entries = Object.entries(record).filter(([, value]) => value !== undefined);
  const plain = entries.flatMap(([key, value]) =>
    isRecord(value) ? [] : [`${keyOf(key)} = ${write(value)}`],
  );
  const heading = path.length > 0 && (plain.length > 0 || entries.length === 0);
  const own = [...(heading ? [`[${path.map(keyOf).join(".")}]`] : []), ...plain];
  const tables = entries.flatMap(([key, value]) => (isRecord(value) ? [toml(value, [...path, key])] : []));
  return [...(own.length > 0 ? [`${own.join("\n")}\n`] : []), ...tables].join("\n");
}

function keyOf(key: string): string {
  return /^[\w-]+$/.test(key) ? key : JSON.stringify(key);
}

function write(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(write).join(", ")} ]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${keyOf(key)} = ${write(field)}`);
  return `{ ${fields.join(", ")} }`;
}
