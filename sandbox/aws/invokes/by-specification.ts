import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isWithheld } from "../../secrets.ts";
import { isRecord, list, same, text } from "../../values.ts";
import { firstNameOf } from "../second-names.ts";
import { resultOf, sdkTypeOf } from "../specification/sdk.ts";
import { fits, only, tagsOf, words } from "./asking.ts";
import type { Invoke, InvokeContext } from "./model.ts";

/** A function that looks for things of one type: `getLoadBalancer`, `getInstances`. */
interface Question {
  /** The resource type that it is about. */
  readonly about: string;
  /** Name of that type: `LoadBalancer`. */
  readonly name: string;
  readonly plural: boolean;
  /** What it answers, by property, with its TypeScript type. */
  readonly result: ReadonlyMap<string, string>;
}

/** Functions that do not have the name of what they look for. */
const otherwiseNamed: Readonly<Record<string, string>> = {
  "aws:ec2/getElasticIp:getElasticIp": "Eip",
  "aws:ec2/getNetworkAcls:getNetworkAcls": "NetworkAcl",
  "aws:rds/getClusterSnapshot:getClusterSnapshot": "ClusterSnapshot",
  "aws:s3/getObject:getObject": "BucketObjectv2",
  "aws:s3/getBucketObject:getBucketObject": "BucketObjectv2",
};

/**
 * Answers a function that looks for things of a type, from what the account has of it and in the form that the SDK declares. What no
 * thing says is answered by nothing of its kind, as the provider does. `undefined` for a function that looks for something else.
 */
export function specifiedInvoke(token: string): Invoke | undefined {
  const question = questionOf(token);
  if (question === undefined) return undefined;
  return question.plural
    ? (context, args) => listOf(question, context, args)
    : (context, args) => singleOf(question, context, args);
}

function questionOf(token: string): Question | undefined {
  const result = resultOf(token);
  const [module = "", asked = ""] = token.replace(/^aws:/, "").split(/\/get|:get/);
  const name = otherwiseNamed[token] ?? asked;
  const about = typeNamed(module, name);
  if (about !== undefined && result.size > 0) return { about, name, plural: false, result };
  const singular = singularOf(name);
  const each = typeNamed(module, singular);
  if (each === undefined || ![...result.values()].includes("string[]")) return undefined;
  return { about: each, name: singular, plural: true, result };
}

