import type { AnyBehaviour, Reference } from "../../sandbox/aws/behaviour.ts";
import type { Chart } from "../../sandbox/kubernetes/charts.ts";
import type { UtilityPackage } from "../../sandbox/utilities/provider.ts";
import type { ServedKind } from "./kinds.ts";
import { code, codes, count, list, pageOf, table, text } from "./markdown.ts";
import { utilityParts } from "./utilities.ts";

/** How many properties of a type are answered or may be filled in by the service, have a default, and replace it when they change. */
export interface PropertyCounts {
  readonly outputs: number;
  readonly defaults: number;
  readonly replacing: number;
}

/** What the page is made of. */
export interface SandboxSource {
  readonly behaviours: readonly AnyBehaviour[];
  /** What the provider's schema says of a type, by token. */
  readonly countsOf: (token: string) => PropertyCounts;
  /** Tokens of what a program may ask of the account. */
  readonly invokes: readonly string[];
  /** Types of the remote components. */
  readonly components: readonly string[];
  /** Types that build images or push them. */
  readonly images: readonly string[];
  readonly kinds: readonly ServedKind[];
  /** Kinds that charts bring, by set, then by group and versions; `*` marks those without a namespace. */
  readonly customKinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly charts: Readonly<Record<string, Chart>>;
  /** Packages that ask no service. */
  readonly utilities: readonly UtilityPackage[];
  /** Names of the charts that the platform installs. */
  readonly installed: readonly string[];
}

/** What the simulated account and cluster know, type by type. */
export function sandboxPage(source: SandboxSource): string {
  const { behaviours, countsOf, invokes, components, images, kinds, customKinds, charts, installed } = source;
  const kindCount = new Set(kinds.map(({ group, kind }) => `${group}/${kind}`)).size;
  return pageOf({
    title: "What the sandbox knows",
    body: [
      `${count(behaviours.length, "AWS type")}, ${count(components.length, "component")}, ${count(kindCount, "Kubernetes kind")} and ${count(Object.keys(charts).length, "Helm chart")}. What else of AWS the SDK has runs on its specification alone; anything beyond is refused by its name.`,
      "## AWS",
      "Each type is checked as the AWS provider checks it: what is required, which values, what replaces. The table says what the sandbox knows beyond that.",
      list([
        "**Outputs**: properties that the service answers or fills in; every one has a value, in the form that AWS gives it.",
        "**Defaults**, **Replaces**: properties that have a default, and those a change of which makes a new resource, at any depth; by name the corrections to the provider's schema.",
        "**Refers to**: what must be in the account, and is not deleted while it is referred to. A type in brackets may be deleted all the same.",
        "**Refuses**: where AWS's further refusals are known: at writing (creation and change), at deletion.",
        "**Also**: whether the service makes something beside it, or leaves something behind.",
        "**Seconds**: what AWS usually takes to create, change and delete one; two numbers where it depends on what is asked for. `-` is the usual two, as for tags of every type.",
      ]),
      table(
        ["Type", "Outputs", "Defaults", "Replaces", "Refers to", "Refuses", "Also", "Seconds"],
        behaviours.toSorted(byName).map((behaviour) => typeRow(behaviour, countsOf(behaviour.token))),
      ),
      "## AWS types without an entry",
      "Every other type of `@pulumi/aws` runs on what its specifications say: required and output-only properties by the SDK's class; defaults, value rules and replacement by what the provider was seen to do, or else by AWS's CloudFormation specification; the id in the form that the provider documents for imports, the ARN by AWS's template. What an input names must be in the account if the value can only be the account's own. Deletion is refused only for subnets and security groups that network interfaces lie in. Refusals beyond that, outputs that no name explains and real durations are unknown, so the summary of a run counts these resources by type.",
      `A program may ask ${codes(invokes.map(nameOf).toSorted())}. The components are ${codes(components)}: each registers the children that the real one does.`,
      `Images come from ${codes(images)}. Nothing is built: a digest stands for the files and arguments, and what is pushed lies in the account's repositories. All else of these packages is refused by its name.`,
      "## Kubernetes",
      "The cluster's own kinds. A change of what **replaces** makes a new object; a change of what is **frozen** is refused. **Seconds** pass until an object is ready, and so many more for each replica.",
      table(["Kind", "Version", "Scope", "Replaces", "Frozen", "Seconds"], kinds.map(kindRow)),
      "### Kinds of charts",
      "Known once a release, or the program itself, has brought their definitions. Those with \\* belong to no namespace.",
      table(["From", "Group and versions", "Kinds"], customRows(customKinds)),
      "## Charts",
      "Another name or a newer version in a repository of the table fails as it does when Helm cannot find it; an older version, or a chart of another repository, is installed as it is asked for, with nothing known inside. **Seconds** pass until everything in a release is ready.",
      table(
        ["Chart", "Version", "Application", "Platform", "Seconds", "Repositories"],
        chartRows(charts, installed),
      ),
      ...utilityParts(source.utilities),
    ],
  });
}

