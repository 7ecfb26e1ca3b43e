import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileOf, sdkRoot } from "./sdk.ts";

/** One input of a type, or of an object inside one, as the SDK declares and documents it. */
export interface SdkInput {
  readonly name: string;
  readonly required: boolean;
  /** The TypeScript type without what makes it an input: `string[]`, `inputs.codebuild.ProjectCache`. */
  readonly type: string;
  /** In one line; empty where there is none. */
  readonly documentation: string;
}

const none: readonly SdkInput[] = [];
const byToken = new Map<string, readonly SdkInput[]>();
const byObject = new Map<string, readonly SdkInput[]>();

/** The arguments of one type; empty for a type that the SDK does not have. */
export function argumentsOf(token: string): readonly SdkInput[] {
  const known = byToken.get(token) ?? argumentsFrom(token);
  byToken.set(token, known);
  return known;
}

function argumentsFrom(token: string): readonly SdkInput[] {
  return declared(declarationOf(token), `${token.split(":")[2] ?? ""}Args`, "");
}

function declarationOf(token: string): string {
  const file = fileOf(token);
  return file !== undefined && existsSync(`${file}.d.ts`) ? readFileSync(`${file}.d.ts`, "utf8") : "";
}

/** Words that the documented examples of a type give to its properties, by their names at whatever depth. */
export function examplesOf(token: string): ReadonlyMap<string, readonly string[]> {
  const made = new RegExp(
    `new aws\\.[\\w.]+\\.${token.split(":")[2] ?? ""}\\("[^"]*", \\{([^]*?)\\}\\);`,
    "g",
  );
  const given = [...declarationOf(token).matchAll(made)].map(([, inputs = ""]) => inputs).join("\n");
  const found = [...given.matchAll(/\b(\w+): "([\w.:-]+)"/g)];
  const byName = Map.groupBy(found, ([, name = ""]) => name);
  return new Map([...byName].map(([name, its]) => [name, its.flatMap(([, , value]) => value ?? [])]));
}

/** What an object among the arguments takes: that of `inputs.codebuild.ProjectCache`, or of a list of them. */
export function argumentsIn(type: string): readonly SdkInput[] {
  const [, space, name] = /^inputs\.(\w+)\.(\w+)(?:\[\])?$/.exec(type) ?? [];
  if (space === undefined || name === undefined) return none;
  const object = `${space}.${name}`;
  const known = byObject.get(object) ?? declared(spaces().get(space) ?? "", name, "    ");
  byObject.set(object, known);
  return known;
}

let bySpace: ReadonlyMap<string, string> | undefined;

/** The SDK declares the objects of all modules in one file of 6 MB, a namespace each. */
function spaces(): ReadonlyMap<string, string> {
  if (bySpace === undefined) {
    const all = readFileSync(join(sdkRoot, "types/input.d.ts"), "utf8").split("\nexport declare namespace ");
    bySpace = new Map(all.map((space) => [space.slice(0, space.indexOf(" ")), space]));
  }
  return bySpace;
}

function declared(code: string, name: string, indent: string): readonly SdkInput[] {
  const start = code.search(new RegExp(`^${indent}(?:export )?interface ${name} \\{$`, "m"));
  if (start < 0) return none;
  const body = code.slice(start, code.indexOf(`\n${indent}}`, start) + 1);
  const property = new RegExp(
    `(?:^${indent}    /\\*\\*\\n((?:${indent}     \\*.*\\n)*?)${indent}     \\*/\\n)?^${indent}    (\\w+)(\\??): ([^]*?);$`,
    "gm",
  );
  return [...body.matchAll(property)].map(([, comment = "", input = "", optional, type = ""]) => ({
    name: input,
    required: optional !== "?",
    type: plain(type),
    documentation: comment
      .replaceAll(/^\s*\* ?/gm, "")
      .replaceAll(/\s+/g, " ")
      .trim(),
  }));
}

function plain(type: string): string {
  return type
    .replaceAll(/pulumi\.Input<|>| \| undefined/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
}
