import { readFileSync } from "node:fs";

import { parse } from "yaml";

/** Settings as they stand in a stack's file, by component. */
export type Settings = Record<string, Record<string, unknown>>;

/** The stacks of this repository. */
export const stacks = ["dev", "staging", "prod"] as const;

/** The settings of a stack's own file, by component. */
export function settingsOf(stack: string): Settings {
  const { config } = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8")) as { config: Settings };
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith("groundwork:"))
      .map(([key, value]) => [key.slice("groundwork:".length), value]),
  );
}
