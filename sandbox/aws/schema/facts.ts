import { existsSync, readFileSync, readdirSync } from "node:fs";
import { isRecord } from "../../values.ts";
import { specifiedProperties } from "../specification/properties.ts";
import type { Node, PropertyFacts } from "./model.ts";

/**
 * As written in `facts/<service>.json`: token, path, facts. What is left out is `kind: "optional"`, `type: "string"`,
 * `replaces: false`, no exceptions, no rules, no secret.
 */
type FactsFile = Readonly<Record<string, Readonly<Record<string, Partial<PropertyFacts>>>>>;

interface TypeFacts {
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  readonly root: Node;
  /** By path: the paths that may not stand beside it. */
  readonly rivals: ReadonlyMap<string, readonly string[]>;
}

const files = new Map<string, FactsFile>();
const types = new Map<string, TypeFacts | undefined>();

function isFactsFile(value: unknown): value is FactsFile {
  return (
    isRecord(value) &&
    Object.values(value).every((type) => isRecord(type) && Object.values(type).every(isRecord))
  );
}

/** `aws:ec2/subnet:Subnet` is in `facts/ec2.json`. A service is read once, when one of its types is first asked for. */
function fileOf(token: string): FactsFile {
  const service = /^aws:([a-z0-9]+)\//.exec(token)?.[1] ?? "";
  const known = files.get(service);
  if (known !== undefined) return known;
  const url = new URL(`../facts/${service}.json`, import.meta.url);
  const parsed: unknown = service !== "" && existsSync(url) ? JSON.parse(readFileSync(url, "utf8")) : {};
  if (!isFactsFile(parsed)) throw new Error(`${url.pathname} is not a file of facts`);
  files.set(service, parsed);
  return parsed;
}

/** Tokens of all types that were observed, in the order of their services. */
export function observedTypes(): readonly string[] {
  const folder = new URL("../facts/", import.meta.url);
  const services = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
  return services.sort().flatMap((service) => Object.keys(fileOf(`aws:${service}/`)));
}

function complete(path: string, written: Partial<PropertyFacts>): PropertyFacts {
  return {
    kind: "optional",
    type: "string",
    replaces: false,
    when: [],
    rules: [],
    secret: false,
    ...written,
    path,
    set: written.type?.startsWith("set(") ?? false,
  };
}

interface Branch {
  facts?: PropertyFacts;
  children: Map<string, Branch>;
}

function treeOf(properties: ReadonlyMap<string, PropertyFacts>): Node {
  const root: Branch = { children: new Map() };
  for (const facts of properties.values()) {
    let branch = root;
    for (const step of facts.path.split(/\[\]\.|\./)) {
      const next: Branch = branch.children.get(step) ?? { children: new Map<string, Branch>() };
      branch.children.set(step, next);
      branch = next;
    }
    branch.facts = facts;
  }
  return root;
}

function load(token: string): TypeFacts | undefined {
  const found = observed(token) ?? specifiedProperties(token);
  if (found === undefined) return undefined;
  const properties = new Map(found.map((facts) => [facts.path, facts]));
  return { properties, root: treeOf(properties), rivals: rivalsAmong(found) };
}

/** A conflict is one from both sides, though often only one of them says so. */
function rivalsAmong(properties: readonly PropertyFacts[]): TypeFacts["rivals"] {
  const pairs = properties.flatMap(({ path, rules }) =>
    rules.flatMap((rule) => {
      const excludes = rule.is === "conflicts" || rule.is === "exactlyOneOf";
      const others = excludes ? rule.with.filter((other) => other !== path) : [];
      return others.flatMap((other) => [
        { path, other },
        { path: other, other: path },
      ]);
    }),
  );
  const byPath = Map.groupBy(pairs, ({ path }) => path);
  return new Map([...byPath].map(([path, its]) => [path, [...new Set(its.map(({ other }) => other))]]));
}

function observed(token: string): readonly PropertyFacts[] | undefined {
  // The provider has the types of load balancers twice, under both names that AWS has had for them.
  const same = token.replace(/^aws:alb\//, "aws:lb/");
  const written = fileOf(same)[same];
  return written && Object.entries(written).map(([path, facts]) => complete(path, facts));
}

function typeOf(token: string): TypeFacts | undefined {
  if (!types.has(token)) types.set(token, load(token));
  return types.get(token);
}

/**
 * What the provider's schema says about a type, by path: as observed, and otherwise as far as the SDK and AWS's specification tell.
 * `undefined` for a type that the SDK does not have.
 */
export function factsOf(token: string): ReadonlyMap<string, PropertyFacts> | undefined {
  return typeOf(token)?.properties;
}

/** Properties that may not stand beside this one, by path. */
export function rivalsOf(token: string, path: string): readonly string[] {
  return typeOf(token)?.rivals.get(path) ?? [];
}

/** The same as a tree, to walk along values. A type without facts has an empty one. */
export function schemaOf(token: string): Node {
  return typeOf(token)?.root ?? { children: new Map() };
}

/** Names of the top-level properties that the service answers or may fill in: unknown in a preview unless given. */
export function outputsOf(token: string): readonly string[] {
  return [...schemaOf(token).children]
    .filter(([, { facts }]) => facts?.kind === "output" || facts?.kind === "filled")
    .map(([name]) => name);
}
