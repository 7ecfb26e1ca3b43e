import type { PropertyFacts, Rule } from "../schema/model.ts";
import { complaint } from "../schema/rules.ts";
import type { Surroundings } from "./documentation.ts";
import { documentedDefault, documentedRules } from "./documentation.ts";
import type { SdkInput } from "./inputs.ts";
import { argumentsIn, argumentsOf, examplesOf } from "./inputs.ts";
import { specificationOf } from "./names.ts";
import type { SdkType } from "./sdk.ts";
import { sdkTypeOf } from "./sdk.ts";

/** `VPCId`, `vpc_id` and `vpcId` are one name. */
export function normalised(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/**
 * Properties of a type of which the provider's schema is not among our facts: required and output ones by the SDK's class, the rules and
 * defaults that the SDK documents, and which replace by AWS's specification. `undefined` for a type that the SDK does not have.
 */
export function specifiedProperties(token: string): readonly PropertyFacts[] | undefined {
  const type = sdkTypeOf(token);
  if (type === undefined) return undefined;
  const replaces = replacing(token);
  const inputs = new Map(argumentsOf(token).map((input) => [input.name, input]));
  const names = new Set(type.properties.keys());
  const properties = [...type.properties].flatMap(([path, written]) => {
    const [kind, of] = [kindOf(type, path, written), valueOf(written)];
    const settable = { path, kind, type: of };
    const secret = type.secrets.has(path);
    const input = inputs.get(path);
    if (kind === "output" || input === undefined) return [{ ...nothing, ...settable, secret }];
    const own = {
      ...nothing,
      ...settable,
      secret,
      replaces: replaces(settable),
      ...documented(
        { ...input, kind, type: of },
        { token, names, isTop: true, choices: () => choicesFor(path, token) },
      ),
    };
    return [own, ...below(token, own, input.type)];
  });
  return withExamples(token, properties).map((facts) => agreed(facts, properties));
}

/** That one of several is needed counts where each of them says so: what only some say has exceptions. */
function agreed(facts: PropertyFacts, properties: readonly PropertyFacts[]): PropertyFacts {
  const says = (path: string, is: Rule["is"]): boolean =>
    properties.some((one) => one.path === path && one.rules.some((rule) => rule.is === is));
  const isNeeded = ({ is }: Rule): boolean => is === "exactlyOneOf" || is === "atLeastOneOf";
  const isSaidByAll = (rule: Rule): boolean =>
    "with" in rule && rule.with.every((path) => says(path, rule.is));
  return { ...facts, rules: facts.rules.filter((rule) => !isNeeded(rule) || isSaidByAll(rule)) };
}

/** Lists in the documentation err now and then, its examples less: what no list of the name has belongs to one of them. */
function withExamples(token: string, properties: readonly PropertyFacts[]): readonly PropertyFacts[] {
  const examples = examplesOf(token);
  const byName = Map.groupBy(properties, ({ path }) => nameIn(path));
  return properties.map((facts) => {
    const name = nameIn(facts.path);
    const lists = (byName.get(name) ?? []).flatMap(({ rules }) => rules.filter(isList));
    const isListed = (value: string): boolean => lists.some(({ values }) => values.includes(value));
    const given = (examples.get(name) ?? []).filter((value) => !isListed(value));
    const rules = facts.rules.map((rule) =>
      isList(rule) ? { ...rule, values: [...rule.values, ...new Set(given)] } : rule,
    );
    return given.length === 0 ? facts : { ...facts, rules };
  });
}

function isList(rule: Rule): rule is Extract<Rule, { is: "enum" }> {
  return rule.is === "enum";
}

/** `cidrBlocks` of `ingress[].cidrBlocks`. */
function nameIn(path: string): string {
  return path.split(".").at(-1) ?? path;
}

const nothing = { set: false, replaces: false, when: [], rules: [], secret: false } as const;

/** Deeper than this, objects only repeat those that they lie in. */
const deepest = 4;

/** What lies in an object or in a list of objects goes with it: none is secret by itself, and what replaces it replaces for each. */
function below(
  token: string,
  outer: PropertyFacts,
  written: string,
  within: readonly string[] = [],
): readonly PropertyFacts[] {
  if (within.length === deepest || within.includes(written)) return [];
  const inputs = argumentsIn(written);
  const names = new Set(inputs.map(({ name }) => name));
  const prefix = `${outer.path}${written.endsWith("[]") ? "[]" : ""}.`;
  return inputs.flatMap((input) => {
    const settable = { kind: input.required ? "required" : "optional", type: valueOf(input.type) } as const;
    const path = `${prefix}${input.name}`;
    const own: PropertyFacts = {
      ...nothing,
      ...settable,
      path,
      replaces: outer.replaces,
      secret: outer.secret,
      ...documented(
        { ...input, ...settable },
        { token, names, isTop: false, choices: () => choicesFor(path, token) },
      ),
    };
    return [own, ...below(token, own, input.type, [...within, written])];
  });
}

type Input = Pick<SdkInput, "name" | "documentation"> & Pick<PropertyFacts, "kind" | "type">;

function documented(input: Input, around: Surroundings): Pick<PropertyFacts, "set" | "rules" | "default"> {
  const fallback = documentedDefault(input);
  const rules = documentedRules(input, around);
  const isBroken = (rule: Rule): boolean =>
    fallback !== undefined && complaint(rule, input.name, fallback, false) !== undefined;
  const set = isSet(input);
  // Of a list and a default that is not in it one is wrong: neither is trusted.
  if (rules.some(isBroken)) return { set, rules: rules.filter((rule) => !isBroken(rule)) };
  return {
    set,
    rules,
    ...(input.kind === "optional" && fallback !== undefined ? { default: fallback } : {}),
  };
}

/** The values that AWS's specification lists for a property, inside objects too; none where it lists none. */
export function choicesFor(path: string, token: string): readonly string[] {
  const [top = "", ...inner] = path.replaceAll("[]", "").split(".");
  const wanted = aliasesOf(top, typeNameOf(token)).map((name) => comparable([name, ...inner]));
  const listed = [...(specificationOf(token)?.choices ?? [])];
  return listed.find(([name]) => wanted.includes(comparable(name.split("."))))?.[1] ?? [];
}

/** The SDK names in the plural what CloudFormation may name in the singular. */
function comparable(steps: readonly string[]): string {
  return steps.map((step) => normalised(step).replace(/s$/, "")).join(".");
}

/** The SDK declares sets and lists alike. Nearly all are sets in the provider, but for those of which the order is spoken of. */
function isSet({ type, documentation }: Input): boolean {
  return type.startsWith("list(") && !/\b(?:order|ordered|sequence|priority)\b/i.test(documentation);
}

/**
 * A settable property that a program can always read, though nobody must give it, is one that the service decides; except for objects,
 * which the SDK always writes so, and names, which the provider makes up.
 */
function kindOf({ outputs, required }: SdkType, name: string, written: string): PropertyFacts["kind"] {
  if (outputs.has(name)) return "output";
  if (required.has(name)) return "required";
  const left = written.endsWith("| undefined") || written.startsWith("outputs.") || name === "name";
  return left ? "optional" : "filled";
}

/** The TypeScript type in the words of the facts. */
export function valueOf(written: string): string {
  const type = written.replace(/ \| undefined$/, "");
  if (type.endsWith("[]")) return `list(${valueOf(type.slice(0, -2))})`;
  if (type.startsWith("{ [key: string]:")) return "map(string)";
  if (/^(?:in|out)puts\./.test(type)) return "object";
  return type === "number" || type === "boolean" ? type : "string";
}

type Settable = Pick<PropertyFacts, "path" | "kind" | "type">;

/** What nothing can change that was made with it, in any type that was observed. */
const fixed =
  /^(?:region|availabilityZone|accountId|expectedBucketOwner|outpostArn|engine|snapshot(?:Id|Arn|Identifier)|restore\w*|\w*(?:[nN]ame|[iI]dentifier)Prefix)$/;

/**
 * Which properties make a new resource. AWS's specification says so for those that it knows. What it does not know (the provider often
 * has several types where CloudFormation has one) follows what nearly all types do: a change of what something is called or belongs to
 * makes another one, a change of what it says does not. Tags never do, whatever CloudFormation does.
 */
function replacing(token: string): (property: Settable) => boolean {
  const typeName = typeNameOf(token);
  const verdicts = verdictsOf(token, typeName);
  return (property) => {
    const { path } = property;
    if (fixed.test(path)) return true;
    return path !== "tags" && (verdicts.get(normalised(path)) ?? identifies(property, verdicts.size === 0));
  };
}

/** By each name that a property may have. CloudFront keeps all that a thing is in one object: `KeyGroupConfig.Name` is its `name`. */
function verdictsOf(token: string, typeName: string): ReadonlyMap<string, boolean> {
  const wrapper = new RegExp(`^${typeName}Config(?:uration)?\\.`, "i");
  const specified = (specificationOf(token)?.properties ?? []).map(({ path, replaces }) => ({
    name: path.replace(wrapper, ""),
    replaces,
  }));
  const top = specified.filter(({ name }) => !name.includes("."));
  const verdicts = top.flatMap(({ name, replaces }) =>
    aliasesOf(name, typeName).map((alias) => [alias, replaces] as const),
  );
  return new Map(verdicts.reverse());
}

const saysSomething = /(?:polic(?:y|ies)|document|status|state|schedule|data|definition|description|value)$/i;

function identifies({ path, kind, type }: Settable, alone: boolean): boolean {
  if (path === "name") return true;
  if (kind !== "required" || type !== "string") return false;
  return /(?:Id|Arn|Name|Identifier)$/.test(path) || (alone && !saysSomething.test(path));
}

/** `Cluster` of `aws:msk/cluster:Cluster`. */
export function typeNameOf(token: string): string {
  return token.split(":")[2] ?? "";
}

/** Other names of a property: CloudFormation's `ClusterName` of a `Cluster` may be `name` in Pulumi, and its `RestApiId` `restApi`. */
export function aliasesOf(property: string, typeName: string): readonly string[] {
  const [own, type] = [normalised(property), normalised(typeName)];
  const shorter = own.startsWith(type) && own !== type ? [own.slice(type.length)] : [];
  return [own, ...shorter, own.replace(/(?:id|arn|name)s?$/, "")].filter((name) => name !== "");
}
