import { z } from "zod";

import { words } from "./words.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/** One setting, as a table has it. */
export interface Setting {
  /** From the top; `<name>` stands for a name of one's own, `[]` for each entry of a list. */
  readonly path: string;
  /** What it may be, as Markdown. */
  readonly allowed: string;
  /** What holds where it is left out. `undefined` where nothing does. */
  readonly fallback: unknown;
  /** True where it may not be left out. */
  readonly required: boolean;
  /** What its author says of it. @default "" */
  readonly description: string;
}

/**
 * Every setting that a schema knows, groups before what is in them. A group that has the same settings as an earlier one is named
 * once more, but what is in it is not.
 */
export function listSettings(schema: z.ZodType, path: string): readonly Setting[] {
  const described = z.toJSONSchema(schema, { io: "input", unrepresentable: "any", override: addRule });
  return collect(described, { path, required: true, seen: new Map() });
}

interface Place {
  readonly path: string;
  readonly required: boolean;
  /** Paths of groups by what is in them. */
  readonly seen: Map<string, string>;
}

function collect(schema: Schema, place: Place): readonly Setting[] {
  const { path } = place;
  const groups = groupsIn(schema, path);
  const twin = groups.length > 0 ? twinOf(groups, place) : undefined;
  if (twin !== undefined) return [describe(schema, place, `as \`${twin}\``)];

  const isPlainGroup = schema.properties !== undefined && place.required && schema.description === undefined;
  const own = isPlainGroup ? [] : [describe(schema, place, words(schema))];
  return [...own, ...groups.flatMap((one) => inside(one, place))];
}

function describe(schema: Schema, { path, required }: Place, allowed: string): Setting {
  return { path, allowed, fallback: schema.default, required, description: schema.description ?? "" };
}

/** The path of an earlier setting with the same settings in it. */
function twinOf(groups: readonly Group[], { path, seen }: Place): string | undefined {
  const content = JSON.stringify(groups.map(({ group }) => [group.properties, group.additionalProperties]));
  const twin = seen.get(content);
  if (twin === undefined) seen.set(content, path);
  return twin;
}

interface Group {
  readonly group: Schema;
  readonly path: string;
}

/** What of a setting holds further settings: itself, its entries, or those of its forms that do. */
function groupsIn(schema: Schema, path: string): readonly Group[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap((form) => groupsIn(form, path));
  if (isSchema(schema.items)) return groupsIn(schema.items, `${path}[]`);
  return schema.type === "object" && holdsGroups(schema) ? [{ group: schema, path }] : [];
}

/** A map of single values is one setting, not a group of them. */
function holdsGroups({ properties, additionalProperties }: Schema): boolean {
  return (
    properties !== undefined ||
    (isSchema(additionalProperties) && groupsIn(additionalProperties, "").length > 0)
  );
}

function inside({ group, path }: Group, { seen }: Place): readonly Setting[] {
  const { properties = {}, required = [], additionalProperties } = group;
  const named = Object.entries(properties).flatMap(([key, inner]) =>
    isSchema(inner) ? collect(inner, { path: `${path}.${key}`, required: required.includes(key), seen }) : [],
  );
  return isSchema(additionalProperties)
    ? [...named, ...insideNamed(additionalProperties, { path: `${path}.<name>`, required: false, seen })]
    : named;
}

/** What has a name of one's own is no setting of its own where it is a group. */
function insideNamed(schema: Schema, place: Place): readonly Setting[] {
  const groups = groupsIn(schema, place.path);
  return groups.length > 0 ? groups.flatMap((one) => inside(one, place)) : collect(schema, place);
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** No text and no name that any rule allows. */
const impossible = "\0";

/** JSON Schema knows a rule's pattern; the schema knows what its author says to whoever breaks it. */
function addRule({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: Schema }): void {
  if (jsonSchema.type !== "string" && jsonSchema.propertyNames === undefined) return;
  const broken = jsonSchema.type === "string" ? impossible : { [impossible]: impossible };
  const { error } = z.core.safeParse(zodSchema, broken);
  const rules = (error?.issues ?? []).flatMap(({ code, message }) =>
    (code === "invalid_format" || code === "invalid_key" || code === "custom") &&
    !message.startsWith("Invalid")
      ? [message]
      : [],
  );
  if (rules.length > 0) jsonSchema.rule = rules.join(" and ");
}
