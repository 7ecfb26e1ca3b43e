import type { Recorded } from "../../support/run.ts";

/** Names of everything a resource waits for, directly or through others; a dependency on a component is one on it. */
export function waitsFor(resources: readonly Recorded[], type: string, name: string): ReadonlySet<string> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = new Set<string>();
  const pending = resources.filter((resource) => resource.type === type && resource.name === name);
  if (pending.length !== 1) throw new Error(`expected one ${type} ${name}, found ${pending.length}`);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const urn of next.dependencies) {
      const dependency = byUrn.get(urn);
      if (dependency === undefined || found.has(label(dependency))) continue;
      found.add(label(dependency));
      pending.push(dependency);
    }
  }
  return found;
}

/** A resource as `NodeGroup cluster-nodes-main`. */
export function label({ type, name }: Pick<Recorded, "type" | "name">): string {
  return `${type.split(":").at(-1) ?? type} ${name}`;
}
