import type { z } from "zod";

import { code, list, pageOf, sentence, table, text } from "./markdown.ts";
import { listSettings } from "./schema.ts";
import type { Setting } from "./schema.ts";
import { inOrder, inYaml, perStack, shortly, stackNames } from "./stacks.ts";
import type { PerStack, Settings } from "./stacks.ts";

/** What the page is made of. */
export interface SettingsSource {
  /** The schema of each component's settings. */
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  /** What each component's settings are about. */
  readonly descriptions: Readonly<Record<string, string>>;
  readonly stacks: PerStack<Settings>;
}

/** Longer values are left to the page of environments, in characters. */
const longestValue = 24;

/** What is said of the allowed values at more length stands below the table, in characters. */
const longestRule = 95;

/** Every setting: what it may be, what holds without it, what each stack has, and what it is for. */
export function settingsPage({ schemas, descriptions, stacks }: SettingsSource): string {
  const sections = Object.entries(schemas).flatMap(([component, schema]) => {
    const settings = listSettings(schema, component);
    return [
      `## ${component}`,
      text(descriptions[component] ?? ""),
      table(
        ["Setting", "Values", "Default", stackNames.join(" / "), "Meaning"],
        settings.map((setting) => row(setting, stacks)),
      ),
      list(settings.filter(isLong).map(({ path, allowed }) => `${code(path)}: ${allowed}`)),
    ];
  });
  return pageOf({
    title: "Settings",
    body: [
      "Each stack's settings are in `Pulumi.<stack>.yaml`, one entry `groundwork:<component>` for each section of this page. They are checked before anything is made: an unknown name or a wrong value stops the run, and every mistake is named at once.",
      "A setting without a default must be set. `<name>` stands for a name of your own, `[]` for each entry of a list. What the stacks have is given once where all three agree, and left out where it is long or is said more than once: [environments](environments.md) has it all.",
      ...sections,
    ],
  });
}

function isLong({ allowed }: Setting): boolean {
  return allowed.length > longestRule;
}

function row(setting: Setting, stacks: PerStack<Settings>): readonly string[] {
  const { path, allowed } = setting;
  return [
    code(path),
    isLong(setting) ? "see below" : allowed,
    fallbackOf(setting),
    inStacks(path, stacks),
    meaningOf(setting),
  ];
}

/** A choice that its description begins with stays as it is written. */
function meaningOf({ description, allowed }: Setting): string {
  const [first = "", ...rest] = description.split(" ");
  return sentence(allowed.includes(code(first)) ? [code(first), ...rest].join(" ") : description);
}

function fallbackOf({ fallback, required }: Setting): string {
  if (fallback !== undefined) return code(inYaml(fallback));
  return required ? "" : "may be left out";
}

function inStacks(path: string, stacks: PerStack<Settings>): string {
  const steps = path.split(/\.|(?=\[\])/);
  const found = inOrder(perStack((stack) => [...new Set(valuesAt(stacks[stack], steps).map(inYaml))]));
  const shown = found.map(([value = ""]) => value);
  const isPlain = shown.every((value) => shortly(value, longestValue) === value && !value.startsWith("{"));
  if (!isPlain || found.some((values) => values.length > 1) || shown.every((value) => value === ""))
    return "";
  return (new Set(shown).size === 1 ? shown.slice(0, 1) : shown)
    .map((value) => (value === "" ? "-" : code(value)))
    .join(" / ");
}

/** The values at a path, `undefined` where there is none: as many as there are names that `<name>` stands for. */
function valuesAt(value: unknown, steps: readonly string[]): readonly unknown[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [value];
  const inside: readonly (readonly [string, unknown])[] =
    typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (step === "<name>" || step === "[]") return inside.flatMap(([, one]) => valuesAt(one, rest));
  return valuesAt(inside.find(([key]) => key === step)?.[1], rest);
}
