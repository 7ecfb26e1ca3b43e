import type { ScaledObject } from "../../engine/model.ts";

/** What KEDA's operator remembers of a ScaledObject. */
export interface OperatorState {
  /** Second in which a trigger was last active. */
  activeAt: number;
  /** Questions in a row that a trigger did not answer, by trigger. */
  readonly failures: Map<string, number>;
}

/** What a poll of all triggers found. */
export interface PollResult {
  readonly isActive: boolean;
  /** True where a trigger did not answer. */
  readonly hasFailed: boolean;
}

/**
 * The operator's own step between none and some; everything else is the HPA's. A workload at zero, or below its minimum while it may idle,
 * wakes as soon as a trigger is active, and goes back to zero or its idle number when none was active for the cooldown. While a trigger
 * fails to answer, which might be active, it stays where it is, or goes to the fallback's number at once. One that was put below its
 * minimum by hand gets it back. https://keda.sh/docs/2.20/reference/scaledobject-spec/#cooldownperiod; source: `RequestScale` of
 * pkg/scaling/executor/scale_scaledobjects.go in kedacore/keda.
 * @param quietSeconds since when no trigger has been active.
 */
export function operate(
  object: ScaledObject,
  current: number,
  { isActive, hasFailed }: PollResult,
  quietSeconds: number,
): number {
  if (isActive) return awake(object, current);
  const { fallback } = object;
  if (hasFailed && fallback?.replicas !== 0) return fallback?.replicas ?? current;
  return asleep(object, current, quietSeconds);
}

/** What an active trigger makes of a workload that rests. */
function awake({ min, idle }: ScaledObject, current: number): number {
  const rests = current === 0 || (idle !== undefined && current < min);
  return rests ? Math.max(1, min) : current;
}

/** Where a workload goes that no trigger wants. */
function asleep(object: ScaledObject, current: number, quietSeconds: number): number {
  const { min, idle, cooldownSeconds } = object;
  const low = lowestOf(object);
  if (current > low) return quietSeconds >= cooldownSeconds ? low : current;
  return idle === undefined ? Math.max(current, min) : current;
}

/** Where the operator puts a workload to rest: its idle number, or zero; nowhere with a minimum above zero. */
function lowestOf({ idle, min }: ScaledObject): number {
  return idle ?? (min === 0 ? 0 : Number.POSITIVE_INFINITY);
}

/**
 * What the HPA is told of a trigger that did not answer: nothing, or after enough failures as much as makes the fallback's number.
 * https://keda.sh/docs/2.20/reference/scaledobject-spec/#fallback
 */
export function fallbackValue(object: ScaledObject, failures: number, target: number): number | undefined {
  const { fallback } = object;
  if (fallback === undefined || failures <= fallback.failureThreshold) return undefined;
  return fallback.replicas * target;
}
