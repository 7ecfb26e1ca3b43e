import type { AnyBehaviour, Reference } from "../../sandbox/aws/behaviour.ts";
import type { Chart } from "../../sandbox/kubernetes/charts.ts";
import type { ServedKind } from "./kinds.ts";
import { code, codes, count, list, pageOf, table, text } from "./markdown.ts";

/** What the page is made of. */
export interface SandboxSource {
  readonly behaviours: readonly AnyBehaviour[];
  /** Tokens of what a program may ask of the account. */
  readonly invokes: readonly string[];
  /** Types of the remote components. */
  readonly components: readonly string[];
  readonly kinds: readonly ServedKind[];
  /** Kinds that charts bring, by set, then by group and versions; `*` marks those without a namespace. */
  readonly customKinds: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly charts: Readonly<Record<string, Chart>>;
  /** Names of the charts that the platform installs. */
  readonly installed: readonly string[];
}

/** What the simulated account and cluster know, type by type. */
export function sandboxPage(source: SandboxSource): string {
  const { behaviours, invokes, components, kinds, customKinds, charts, installed } = source;
  const kindCount = new Set(kinds.map(({ group, kind }) => `${group}/${kind}`)).size;
  return pageOf({
    title: "What the sandbox knows",
    body: [
      `${count(behaviours.length, "AWS type")}, ${count(components.length, "component")}, ${count(kindCount, "Kubernetes kind")} and ${count(Object.keys(charts).length, "Helm chart")}. What else of AWS the SDK has runs on its specification alone; anything beyond is refused by its name.`,
      "## AWS",
      "Each type is checked as the AWS provider checks it: what is required, which values, what replaces. The table says what the sandbox knows beyond that.",
      list([
        "**Refers to**: what must be in the account, and is not deleted while it is referred to. A type in brackets may be deleted all the same.",
        "**Refuses**: where AWS's further refusals are known: at writing (creation and change), at deletion.",
        "**Replaces**: corrections to the provider's schema.",
        "**Also**: whether the service makes something beside it, or leaves something behind.",
        "**Seconds**: what AWS usually takes to create, change and delete one. `-` is the usual two.",
      ]),
      table(
        ["Type", "Refers to", "Refuses", "Replaces", "Also", "Seconds"],
        behaviours.toSorted(byName).map(typeRow),
      ),
      "## AWS types without an entry",
      "Every other type of `@pulumi/aws` runs on what its specifications say: required and output-only properties by the SDK's class; defaults, value rules and replacement by what the provider was seen to do, or else by AWS's CloudFormation specification; the id in the form that the provider documents for imports, the ARN by AWS's template. What an input names must be in the account if the value can only be the account's own. Deletion is refused only for subnets and security groups that network interfaces lie in. Refusals beyond that, outputs that no name explains and real durations are unknown, so the summary of a run counts these resources by type.",
      `A program may ask ${codes(invokes.map(nameOf).toSorted())}. The components are ${codes(components)}: each registers the children that the real one does.`,
      "## Kubernetes",
      "The cluster's own kinds. A change of what **replaces** makes a new object; a change of what is **frozen** is refused. **Seconds** pass until an object is ready, and so many more for each replica.",
      table(["Kind", "Version", "Scope", "Replaces", "Frozen", "Seconds"], kinds.map(kindRow)),
      "### Kinds of charts",
      "Known once a release, or the program itself, has brought their definitions. Those with \\* belong to no namespace.",
      table(["From", "Group and versions", "Kinds"], customRows(customKinds)),
      "## Charts",
      "Any other chart, version or repository fails as it does when Helm cannot find it. **Seconds** pass until everything in a release is ready.",
      table(
        ["Chart", "Version", "Application", "Platform", "Seconds", "Repositories"],
        chartRows(charts, installed),
      ),
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

function typeRow(behaviour: AnyBehaviour): readonly string[] {
  const { references, replaces, seconds } = behaviour;
  const corrections = Object.entries(replaces ?? {});
  const times = [seconds?.create, seconds?.update, seconds?.delete].map((each) => each ?? "-");
  return [
    code(nameOf(behaviour.token)),
    referredBy(Object.values(references ?? {})),
    known(behaviour, { refuses: "writing", keeps: "deletion" }),
    corrections.map(([key, does]) => `${code(key)} ${does?.value === true ? "does" : "does not"}`).join(", "),
    known(behaviour, { makes: "makes", leaves: "leaves" }),
    seconds === undefined ? "-" : times.join(" / "),
  ];
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
