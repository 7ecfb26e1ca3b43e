import type { EnforcementLevel } from "@pulumi/policy";

import type { Definition, Given } from "./definition.ts";

/** The levels and settings of one stack by policy, in the format of the CLI's `--policy-pack-config`. */
export type Levels = Readonly<Record<string, string | Given>>;

const known: readonly EnforcementLevel[] = ["advisory", "mandatory", "remediate", "disabled"];

/** The level of a policy. What the stack does not name is mandatory. */
export function levelOf(levels: Levels, policy: string): EnforcementLevel {
  const entry = levels[policy];
  const level = typeof entry === "object" ? entry.enforcementLevel : entry;
  return known.find((candidate) => candidate === level) ?? "mandatory";
}

/** The settings that a stack gives a policy. */
export function paramsOf(levels: Levels, policy: string): Given {
  const entry = levels[policy];
  if (typeof entry !== "object") return {};
  return Object.fromEntries(Object.entries(entry).filter(([key]) => key !== "enforcementLevel"));
}

/**
 * What is wrong with a stack's levels: names no policy has, levels that do not exist, settings the policy does not have, policies
 * and settings left out. The CLI itself accepts unknown names without a word.
 */
export function levelProblems(levels: Levels, definitions: readonly Definition[]): readonly string[] {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const missing = [...byName.keys()].filter((name) => !Object.hasOwn(levels, name));
  return [
    ...missing.map((name) => `${name} has no level`),
    ...Object.entries(levels).flatMap(([name, entry]) => {
      const definition = byName.get(name);
      return definition === undefined ? [`${name} is not a policy`] : entryProblems(definition, entry);
    }),
  ];
}

function entryProblems(definition: Definition, entry: string | Given): readonly string[] {
  const level = typeof entry === "object" ? entry.enforcementLevel : entry;
  const settings = definition.kind === "run" ? [] : Object.keys(definition.params);
  const given = Object.keys(paramsOf({ [definition.name]: entry }, definition.name));
  const silent = settings.filter((key) => !given.includes(key));
  return [
    ...silent.map((key) => `${definition.name} is given no ${key}`),
    ...(known.some((candidate) => candidate === level)
      ? []
      : [`${definition.name} has no level ${String(level)}`]),
    ...given
      .filter((key) => !settings.includes(key))
      .map((key) => `${definition.name} has no setting ${key}`),
  ];
}
