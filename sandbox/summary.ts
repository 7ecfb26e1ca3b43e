import type { Operation } from "./account.ts";
import { behaviours } from "./aws/index.ts";
import { firstNameOf } from "./aws/second-names.ts";
import type { CriticalPath } from "./critical-path.ts";
import type { PolicyReport } from "./events.ts";
import { signatureKey } from "./signatures.ts";
import type { StateResource } from "./steps.ts";
import { updatePath } from "./steps.ts";
import type { Stored } from "./model.ts";
import { at, isRecord, list, text } from "./values.ts";

/** Everything that the summary tells. */
export interface Report {
  readonly accountId: string;
  readonly stack: string;
  readonly resources: readonly StateResource[];
  readonly operations: readonly Operation[];
  readonly policies: PolicyReport;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What the account still holds that no program made, once the stack is gone. @default nothing */
  readonly orphans?: readonly Pick<Stored, "token" | "id">[];
}

/** Reads `pulumi stack export`. */
export function readState(exported: unknown): Pick<Report, "resources" | "outputs"> {
  const resources = list(at(exported, "deployment.resources")).filter(isRecord);
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  return {
    outputs: isRecord(stack?.outputs) ? stack.outputs : {},
    resources: resources.flatMap((resource) => {
      const [urn, type] = [text(resource.urn), text(resource.type)];
      if (urn === undefined || type === undefined) return [];
      const dependencies = list(resource.dependencies).flatMap((dependency) => text(dependency) ?? []);
      return [{ urn, type, custom: resource.custom === true, parent: text(resource.parent), dependencies }];
    }),
  };
}

/** The lines that end a sandbox run. */
export function summarise(report: Report): string {
  const path = updatePath(report.operations, report.resources);
  return [
    `Sandbox: the simulated AWS account ${report.accountId} of the stack ${report.stack}. AWS was not touched.`,
    "",
    section("Changes", changes(report.operations)),
    section("Resources", kinds(report.resources)),
    section("Policies", policies(report.policies)),
    section(
      "Outputs",
      Object.entries(report.outputs).map(([name, value]) => `${name}: ${shown(value)}`),
    ),
    section("On AWS", [...duration(path), ...deletions(report.operations)], "nothing to wait for"),
    ...orphaned(report.orphans ?? []),
  ].join("\n");
}

function section(title: string, lines: readonly string[], otherwise = "none"): string {
  const [first = otherwise, ...rest] = lines;
  return [`${title.padEnd(10)} ${first}`, ...rest.map((line) => `${" ".repeat(10)} ${line}`)].join("\n");
}

function orphaned(orphans: NonNullable<Report["orphans"]>): readonly string[] {
  if (orphans.length === 0) return [];
  const lines = orphans.map(({ token, id }) => `${token} ${id}`);
  return [section("Left over", [`${counted(lines.length, "thing")} that nobody owns any more`, ...lines])];
}

function changes(operations: readonly Operation[]): readonly string[] {
  if (operations.length === 0) return ["nothing changed"];
  const counts = countBy(operations, ({ kind }) => kind);
  return [[...counts].map(([kind, count]) => `${count} ${kind}d`).join(", ")];
}

function kinds(resources: readonly StateResource[]): readonly string[] {
  const own = resources.filter(({ type }) => type !== "pulumi:pulumi:Stack");
  const byPackage = Map.groupBy(own, ({ type, custom }) => (custom ? packageOf(type) : "components"));
  const lines = [...byPackage]
    .sort(([left], [right]) => left.localeCompare(right))
    .map(([name, members]) => {
      const total = `${name} ${members.length}`;
      return name === "components" ? total : `${total}: ${modules(members)}`;
    });
  return [`${own.length} in the stack`, ...lines, ...onSpecification(own)];
}

/** What ran without an entry of its own: of these the sandbox knows only what AWS's specification and the provider's schema say. */
function onSpecification(resources: readonly StateResource[]): readonly string[] {
  // The SDK's own components, such as the subscription that `topic.onEvent` makes, are none of AWS.
  const without = resources.filter(
    ({ type, custom }) => custom && type.startsWith("aws:") && !behaviours.has(firstNameOf(type)),
  );
  const counts = [...countBy(without, ({ type }) => type)].toSorted(([left], [right]) =>
    left.localeCompare(right),
  );
  const types = counts.map(([type, count]) => `${type} ${count}`).join(", ");
  return without.length === 0 ? [] : [`${without.length} of them on their specification alone: ${types}`];
}

function modules(resources: readonly StateResource[]): string {
  const groups = [...countBy(resources, ({ type }) => moduleOf(type))];
  const sorted = groups.sort((left, right) => right[1] - left[1] || left[0].localeCompare(right[0]));
  return sorted.map(([group, count]) => `${group} ${count}`).join(", ");
}

function packageOf(type: string): string {
  return type.startsWith("pulumi:providers:") ? "providers" : (type.split(":")[0] ?? type);
}

/** The part of a package that a type belongs to; its name, where the package has no parts. */
function moduleOf(type: string): string {
  const [, module = type, name = ""] = type.split(":");
  return module === "providers" || module.startsWith("index")
    ? name
    : (module.split("/").slice(0, module.startsWith("helm") ? 2 : 1)[0] ?? module);
}

function policies({ packs, policies: names, resources, violations }: PolicyReport): readonly string[] {
  if (packs.length === 0) return ["no policy pack ran"];
  const levels = countBy(violations, ({ level }) => level);
  const found = `${levels.get("mandatory") ?? 0} mandatory and ${levels.get("advisory") ?? 0} advisory findings`;
  return [
    `${packs.map((pack) => pack.split("|")[0] ?? pack).join(", ")}: ${names.length} policies over ${resources} resources, ${found}`,
    ...violations.map(
      ({ policy, level, message }) => `[${level}] ${policy}: ${message.split("\n")[0] ?? ""}`,
    ),
  ];
}

function shown(value: unknown): string {
  if (isRecord(value) && signatureKey in value) return "[secret]";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Steps that take less than this part of the whole are counted, not listed. */
const worthTelling = 0.01;

function duration({ seconds, steps }: CriticalPath): readonly string[] {
  if (steps.length === 0) return [];
  const long = steps.filter((step) => step.seconds >= seconds * worthTelling);
  const rest = steps.filter((step) => step.seconds < seconds * worthTelling);
  const sum = rest.reduce((total, step) => total + step.seconds, 0);
  return [
    `this update would take about ${minutes(seconds)}; its critical path:`,
    ...long.map(({ urn, seconds: own }) => `${minutes(own).padStart(13)}  ${typeAndName(urn)}`),
    ...(rest.length === 0
      ? []
      : [`${minutes(sum).padStart(13)}  ${counted(rest.length, "shorter step")} between them`]),
  ];
}

/** What waits for what is known of no resource that is gone: so only the longest deletion is told, which no order makes shorter. */
function deletions(operations: readonly Operation[]): readonly string[] {
  const deleted = operations.filter(({ kind }) => kind === "delete");
  const longest = deleted.toSorted((left, right) => right.seconds - left.seconds)[0];
  if (longest === undefined) return [];
  const { seconds, urn } = longest;
  return [
    `${counted(deleted.length, "deletion")} would take at least ${minutes(seconds)}, as long as ${typeAndName(urn)}`,
  ];
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

function typeAndName(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split("$").at(-1) ?? types} ${name}`;
}

/** Seconds as people say them. */
export function minutes(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const [whole, rest] = [Math.floor(Math.round(seconds) / 60), Math.round(seconds) % 60];
  return rest === 0 ? `${whole} min` : `${whole} min ${rest} s`;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}
