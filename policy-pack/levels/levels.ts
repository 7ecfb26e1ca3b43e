import type { Levels } from "../kernel/levels.ts";
import dev from "./dev.json" with { type: "json" };
import prod from "./prod.json" with { type: "json" };
import staging from "./staging.json" with { type: "json" };

/** The levels of each environment. Their differences are differences between the three files. */
export const levels = { dev, staging, prod } as const satisfies Readonly<Record<string, Levels>>;

/** The levels of a stack. One that nobody has thought of is judged as production. */
export function levelsFor(stack: string): Levels {
  const known: ReadonlyMap<string, Levels> = new Map(Object.entries<Levels>(levels));
  return known.get(stack) ?? levels.prod;
}

/** The levels of the environments after a stack's own on the way to production, none of which is weaker. */
export function stricterThan(stack: string): readonly Levels[] {
  const onward: readonly string[] = Object.keys(levels);
  const place = onward.indexOf(stack);
  return place < 0 ? [] : Object.values<Levels>(levels).slice(place + 1);
}
