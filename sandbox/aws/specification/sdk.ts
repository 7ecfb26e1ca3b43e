import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the class of `@pulumi/aws` says about a type: https://www.pulumi.com/registry/packages/aws/api-docs/ */
export interface SdkType {
  readonly token: string;
  /** Properties by name, with the TypeScript type of what a program reads. */
  readonly properties: ReadonlyMap<string, string>;
  readonly required: ReadonlySet<string>;
  /** Properties that a program cannot give. */
  readonly outputs: ReadonlySet<string>;
  readonly secrets: ReadonlySet<string>;
  /** Example of an id, as an import takes it, and the sentence before it; unset where none is documented. */
  readonly imported?: { readonly example: string; readonly sentence: string };
}

/** The folder of the package. */
export const sdkRoot = dirname(createRequire(import.meta.url).resolve("@pulumi/aws/package.json"));
const known = new Map<string, SdkType | undefined>();

/** Reads the class of one type; `undefined` for a type that the SDK does not have. */
export function sdkTypeOf(token: string): SdkType | undefined {
  if (!known.has(token)) known.set(token, load(token));
  return known.get(token);
}

function load(token: string): SdkType | undefined {
  const file = fileOf(token);
  if (file === undefined) return undefined;
  const code = readFileSync(`${file}.js`, "utf8");
  if (!code.includes(`__pulumiType = '${token}'`)) return undefined;
  const imported = importOf(code, token);
  return {
    token,
    properties: propertiesOf(readFileSync(`${file}.d.ts`, "utf8")),
    required: new Set(named(code, /Missing required property '(\w+)'/g)),
    outputs: new Set(named(code, /resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)),
    secrets: new Set(named(/additionalSecretOutputs: \[([^\]]*)\]/.exec(code)?.[1] ?? "", /"(\w+)"/g)),
    ...(imported === undefined ? {} : { imported }),
  };
}

/** The index of a folder says which file a class is in, without its ending: `aws:msk/cluster:Cluster` in `msk/cluster.js`. */
export function fileOf(token: string): string | undefined {
  const [, folder, name] = /^aws:([a-z0-9]+)\/\w+:(\w+)$/.exec(token) ?? [];
  if (folder === undefined || name === undefined) return undefined;
  const file = new RegExp(`\\["${name}"\\], \\(\\) => require\\("\\./(\\w+)"\\)`).exec(indexOf(folder))?.[1];
  return file === undefined ? undefined : join(sdkRoot, folder, file);
}

function indexOf(folder: string): string {
  const index = join(sdkRoot, folder, "index.js");
  return existsSync(index) ? readFileSync(index, "utf8") : "";
}

function named(code: string, pattern: RegExp): readonly string[] {
  return [...code.matchAll(pattern)].flatMap(([, name]) => name ?? []);
}

function propertiesOf(declaration: string): ReadonlyMap<string, string> {
  const found = declaration.matchAll(/^ {4}readonly (\w+): pulumi\.Output<([^]*?)>;$/gm);
  return new Map([...found].map(([, name = "", type = ""]) => [name, type.replaceAll(/\s+/g, " ")]));
}

/** The last example stands for the most complete form of the id. */
function importOf(code: string, token: string): SdkType["imported"] {
  const documentation = code.slice(0, code.indexOf("\nclass "));
  const at = documentation.lastIndexOf(`pulumi import ${token} `);
  if (at < 0) return undefined;
  const [, example] = /^\S+ \S+ \S+ \S+ (\S+)/.exec(documentation.slice(at)) ?? [];
  const sentences = documentation.slice(0, at).split("\n").reverse();
  const sentence = sentences.find((line) => line.includes("using")) ?? "";
  return example === undefined ? undefined : { example: example.replaceAll(/^["']|["']$/g, ""), sentence };
}

/** What a function of the SDK answers, by property, with its TypeScript type; empty for a function that it does not have. */
export function resultOf(token: string): ReadonlyMap<string, string> {
  const [, folder = "", name = ""] = /^aws:([a-z0-9]+)\/(get\w+):get\w+$/.exec(token) ?? [];
  const file = join(sdkRoot, folder, `${name}.d.ts`);
  const declaration = name !== "" && existsSync(file) ? readFileSync(file, "utf8") : "";
  const start = declaration.indexOf(`\nexport interface ${name.replace(/^g/, "G")}Result {`);
  const body = start < 0 ? "" : declaration.slice(start, declaration.indexOf("\n}", start));
  const found = body.matchAll(/^ {4}readonly (\w+)\??: ([^]*?);$/gm);
  return new Map([...found].map(([, property = "", type = ""]) => [property, type.replaceAll(/\s+/g, " ")]));
}

/** Tokens of every resource type that the SDK has, in the order of their names. */
export function sdkTokens(): readonly string[] {
  const folders = readdirSync(sdkRoot, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.flatMap(({ name }) => named(indexOf(name), /case "(aws:[^"]+)":/g)).sort();
}

/** Fields of an object that a program reads, with their types: those of `outputs.dax.ClusterNode`. */
export function fieldsOf(type: string): ReadonlyMap<string, string> {
  const [, folder, name] = /^outputs\.(\w+)\.(\w+)$/.exec(type) ?? [];
  const declared = folder === undefined ? "" : (declarations().get(folder) ?? "");
  const start = declared.indexOf(`\n    interface ${name ?? ""} {`);
  const body = start < 0 ? "" : declared.slice(start, declared.indexOf("\n    }", start));
  const fields = body.matchAll(/^ {8}(\w+)\??: ([^]*?);$/gm);
  return new Map([...fields].map(([, field = "", of = ""]) => [field, of.replaceAll(/\s+/g, " ")]));
}

let byFolder: ReadonlyMap<string, string> | undefined;

/** The SDK declares the objects of all modules in one file of 5 MB, a namespace each. */
function declarations(): ReadonlyMap<string, string> {
  if (byFolder === undefined) {
    const spaces = readFileSync(join(sdkRoot, "types/output.d.ts"), "utf8").split(
      "\nexport declare namespace ",
    );
    byFolder = new Map(spaces.map((space) => [space.slice(0, space.indexOf(" ")), space]));
  }
  return byFolder;
}
