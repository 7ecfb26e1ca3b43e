import { frameworks } from "../../policy-pack/kernel/controls.ts";
import type { Controls } from "../../policy-pack/kernel/controls.ts";
import type { Definition } from "../../policy-pack/kernel/definition.ts";
import type { RelatedRequirement, Requirement } from "../../policy-pack/requirements.ts";
import { pageOf, table, text } from "./markdown.ts";

/** What the page is made of. */
export interface FrameworksSource {
  readonly policies: readonly Definition[];
  /** Related by AWS, by the controls of Security Hub. */
  readonly relatedByAws: Readonly<Record<string, readonly RelatedRequirement[]>>;
  /** Read by ourselves. */
  readonly requirements: Readonly<Record<string, readonly Requirement[]>>;
  readonly untestable: readonly (readonly [framework: string, controls: string, reason: string])[];
}

/** The frameworks that number what a machine can test. */
const technical = ["fsbp", "cis", "cis-eks", "pss"] as const;

/** Which policies test which controls of which frameworks, and which controls nobody can test by looking at a program. */
export function frameworksPage({
  policies,
  relatedByAws,
  requirements,
  untestable,
}: FrameworksSource): string {
  return pageOf({
    title: "Frameworks",
    body: [
      "Which policies test which controls. A policy tests what a deployment asks for, before it is made; that a control is named here says that the policy tests it or a part of it, and nothing about an audit. Controls of AWS Security Hub belong to AWS Foundational Security Best Practices for the most part, some to its other standards only.",
      ...technical.flatMap((framework) => [
        `## ${frameworks[framework].name} ${frameworks[framework].version}`,
        table(["Control", "Policies"], controlRows(policies, framework)),
      ]),
      ...Object.entries(relatedByAws).flatMap(([framework, its]) => [
        `## ${framework}`,
        "As AWS relates its Security Hub controls to the requirements (AWS Security Hub User Guide, the page of each control, Related requirements). Controls that no policy answers are left out.",
        table(
          ["Requirement", "Asks for", "Security Hub controls", "Policies"],
          its.map(({ id, title, controls }) => [
            id,
            text(title),
            text(controls.join(", ")),
            linked(answering(policies, controls)),
          ]),
        ),
      ]),
      ...Object.entries(requirements).flatMap(([framework, its]) => [
        `## ${framework}`,
        "The requirements are broader than any check of a program, and a policy tests a part of each. Which one belongs where is our own reading of the titles: no assessor has confirmed it.",
        table(
          ["Requirement", "Asks for", "Policies"],
          its.map(({ id, title, policies: names }) => [id, text(title), linked(names)]),
        ),
      ]),
      "## What cannot be tested by looking at a program",
      table(
        ["Framework", "Controls", "Why"],
        untestable.map(([framework, controls, reason]) => [text(framework), text(controls), text(reason)]),
      ),
    ],
  });
}

function answering(policies: readonly Definition[], controls: readonly string[]): readonly string[] {
  return policies
    .filter(({ controls: own = {} }) => (own.fsbp ?? []).some((control) => controls.includes(control)))
    .map(({ name }) => name);
}

function controlRows(
  policies: readonly Definition[],
  framework: keyof Controls,
): readonly (readonly string[])[] {
  const pairs = policies.flatMap(({ name, controls = {} }) =>
    (controls[framework] ?? []).map((control) => ({ control, name })),
  );
  const collator = new Intl.Collator("en", { numeric: true });
  return [...Map.groupBy(pairs, ({ control }) => control)]
    .toSorted(([one], [other]) => collator.compare(one, other))
    .map(([control, found]) => [text(control), linked(found.map(({ name }) => name))]);
}

function linked(names: readonly string[]): string {
  return [...new Set(names)].map((name) => `[${name}](policies.md#${name})`).join(", ");
}
