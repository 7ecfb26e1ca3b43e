import type { WorkloadSettings } from "../workload-settings.ts";
import type { Problem } from "./model.ts";

/** What is wrong with the order in which services start: names nobody has, and circles. */
export function findOrderProblems(workloads: readonly WorkloadSettings[]): readonly Problem[] {
  const after = new Map(workloads.map(({ name, startsAfter }) => [name, startsAfter]));
  const unknown = workloads.flatMap(({ name, startsAfter }) =>
    startsAfter.flatMap((earlier, index) =>
      after.has(earlier)
        ? []
        : [
            {
              path: ["items", name, "startsAfter", index],
              message: `startsAfter must name services of items, got ${earlier}`,
            },
          ],
    ),
  );
  const circles = findCircles(after).map((circle) => ({
    path: ["items", circle[0] ?? "", "startsAfter"],
    message: `startsAfter must not lead back to itself, got ${circle.join(" after ")}`,
  }));
  return [...unknown, ...circles];
}

/** Every circle once, from the first of its services in the order of the rows. */
function findCircles(after: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    const start = trail.indexOf(name);
    if (start !== -1) {
      circles.push([...trail.slice(start), name]);
      return;
    }
    if (done.has(name)) return;
    for (const earlier of after.get(name) ?? []) visit(earlier, [...trail, name]);
    done.add(name);
  };
  for (const name of after.keys()) visit(name, []);
  return circles;
}

/** Services in an order in which each comes after those it starts after; what names nobody, or a circle, is left to the rules. */
export function inStartOrder(workloads: readonly WorkloadSettings[]): readonly WorkloadSettings[] {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const ordered = new Set<WorkloadSettings>();
  const visiting = new Set<string>();
  const visit = (workload: WorkloadSettings): void => {
    if (visiting.has(workload.name)) return;
    visiting.add(workload.name);
    for (const name of workload.startsAfter) {
      const earlier = byName.get(name);
      if (earlier !== undefined) visit(earlier);
    }
    ordered.add(workload);
  };
  for (const workload of workloads) visit(workload);
  return [...ordered];
}
