import { existsSync, readFileSync } from "node:fs";
import { isRecord } from "../../values.ts";
import type { Node, PropertyFacts } from "./model.ts";

/**
 * As written in `facts/<service>.json`: token, path, facts. What is left out is `kind: "optional"`, `type: "string"`,
 * `replaces: false`, no exceptions, no rules, no secret.
 */
type FactsFile = Readonly<Record<string, Readonly<Record<string, Partial<PropertyFacts>>>>>;

interface TypeFacts {
  readonly properties: ReadonlyMap<string, PropertyFacts>;
  readonly root: Node;
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
  const written = fileOf(token)[token];
  if (written === undefined) return undefined;
  const properties = new Map(Object.entries(written).map(([path, facts]) => [path, complete(path, facts)]));
  return { properties, root: treeOf(properties) };
}

function typeOf(token: string): TypeFacts | undefined {
  if (!types.has(token)) types.set(token, load(token));
  return types.get(token);
}

/** What the provider's schema says about a type, by path; `undefined` for a type it does not describe. */
export function factsOf(token: string): ReadonlyMap<string, PropertyFacts> | undefined {
  return typeOf(token)?.properties;
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
