import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { parse, stringify } from "yaml";

import { isRecord, text } from "../../sandbox/values.ts";

/** The stacks of this repository, from the smallest to the one that counts. */
export const stackNames = ["dev", "staging", "prod"] as const;

/** The name of a stack. */
export type StackName = (typeof stackNames)[number];

/** One value for each stack. */
export type PerStack<T> = Readonly<Record<StackName, T>>;

/** Settings as they stand in a file, by component. */
export type Settings = Readonly<Record<string, unknown>>;

/** One value for each stack, made from its name. */
export function perStack<T>(make: (stack: StackName) => T): PerStack<T> {
  return { dev: make("dev"), staging: make("staging"), prod: make("prod") };
}

/** The values in the order of the stacks. */
export function inOrder<T>(values: PerStack<T>): readonly T[] {
  return stackNames.map((stack) => values[stack]);
}

/** The settings in a stack's own file. */
export function readSettings(root: string, stack: StackName): Settings {
  return ownConfig(resolve(root, `Pulumi.${stack}.yaml`));
}

/** What `Pulumi.yaml` says each component's settings are about. */
export function readDescriptions(root: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(ownConfig(resolve(root, "Pulumi.yaml"))).map(([component, entry]) => [
      component,
      isRecord(entry) ? (text(entry.description) ?? "") : "",
    ]),
  );
}

/** The project's own part of a file's `config`, without the prefix. */
function ownConfig(file: string): Settings {
  const document: unknown = parse(readFileSync(file, "utf8"));
  const config = isRecord(document) && isRecord(document.config) ? document.config : {};
  return Object.fromEntries(
    Object.entries(config).flatMap(([key, value]) =>
      key.startsWith("groundwork:") ? [[key.slice("groundwork:".length), value] as const] : [],
    ),
  );
}

/** The single values in a tree of settings by path: `cluster.endpoint.access`. A list is one value unless it holds groups. */
export function flatten(value: unknown, path = ""): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value) && value.some(isRecord)) {
    return value.flatMap((item: unknown, index) => flatten(item, `${path}[${index}]`));
  }
  if (!isRecord(value) || Object.keys(value).length === 0) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(inner, path === "" ? key : `${path}.${key}`),
  );
}

/** A value as the file would have it, in one line; nothing for no value. */
export function inYaml(value: unknown): string {
  return value === undefined
    ? ""
    : stringify(value, { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 }).trim();
}

/** A text in one line, cut where a table has no room for it. `longest` is in characters. */
export function shortly(whole: string, longest: number): string {
  return whole.length > longest ? `${whole.slice(0, longest - 1)}…` : whole;
}