/** `aws.ec2.Subnet` of `aws:ec2/subnet:Subnet`, as a program writes it. */
function nameOf(token: string): string {
  const [scope = "", module = "", name = ""] = token.split(":");
  return [scope, ...module.split("/").slice(0, 1), name].filter((part) => part !== "index").join(".");
}

function byName({ token: left }: AnyBehaviour, { token: right }: AnyBehaviour): number {
  return nameOf(left) < nameOf(right) ? -1 : 1;
}

function typeRow(
  behaviour: AnyBehaviour,
  { outputs, defaults, replacing }: PropertyCounts,
): readonly string[] {
  const { references } = behaviour;
  return [
    code(nameOf(behaviour.token)),
    String(outputs),
    corrected(defaults, behaviour.defaults, (value) => code(JSON.stringify(value))),
    corrected(replacing, behaviour.replaces, (does) => (does === true ? "does" : "does not")),
    referredBy(Object.values(references ?? {})),
    known(behaviour, { refuses: "writing", keeps: "deletion" }),
    known(behaviour, { makes: "makes", leaves: "leaves" }),
    secondsOf(behaviour),
  ];
}

/** A number of properties, and what an entry says otherwise than the schema. */
function corrected(
  properties: number,
  corrections: AnyBehaviour["defaults"] = {},
  told: (value: unknown) => string,
): string {
  const named = Object.entries(corrections).map(([key, given]) => `${code(key)} ${told(given?.value)}`);
  return named.length === 0 ? String(properties) : `${properties}; ${named.join(", ")}`;
}

function secondsOf({ seconds, secondsToChange }: AnyBehaviour): string {
  if (seconds === undefined) return "-";
  const longest = Math.max(0, ...Object.values(secondsToChange ?? {}).map(Number));
  const update = longest === 0 ? seconds.update : `${seconds.update ?? "-"} to ${longest}`;
  return [seconds.create, update, seconds.delete].map((each) => each ?? "-").join(" / ");
}

/** The words for those properties that an entry has. */
function known(
  behaviour: AnyBehaviour,
  words: Readonly<Partial<Record<keyof AnyBehaviour, string>>>,
): string {
  return Object.entries(words)
    .flatMap(([property, word]) => (property in behaviour ? [word] : []))
    .join(", ");
}

/** A reference may be met by other types too, such as a security group's by the one that comes with a VPC: the first is the usual one. */
function referredBy(references: readonly Reference[]): string {
  const byName = Map.groupBy(references, ({ to }) => nameOf([to].flat()[0] ?? "").replace(/^aws\./, ""));
  return [...byName]
    .map(([name, its]) => (its.every(({ holds }) => holds === false) ? `(${name})` : name))
    .join(", ");
}

function kindRow(served: ServedKind): readonly string[] {
  const { kind, group, version, namespaced, replaces, frozen, seconds, secondsEach } = served;
  return [
    code(kind),
    group === "" ? version : `${group}/${version}`,
    namespaced ? "namespace" : "cluster",
    briefly(replaces),
    codes(Object.keys(frozen)),
    secondsEach === 0 ? String(seconds) : `${seconds} + ${secondsEach}`,
  ];
}

/** Properties beyond this number are counted instead of named. */
const mostNamed = 5;

function briefly(paths: readonly string[]): string {
  const byParent = Map.groupBy(paths, (path) => path.slice(0, Math.max(0, path.lastIndexOf("."))));
  return [...byParent]
    .map(([parent, its]) =>
      its.length > mostNamed ? `${its.length} properties of ${code(parent)}` : codes(its),
    )
    .join(", ");
}

function customRows(customKinds: SandboxSource["customKinds"]): readonly (readonly string[])[] {
  return Object.entries(customKinds).flatMap(([set, groups]) =>
    Object.entries(groups).map(([group, names]) => [
      code(set),
      group.replaceAll(",", ", "),
      text(names.replaceAll(" ", ", ")),
    ]),
  );
}

function chartRows(
  charts: Readonly<Record<string, Chart>>,
  installed: readonly string[],
): readonly (readonly string[])[] {
  return Object.entries(charts).flatMap(([name, { versions, seconds, repositories }]) =>
    Object.entries(versions).map(([version, application]) => [
      code(name),
      version,
      application,
      installed.includes(name) ? "installs it" : "",
      String(seconds),
      repositories.join(", "),
    ]),
  );
}
