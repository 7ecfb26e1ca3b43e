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
 * The operator's own step between none and some; everything else is the HPA's. A workload at zero, or at its idle number, wakes as soon
 * as a trigger is active, and goes back when none was active for the cooldown; not while a trigger fails to answer, which might be
 * active. With a minimum above zero and no idle number it never interferes. https://keda.sh/docs/2.20/reference/scaledobject-spec/#cooldownperiod; source: `RequestScale` of
 * pkg/scaling/executor/scale_scaledobjects.go in kedacore/keda.
 * @param quietSeconds since when no trigger has been active.
 */
export function operate(
  object: ScaledObject,
  current: number,
  { isActive, hasFailed }: PollResult,
  quietSeconds: number,
): number {
  const { min, cooldownSeconds } = object;
  const low = lowestOf(object);
  if (low === undefined) return current;
  if (isActive) return current <= low ? Math.max(1, min) : current;
  return !hasFailed && quietSeconds >= cooldownSeconds ? Math.min(current, low) : current;
}

/** Where the operator puts a workload to rest: its idle number, or zero; nowhere with a minimum above zero. */
function lowestOf({ idle, min }: ScaledObject): number | undefined {
  return idle ?? (min === 0 ? 0 : undefined);
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
