import { Pack } from "../../../policy-pack/kernel/pack.ts";
import { levelsFor } from "../../../policy-pack/levels/levels.ts";
import { policies } from "../../../policy-pack/policies.ts";
import { graph } from "../fixtures/graph.ts";
import type { Moment, Planned } from "../fixtures/graph.ts";
import { analyze } from "./engine.ts";
import type { GraphResource } from "./engine.ts";

/** Lines of the form `name: sentence` that a policy reports for a plan. */
export function found(
  policy: string,
  moment: Moment,
  planned: readonly Planned[],
): Promise<readonly string[]> {
  return foundIn(policy, graph(moment, planned));
}

/** The same for a graph as it is. */
export async function foundIn(
  policy: string,
  resources: readonly GraphResource[],
): Promise<readonly string[]> {
  const setup = { stack: "prod", levels: levelsFor("prod"), exemptions: [], today: "2026-11-21" };
  const findings = await analyze(new Pack(policies, setup), resources);
  return findings
    .filter((finding) => finding.policy === policy)
    .map(({ urn, message }) => `${urn.split("::").at(-1) ?? ""}: ${message}`);
}

/** The graph with other inputs for one resource, which point where they pointed before. */
export function rewritten(
  resources: readonly GraphResource[],
  name: string,
  props: Readonly<Record<string, unknown>>,
): readonly GraphResource[] {
  return resources.map((resource) => (resource.name === name ? { ...resource, props } : resource));
}

/** What is decided by the graph is decided in the first preview too. */
export function inBoth(title: string, test: (moment: Moment) => Promise<void>): void {
  for (const moment of ["preview", "update"] as const) it(`${title} (${moment})`, () => test(moment));
}
