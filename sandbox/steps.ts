import type { Operation } from "./account.ts";
import type { CriticalPath, Step } from "./critical-path.ts";
import { criticalPath } from "./critical-path.ts";

/** One resource of the engine's state, as far as the summary needs it. */
export interface StateResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent: string | undefined;
  readonly dependencies: readonly string[];
}

/**
 * The critical path of an update. Creations and updates wait for what their resource depends on, through whatever did not change in
 * between; who depends on a component waits for all that is in it. Deletions come after, or before a replacement, and are left out.
 */
export function updatePath(
  operations: readonly Operation[],
  resources: readonly StateResource[],
): CriticalPath {
  const taken = new Map<string, number>();
  for (const { urn, seconds } of operations.filter(({ kind }) => kind !== "delete")) {
    taken.set(urn, (taken.get(urn) ?? 0) + seconds);
  }
  const graph = new Graph(resources);
  const steps = resources
    .filter(({ custom }) => custom)
    .map((resource): Step => ({
      urn: resource.urn,
      seconds: taken.get(resource.urn) ?? 0,
      waitsFor: graph.before(resource),
    }));
  const path = criticalPath(steps);
  // What takes no time, as what a utility provider makes, is no step.
  return { seconds: path.seconds, steps: path.steps.filter((step) => step.seconds > 0) };
}

class Graph {
  readonly #byUrn: ReadonlyMap<string, StateResource>;
  readonly #children: ReadonlyMap<string, readonly StateResource[]>;

  public constructor(resources: readonly StateResource[]) {
    this.#byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    this.#children = Map.groupBy(resources, ({ parent }) => parent ?? "");
  }

  /** What must be there before a resource: its dependencies, those of the components it is in, and a parent that is no component. */
  public before({ parent, dependencies: own }: StateResource): readonly string[] {
    const above = this.#ancestors(parent);
    const ofThose = [...above].flatMap((urn) => this.#byUrn.get(urn)?.dependencies ?? []);
    return [
      ...[...own, ...ofThose].filter((urn) => !above.has(urn)).flatMap((urn) => this.#inside(urn)),
      ...this.#custom(above),
    ];
  }

  #ancestors(urn: string | undefined): ReadonlySet<string> {
    const found = new Set<string>();
    for (let next = urn; next !== undefined && !found.has(next); next = this.#byUrn.get(next)?.parent)
      found.add(next);
    return found;
  }

  #custom(urns: ReadonlySet<string>): readonly string[] {
    return [...urns].filter((urn) => this.#byUrn.get(urn)?.custom === true);
  }

  /** The resource itself, or all that is in a component. */
  #inside(urn: string): readonly string[] {
    if (this.#byUrn.get(urn)?.custom !== false) return [urn];
    return (this.#children.get(urn) ?? []).flatMap((child) => this.#inside(child.urn));
  }
}
