import type { EnforcementLevel } from "@pulumi/policy";

import type { Definition, Given } from "./definition.ts";
import { isProduction } from "./exemptions.ts";
import type { Exemptions } from "./exemptions.ts";

/** The levels and settings of one stack by policy, in the format of the CLI's `--policy-pack-config`. */
export type Levels = Readonly<Record<string, string | Given>>;

/** Every level, the weaker first. */
export const known: readonly EnforcementLevel[] = ["disabled", "advisory", "remediate", "mandatory"];

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

/**
 * The critical policies that production's levels would weaken. Only an approved exemption for all resources of the stack
 * (`resource: "*"`) allows that, and it says who wanted it.
 */
export function floorProblems(
  levels: Levels,
  definitions: readonly Definition[],
  stack: string,
  exemptions: Exemptions,
): readonly string[] {
  if (!isProduction(stack)) return [];
  return definitions
    .filter((definition) => definition.severity === "critical" && !exemptions.coversAll(definition))
    .filter(({ name }) => levelOf(levels, name) !== "mandatory")
    .map(
      ({ name }) =>
        `${name} is critical and may not be ${levelOf(levels, name)} without an approved exemption for the whole stack`,
    );
}

/**
 * What in a configuration given from outside is looser than the levels of the stack. Whether a setting is stricter than another nobody can
 * tell in general, so it must be one that the stack itself has, or a stricter one among `accepted`.
 */
export function looseningProblems(
  given: Levels,
  accepted: readonly Levels[],
  definitions: readonly Definition[],
): readonly string[] {
  const own = accepted[0] ?? {};
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  return Object.entries(given).flatMap(([name, entry]) => {
    const definition = byName.get(name);
    if (definition === undefined) return [`${name} is not a policy`];
    const [level, floor] = [levelOf(given, name), levelOf(own, name)];
    const weaker = known.indexOf(level) < known.indexOf(floor);
    const settings = Object.entries(paramsOf({ [name]: entry }, name)).filter(
      ([key, value]) => !accepted.some((levels) => isSame(value, settingOf(levels, definition, key))),
    );
    return [
      ...(weaker ? [`${name} is ${floor} and may not become ${level}`] : []),
      ...settings.map(([key]) => `${name}.${key} is neither this stack's nor a stricter stack's`),
    ];
  });
}

function settingOf(levels: Levels, definition: Definition, key: string): unknown {
  const params = definition.kind === "run" ? {} : definition.params;
  return paramsOf(levels, definition.name)[key] ?? params[key]?.default;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
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
