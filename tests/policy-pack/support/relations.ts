import type { GraphSource } from "../../../policy-pack/kernel/graph.ts";
import { paramsOf } from "../../../policy-pack/kernel/levels.ts";
import { levelsFor } from "../../../policy-pack/levels/levels.ts";
import { Pack } from "../../../policy-pack/kernel/pack.ts";
import { policies } from "../../../policy-pack/policies.ts";
import { graph } from "../fixtures/graph.ts";
import type { Planned } from "../fixtures/graph.ts";
import { changed, mutantsOf, pathsOf, valuesUnder } from "./mutants.ts";
import type { Inputs } from "./mutants.ts";

const prod = levelsFor("prod");
/** Production, and its account's baseline. */
const levels = {
  ...prod,
  "account-baseline-present": { ...paramsOf(prod, "account-baseline-present"), stacks: ["*"] },
  "cost-budget-present": { stacks: ["*"] },
};
const pack = new Pack(policies, { stack: "prod", levels, exemptions: [], today: "2026-11-21" });

/** The names of the policies on relations that find something in a stack. */
export function findersIn(sources: readonly GraphSource[]): ReadonlySet<string> {
  const verdicts = pack.judgeStack(sources);
  return new Set(
    verdicts
      .filter(({ ruling }) => ruling.definition.kind === "stack")
      .map(({ ruling }) => ruling.definition.name),
  );
}

/** A plan as the engine describes it at the end of an update. */
export function sourcesOf(planned: readonly Planned[]): readonly GraphSource[] {
  return graph("update", planned).map(({ urn, type, name, props, outputs, propertyDependencies }) => ({
    ...{ urn, type, name, outputs: outputs ?? props, sources: propertyDependencies ?? {} },
  }));
}

/** What each policy finds when one thing in a stack is changed: by policy, the resource types and inputs of those changes. */
export function noticedIn(planned: readonly Planned[]): Readonly<Record<string, readonly string[]>> {
  const whole = sourcesOf(planned);
  const noticed = new Map<string, Set<string>>();
  const note = (what: string, sources: readonly GraphSource[]): void => {
    for (const policy of findersIn(sources)) {
      const known = noticed.get(policy) ?? new Set();
      noticed.set(policy, known.add(what));
    }
  };
  for (const [index, source] of whole.entries()) {
    const kind = source.type.split(":").at(-1) ?? "";
    note(kind, whole.toSpliced(index, 1));
    for (const [input, other] of changesOf(source, whole)) note(`${kind}.${input}`, whole.with(index, other));
  }
  return Object.fromEntries(
    [...noticed].map(([policy, found]) => [policy, deepest([...found].toSorted())] as const).toSorted(),
  );
}

/** A resource with one input taken out or set otherwise, and with each reference pointing to every other resource of its kind. */
function changesOf(
  source: GraphSource,
  whole: readonly GraphSource[],
): readonly (readonly [input: string, changed: GraphSource])[] {
  const inputs = Object.fromEntries(
    Object.entries(source.outputs).filter(([key]) => key !== "id" && !Object.hasOwn(source.sources, key)),
  );
  const alike = whole.filter(({ type }) => type === source.type).map(({ outputs }) => outputs);
  const values = pathsOf(inputs).flatMap((path) =>
    mutantsOf(source.outputs, path, valuesUnder(path.findLast(isKey) ?? "", alike)).map(
      ({ props }) => [path, { ...source, outputs: props }] as const,
    ),
  );
  const references = Object.keys(source.sources).flatMap((key) =>
    retargeted(source, key, whole).map((other) => [[key], other] as const),
  );
  return [...values, ...references].map(([path, other]) => [path.filter(isKey).join("."), other]);
}

function isKey(step: string): boolean {
  return !/^\d+$/.test(step);
}

function retargeted(source: GraphSource, key: string, whole: readonly GraphSource[]): readonly GraphSource[] {
  const { [key]: targets = [], ...rest } = source.sources;
  const outputs: Inputs = source.outputs;
  const type = whole.find(({ urn }) => targets.includes(urn))?.type;
  const others = whole.filter((node) => node.type === type && !targets.includes(node.urn));
  const isList = Array.isArray(outputs[key]);
  return [
    { ...source, outputs: changed(outputs, [key], undefined), sources: rest },
    ...others.map((other) => ({
      ...source,
      outputs: changed(outputs, [key], isList ? [other.outputs.id] : other.outputs.id),
      sources: { ...rest, [key]: [other.urn] },
    })),
  ];
}

/** Without the inputs that are only on the way to another one that was found. */
function deepest(found: readonly string[]): readonly string[] {
  return found.filter((one) => !one.includes(".") || !found.some((other) => other.startsWith(`${one}.`)));
}
