import { parseExemptions } from "../../../policy-pack/kernel/exemptions.ts";
import type { Exemption } from "../../../policy-pack/kernel/exemptions.ts";
import { readFileSync } from "node:fs";

import { Pack } from "../../../policy-pack/kernel/pack.ts";
import { levelsFor } from "../../../policy-pack/levels/levels.ts";
import { policies } from "../../../policy-pack/policies.ts";
import type { Run } from "../../support/run.ts";
import { analyze } from "./engine.ts";
import type { Finding, GraphResource } from "./engine.ts";

export type { Finding, GraphResource } from "./engine.ts";

/** The exemptions as they are in the pack. */
export function ownExemptions(): readonly Exemption[] {
  return parseExemptions(
    readFileSync(new URL("../../../policy-pack/exemptions.yaml", import.meta.url), "utf8"),
  );
}

/** Everything the pack finds in a graph, advisory findings included, with the levels and settings of a stack. */
export function violationsOf(
  resources: readonly GraphResource[],
  stack: string,
): Promise<readonly Finding[]> {
  const setup = { stack, levels: levelsFor(stack), exemptions: ownExemptions(), today: today() };
  return analyze(new Pack(policies, setup), resources);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** The policies on resources that have nothing to judge in any of these graphs: they are dead, or look for a type nobody makes. */
export function idlePolicies(resources: readonly GraphResource[]): readonly string[] {
  const types = new Set(resources.map(({ type }) => type));
  return policies
    .filter((policy) => policy.kind !== "run")
    .filter(({ checks }) => ![...checks.keys()].some((type) => type === "*" || types.has(type)))
    .map(({ name }) => name);
}

/** What a run under mocks registered, the children of remote components included, as the engine would describe it. */
export function graphOf({
  resources,
  expanded,
}: Pick<Run<unknown>, "resources" | "expanded">): readonly GraphResource[] {
  const registered = resources.map((resource): GraphResource => {
    const { urn, type, name, inputs, state, id, parent, propertyDependencies, protect } = resource;
    const provider = resources.find((candidate) => resource.provider.startsWith(`${candidate.urn}::`));
    return {
      ...{ urn, type, name, props: inputs, outputs: { ...state, id }, parent, propertyDependencies, protect },
      ...(provider && {
        provider: { urn: provider.urn, type: provider.type, name: provider.name, props: provider.inputs },
      }),
    };
  });
  const [stack = "", project = ""] = resources[0]?.urn.split("::") ?? [];
  const children = expanded.map(({ type, name, component, inputs, state, id }): GraphResource => {
    const remote = resources.find((one) => one.name === component && /^(?:awsx|eks):/.test(one.type));
    const within = remote?.urn.split("::")[2] ?? component;
    const urn = `${stack}::${project}::${within}$${type}::${name}`;
    return { urn, type, name, props: inputs, outputs: { ...state, id } };
  });
  return [...registered, ...children];
}