function typeNamed(module: string, name: string): string | undefined {
  const type = `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
  return sdkTypeOf(type) === undefined ? undefined : firstNameOf(type);
}

function singularOf(name: string): string {
  return name.replace(/ies$/, "y").replace(/(?<=[sx])es$|(?<!s)s$/, "");
}

function candidates(question: Question, { account, region }: InvokeContext, args: Properties) {
  const { about } = question;
  const all = [...account.all(about, region), ...account.all(about, "global")];
  const asked = Object.entries(args).filter(([, value]) => isSaid(value));
  return all.filter((thing) => asked.every(([name, value]) => fitsOne(thing, question, name, value)));
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

const identifying = /(?:^id|^name|^arn|^alias|^url|Id|Name|Arn|Identifier|^identifier)$/;

/** Whether one argument of a question means this thing; what says how to look, such as `mostRecent`, means every one. */
function fitsOne(thing: Stored, question: Question, name: string, value: unknown): boolean {
  const { state, id, keys } = thing;
  if (name === "tags") return Object.entries(isRecord(value) ? value : {}).every(isTagOf(thing));
  if (name === "filters") return list(value).filter(isRecord).every(passesFilter(thing));
  if (state[name] !== undefined) return same(state[name], value);
  if (identifying.test(name)) return [id, ...keys].includes(words(value));
  return typeof value !== "string" || question.result.get(name) !== "string";
}

function isTagOf(thing: Stored): (tag: readonly [string, unknown]) => boolean {
  const tags = tagsOf(thing);
  return ([key, value]) => tags[key] === value;
}

/** EC2 names its filters after the properties: `vpc-id`, `attachment.vpc-id`. */
function passesFilter(thing: Stored): (filter: Properties) => boolean {
  const tags = tagsOf(thing);
  return ({ name, values }) => {
    const [filter, tag] = [words(name), /^tag:(.*)$/.exec(words(name))?.[1]];
    if (tag !== undefined) return fits(values, tags[tag] ?? "");
    if (filter === "tag-key") return Object.keys(tags).some((key) => fits(values, key));
    const answer = answerTo(thing, filter.split(".").at(-1) ?? "");
    if (answer !== undefined) return fits(values, answer);
    throw new Refusal(
      "UnsupportedFilter",
      `the sandbox does not know the filter ${filter} of ${thing.token}`,
    );
  };
}

const states: Readonly<Record<string, string>> = { state: "available", "instance-state-name": "running" };

function answerTo({ state, id, token }: Stored, filter: string): string | undefined {
  const property = filter.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const type = (token.split(":").at(-1) ?? "").toLowerCase();
  // `group-id` of a security group, `group-name` likewise.
  if (`${type}id`.endsWith(property.toLowerCase())) return id;
  const isOwnName = `${type}name`.endsWith(property.toLowerCase());
  const value = (isOwnName ? state.name : state[property]) ?? states[filter];
  return typeof value === "number" || typeof value === "boolean" ? String(value) : text(value);
}

function singleOf(question: Question, context: InvokeContext, args: Properties): Properties {
  const found = candidates(question, context, args);
  const [newest] = found.toReversed();
  const thing = args.mostRecent === true && newest !== undefined ? newest : only(found, whatOf(question));
  const answers = [...question.result].map(([property, type]): readonly [string, unknown] => [
    property,
    valueOf(thing, context, args, { property, type }),
  ]);
  return Object.fromEntries(answers.filter(([, value]) => value !== undefined));
}

/** `EC2 Internet Gateway`, as the provider calls it. */
function whatOf({ about, name }: Question): string {
  const module = about.split(/[:/]/)[1] ?? "";
  return `${module.toUpperCase()} ${name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ")}`;
}

interface Field {
  readonly property: string;
  readonly type: string;
}

function valueOf(
  thing: Stored,
  { region }: InvokeContext,
  args: Properties,
  { property, type }: Field,
): unknown {
  const own: Properties = { id: thing.id, region, tags: tagsOf(thing) };
  const known = own[property] ?? thing.state[property] ?? args[property];
  if (known === undefined) return identifying.test(property) ? ownName(thing, property) : nothingOf(type);
  if (isWithheld(known)) throw withheld(thing, property);
  return inFormOf(type, known);
}

/** The provider has many a single object in a list of one. */
function inFormOf(type: string, value: unknown): unknown {
  if (type.endsWith("[]")) return Array.isArray(value) ? value : [value];
  return Array.isArray(value) ? list(value)[0] : value;
}

function withheld({ token, id }: Stored, property: string): Refusal {
  return new Refusal(
    "UnsupportedInvoke",
    `the sandbox keeps no secrets: ${property} of ${token} ${id} cannot be asked for`,
  );
}

/** `clusterIdentifier` of a cluster that knows it as its `identifier`, or by its id alone. */
function ownName({ state, id }: Stored, property: string): string {
  const ending = /(?:Id|Name|Arn|Identifier)$/.exec(property)?.[0].toLowerCase() ?? property;
  return words(state[ending] ?? (ending === "arn" ? undefined : id));
}

function nothingOf(type: string): unknown {
  if (type.endsWith("[]")) return [];
  if (type.startsWith("{") || type.startsWith("outputs.")) return {};
  if (type === "boolean") return false;
  return type === "number" ? 0 : "";
}

/** Lists of names: `ids`, `arns`, `privateIps`. */
function listOf(question: Question, context: InvokeContext, args: Properties): Properties {
  const found = candidates(question, context, args);
  const answers = [...question.result].map(([property, type]): readonly [string, unknown] => {
    if (property === "id" || property === "region") return [property, context.region];
    if (args[property] !== undefined) return [property, args[property]];
    if (type !== "string[]") return [property, nothingOf(type)];
    const field = { property: singularOf(property), type: "string" };
    return [property, found.map((thing) => valueOf(thing, context, {}, field)).filter((one) => one !== "")];
  });
  return Object.fromEntries(answers);
}
