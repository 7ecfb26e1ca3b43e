/** One step of an update: how long it takes, and which steps it had to wait for. */
export interface Step {
  readonly urn: string;
  readonly seconds: number;
  readonly waitsFor: readonly string[];
}

/** The chain of steps that decides how long the update takes. */
export interface CriticalPath {
  /** How long the whole update takes when nothing waits without need. */
  readonly seconds: number;
  /** In order of time. */
  readonly steps: readonly Step[];
}

/**
 * Finds the longest chain. Steps that wait for something outside the list start at once. Linear in steps and their dependencies.
 * @throws Error when steps wait for each other in a circle.
 */
export function criticalPath(steps: readonly Step[]): CriticalPath {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const ends = new Map<string, number>();
  const decisive = new Map<string, string | undefined>();
  const walking = new Set<string>();

  const endOf = (step: Step): number => {
    const known = ends.get(step.urn);
    if (known !== undefined) return known;
    if (walking.has(step.urn)) throw new Error(`${step.urn} waits for itself`);
    walking.add(step.urn);
    let start = 0;
    let last: string | undefined;
    for (const urn of step.waitsFor) {
      const before = byUrn.get(urn);
      const end = before === undefined || urn === step.urn ? 0 : endOf(before);
      if (end > start) [start, last] = [end, urn];
    }
    walking.delete(step.urn);
    ends.set(step.urn, start + step.seconds);
    decisive.set(step.urn, last);
    return start + step.seconds;
  };

  const last = steps.reduce<Step | undefined>(
    (latest, step) => (latest === undefined || endOf(step) > endOf(latest) ? step : latest),
    undefined,
  );
  const chain: Step[] = [];
  for (let step = last; step !== undefined; step = byUrn.get(decisive.get(step.urn) ?? ""))
    chain.unshift(step);
  return { seconds: last === undefined ? 0 : endOf(last), steps: chain };
}
