import { frameworks } from "../../policy-pack/kernel/controls.ts";
import type { Controls } from "../../policy-pack/kernel/controls.ts";
import type { Definition } from "../../policy-pack/kernel/definition.ts";
import { levelOf, paramsOf } from "../../policy-pack/kernel/levels.ts";
import type { Levels } from "../../policy-pack/kernel/levels.ts";
import { code, count, list, pageOf, table, text } from "./markdown.ts";
import { inOrder, inYaml, perStack, stackNames } from "./stacks.ts";
import type { PerStack } from "./stacks.ts";

/** What the page is made of. */
export interface PoliciesSource {
  readonly policies: readonly Definition[];
  readonly levels: PerStack<Levels>;
  /** The concern that each policy is filed under, by its name. */
  readonly concerns: ReadonlyMap<string, string>;
}

/** Every policy: its rule, its level in each stack, what it reads, which controls it answers, and what to do about a finding. */
export function policiesPage(source: PoliciesSource): string {
  const { policies, concerns, levels } = source;
  const byConcern = Map.groupBy(policies, ({ name }) => concerns.get(name) ?? "other");
  const sections = [...byConcern].flatMap(([concern, its]) => [
    `## ${headingOf(concern)}`,
    table(
      ["Policy", "Rule", "Severity", ...stackNames],
      its.map((policy) => overview(policy, levels)),
    ),
    ...its.flatMap((policy) => [`### ${policy.name}`, text(policy.description), details(policy, levels)]),
  ]);
  return pageOf({
    title: "Policies",
    body: [
      `${count(policies.length, "rule")} that every preview and every update of a stack is judged by. A finding of a mandatory one stops the run; one of an advisory one is a warning.`,
      "Levels and settings are in `policy-pack/levels/<stack>.json`, reviewed exceptions in `policy-pack/exemptions.yaml`. A stack that has no levels of its own is judged as prod.",
      ...sections,
    ],
  });
}

function headingOf(concern: string): string {
  const words = concern.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function overview({ name, description, severity }: Definition, levels: PerStack<Levels>): readonly string[] {
  const each = inOrder(levels).map((own) => levelOf(own, name));
  return [`[${name}](#${name})`, text(description), severity, ...each];
}

function details(policy: Definition, levels: PerStack<Levels>): string {
  const level = inWords(perStack((stack) => levelOf(levels[stack], policy.name)));
  return list([
    `Severity ${policy.severity}; ${level}`,
    `Reads ${subject(policy)}`,
    ...controls(policy.controls ?? {}),
    ...params(policy, levels),
    `Remedy: ${text(policy.remediation)}`,
  ]);
}

/** `mandatory in every stack`, or `advisory in dev, mandatory in staging and prod`. */
function inWords(values: PerStack<string>): string {
  const stacksOf = Map.groupBy(stackNames, (stack) => values[stack]);
  return [...stacksOf]
    .map(
      ([value, stacks]) =>
        `${value} in ${stacks.length === stackNames.length ? "every stack" : stacks.join(" and ")}`,
    )
    .join(", ");
}

function subject(policy: Definition): string {
  if (policy.kind === "run") return "the run itself, after all other policies";
  const types = [...policy.checks.keys()].map((type) => (type === "*" ? "every resource" : code(type)));
  return `${types.join(", ")}${policy.kind === "stack" ? ", and what they are connected with" : ""}`;
}

function controls(answered: Controls): readonly string[] {
  const ids: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(answered));
  const each = Object.entries(frameworks).flatMap(([framework, { name, version }]) => {
    const its = ids.get(framework) ?? [];
    return its.length === 0 ? [] : [`${text(its.join(", "))} (${name} ${version})`];
  });
  return each.length === 0 ? [] : [`Answers ${each.join("; ")}`];
}

function params(policy: Definition, levels: PerStack<Levels>): readonly string[] {
  if (policy.kind === "run") return [];
  return Object.entries(policy.params).map(([key, { default: usual, schema }]) => {
    const value = perStack((stack) => code(inYaml(paramsOf(levels[stack], policy.name)[key] ?? usual)));
    return `Setting ${code(key)}, ${inWords(value)}: ${text(schema.description ?? "")}`;
  });
}
