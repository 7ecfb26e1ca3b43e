import type { Properties } from "../../model.ts";
import { text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { uuidOf } from "../uuid.ts";
import { arnOf } from "./arns.ts";
import { formedId } from "./forms.ts";
import { specificationOf } from "./names.ts";
import { aliasesOf, normalised, typeNameOf } from "./properties.ts";
import type { SdkType } from "./sdk.ts";

/** What an id looks like, by the example with which the provider documents the import; the first that fits. */
const shapes: readonly (readonly [RegExp, (context: Context<Properties>, example: string) => string])[] = [
  [/^\d{12}$/, ({ accountId }) => accountId],
  [/^[a-z]{2}(?:-[a-z]+)+-\d$/, ({ region }) => region],
  [
    /^(?:[a-z]+-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-z]{7,16}$/i,
    ({ hex }, example) => `${/^[a-z]+-(?=[0-9a-f]{8}-)/i.exec(example)?.[0] ?? ""}${uuidOf(hex(32, "id"))}`,
  ],
  [
    /^[a-z]+(?:-[a-z]+)*-(?=[0-9a-f]*\d)[0-9a-f]{6,17}$/,
    (context, example) => prefixed(context, example, 17),
  ],
  [
    /^[a-z]+-(?=.*\d)[a-z0-9]{8,}$/,
    (context, example) => prefixed(context, example, example.split("-")[1]?.length),
  ],
  [/^(?=.*\d)[A-Z0-9]{8,}$/, ({ hex }, example) => hex(example.length, "id").toUpperCase()],
  [/^(?=.*\d)[a-z0-9]{8,}$/, ({ hex }, example) => hex(example.length, "id")],
  [/^\d+$/, ({ hex }) => String(Number.parseInt(hex(8, "id"), 16))],
];

function prefixed({ hex }: Context<Properties>, example: string, length = 8): string {
  return `${example.slice(0, example.lastIndexOf("-"))}-${hex(length, "id")}`;
}

/** The id of a new resource, as the provider makes it: in a form that is told, or an ARN, a made-up id, a name, or several of its properties joined. */
export function idOf(type: SdkType, context: Context<Properties>): string {
  return formedId(type.token, context) ?? documentedId(type, context);
}

function documentedId(type: SdkType, context: Context<Properties>): string {
  const example = type.imported?.example ?? "";
  const parts = partsOf(type);
  if (parts.length > 1) return joined(type, context, parts);
  if (/^arn:[^,|]+$/.test(example))
    return ownerArn(type, context) ?? arnOf(type, context, ownName(type, context));
  const documented = parts.map((part) => (type.outputs.has(part) ? undefined : text(context.inputs[part])));
  return documented[0] ?? shaped(example, context) ?? otherwise(type, context);
}

/** A policy and its like have no ARN of their own: they go by that of what they are for. */
function ownerArn({ outputs, required }: SdkType, { inputs }: Context<Properties>): string | undefined {
  if (outputs.has("arn")) return undefined;
  const owner = [...required].find((name) => name.endsWith("Arn"));
  return owner === undefined ? undefined : text(inputs[owner]);
}

/** An example that speaks of a name is one; what else has no form that could be told goes by what AWS's specification says. */
function otherwise(type: SdkType, context: Context<Properties>): string {
  const named = /name/i.test(type.imported?.example ?? "") ? nameOf(type, context.inputs) : undefined;
  return named ?? identifierOf(type, context) ?? ownName(type, context);
}

/** AWS's specification tells by which property a type is known: one of the inputs, or one that the service makes up. */
function identifierOf({ token }: SdkType, context: Context<Properties>): string | undefined {
  const identifier = specificationOf(token)?.identifier ?? [];
  if (identifier.length !== 1) return undefined;
  const wanted = identifier.flatMap((name) => aliasesOf(name, typeNameOf(token)));
  const given = Object.entries(context.inputs).find(([name]) => wanted.includes(normalised(name)));
  return text(given?.[1]) ?? (identifier[0]?.endsWith("Id") === true ? context.hex(10, "id") : undefined);
}

function shaped(example: string, context: Context<Properties>): string | undefined {
  const found = shapes.find(([shape]) => shape.test(example));
  return found?.[1](context, example);
}

/** Properties that the documentation of the import names, in order: "using the `restApiId/resourceId`", "using the `clusterName`". */
export function partsOf({ imported, properties }: SdkType): readonly string[] {
  const [, words = ""] = /using(.*)$/.exec(imported?.sentence ?? "") ?? [];
  const names = new Map([...properties.keys(), "id"].map((name) => [normalised(name), name]));
  return [...words.matchAll(/`([^`]+)`/g)]
    .flatMap(([, quoted = ""]) => quoted.split(/[^\w-]+/))
    .flatMap((word) => names.get(normalised(word)) ?? []);
}

const separators = [",", "|", "/", ":", "_", "-"];

/** The example's separator tells how they are joined; an example that has no such form counts for its shape only. */
function joined(type: SdkType, context: Context<Properties>, parts: readonly string[]): string {
  const { example = "" } = type.imported ?? {};
  const sentence = type.imported?.sentence ?? "";
  const told = [/\(`([^`])`\)/, /`[\w-]+([^\w`-])[\w-]+/].flatMap((form) => form.exec(sentence)?.[1] ?? []);
  const separator = [...told, ...separators].find((one) => example.split(one).length === parts.length);
  if (separator === undefined) return shaped(example, context) ?? ownName(type, context);
  const examples = example.split(separator);
  const values = parts.map(
    (part, index) =>
      text(context.inputs[part]) ?? shaped(examples[index] ?? "", context) ?? context.hex(10, part),
  );
  return values.join(separator);
}

/** What the resource is called: its `name`, or `clusterName` of a cluster; made up where it has none. */
export function ownName(type: SdkType, context: Context<Properties>): string {
  return nameOf(type, context.inputs) ?? context.hex(12, "id");
}

/** The physical name among the inputs, if there is one. */
export function nameOf({ token }: SdkType, inputs: Properties): string | undefined {
  const property = namesIn(token).find((name) => text(inputs[name]) !== undefined);
  return property === undefined ? undefined : text(inputs[property]);
}

/** Where the physical name of a type may stand: for a `ReplicationGroup` in `name`, `replicationGroupName` or `groupName`. */
export function namesIn(token: string): readonly string[] {
  const words = typeNameOf(token).match(/[A-Z][^A-Z]*/g) ?? [];
  const endings = words.map((_, index) => words.slice(index).join(""));
  return ["name", ...endings.map((ending) => `${ending.charAt(0).toLowerCase()}${ending.slice(1)}Name`)];
}
