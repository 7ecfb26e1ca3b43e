import type { z } from "zod";

import { codes, text } from "./markdown.ts";

type Schema = z.core.JSONSchema.BaseSchema;

const byType: Readonly<Record<string, (schema: Schema) => string>> = {
  boolean: () => "`true` or `false`",
  integer: number,
  number,
  array: list,
  object: group,
  string,
};

/** What a setting may be, in words, as Markdown: `20 to 65536`, `` `single`, `perZone` ``, `list: a country code`. */
export function words(schema: Schema): string {
  if (schema.anyOf !== undefined) return anyOf(schema.anyOf);
  if (schema.const !== undefined) return choices([schema.const]);
  if (schema.enum !== undefined) return choices(schema.enum);
  const ofType = typeof schema.type === "string" ? byType[schema.type] : undefined;
  return ofType?.(schema) ?? "anything";
}

/** A text whose rule names the other forms already, as in `none or a domain`, speaks for them. */
function anyOf(forms: readonly Schema[]): string {
  const single = forms.map((form) => form.const);
  if (single.every((value) => value !== undefined)) return choices(single);
  const rules = forms.flatMap(({ rule }) => (typeof rule === "string" ? [withoutVerb(rule)] : []));
  const named = (form: Schema): boolean =>
    rules.some((rule) => form.const !== undefined && rule.startsWith(`${String(form.const)} or `));
  const spoken = forms.filter((form) => !named(form)).map(words);
  return [...new Set(spoken)].join(" or ");
}

function choices(values: readonly unknown[]): string {
  if (values.every((value) => typeof value === "string")) return codes(values);
  return values.map(String).join(", ");
}

function number({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): string {
  const [least, most] = [limit(minimum), limit(maximum)];
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  const bounds = [
    bound("more than", limit(exclusiveMinimum)),
    bound("at least", least),
    bound("less than", limit(exclusiveMaximum)),
    bound("at most", most),
  ].flat();
  const kind = type === "integer" ? "whole number" : "number";
  return bounds.length === 0 ? kind : bounds.join(", ");
}

/** A bound that is only that of whole numbers in JavaScript says nothing. */
function limit(value: unknown): number | undefined {
  return typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
}

function bound(word: string, value: number | undefined): readonly string[] {
  return value === undefined ? [] : [`${word} ${value}`];
}

function list({ items, minItems, maxItems }: Schema): string {
  const size = ["list", ...bound("at least", minItems), ...bound("at most", maxItems)].join(", ");
  return typeof items === "object" && !Array.isArray(items) ? `${size}: ${words(items)}` : size;
}

function group({ properties, additionalProperties, rule }: Schema): string {
  if (properties !== undefined || typeof additionalProperties !== "object") return "group";
  const names = typeof rule === "string" ? ` (${text(withoutVerb(rule))})` : "";
  return `by name${names}: ${words(additionalProperties)}`;
}

const formats: Readonly<Record<string, string>> = {
  cidrv4: "IPv4 block, such as 10.0.0.0/16",
  email: "e-mail address",
};

function string({ rule, format, minLength, maxLength }: Schema): string {
  const kind =
    typeof rule === "string" ? text(withoutVerb(rule)) : (formats[format ?? ""] ?? format ?? "text");
  const least = minLength === undefined || minLength < 2 ? undefined : minLength;
  const length = [...bound("at least", least), ...bound("at most", maxLength)].map(
    (part) => `${part} characters`,
  );
  return [kind, ...length].join(", ");
}

/** `name must be letters` and `must be letters` both say `letters`. */
function withoutVerb(rule: string): string {
  return rule.replace(/^(\w+ )?must be /, "");
}
