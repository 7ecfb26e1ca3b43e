import type { ScalingRules } from "../engine/model.ts";

/** A number with the second that it was said at. */
export interface Stamped {
  readonly at: number;
  readonly value: number;
}

/** What the controller remembers of one autoscaler. */
export interface History {
  /** What the metrics asked for, unstabilised. */
  readonly recommendations: readonly Stamped[];
  readonly added: readonly Stamped[];
  readonly removed: readonly Stamped[];
}

/** A controller that has just started. It takes the number it finds for a recommendation. */
export function emptyHistory(current: number, now: number): History {
  return { recommendations: [{ at: now, value: current }], added: [], removed: [] };
}

/** Both directions. */
export interface Rules {
  readonly up: ScalingRules;
  readonly down: ScalingRules;
}

/**
 * Holds a recommendation against those of the windows: upwards the lowest counts, downwards the highest.
 * https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#stabilization-window;
 * source: `stabilizeRecommendationWithBehaviors` of horizontal.go in kubernetes/kubernetes.
 */
export function stabilise(
  wanted: number,
  current: number,
  { recommendations }: History,
  rules: Rules,
  now: number,
): number {
  const recent = (window: number): readonly number[] =>
    recommendations.filter(({ at }) => at > now - window).map(({ value }) => value);
  const lowest = Math.min(wanted, ...recent(rules.up.stabilizationSeconds));
  const highest = Math.max(wanted, ...recent(rules.down.stabilizationSeconds));
  return Math.min(Math.max(current, lowest), highest);
}

function changedWithin(changes: readonly Stamped[], seconds: number, now: number): number {
  return changes.filter(({ at }) => at > now - seconds).reduce((sum, { value }) => sum + value, 0);
}

/**
 * How many copies there may be at most now, for the policies of one direction. Upwards per cent are rounded up, so that one copy can
 * become two; downwards the remainder is cut off; both in floating point like the controller's, in which 10 % more than 100 are 111.
 * Source: `calculateScaleUpLimitWithScalingRules` and `calculateScaleDownLimitWithBehaviors` of horizontal.go.
 */
export function limitOf(
  direction: "up" | "down",
  current: number,
  history: History,
  rules: ScalingRules,
  now: number,
): number {
  if (rules.select === "Disabled") return current;
  const proposals = rules.policies.map(({ type, value, periodSeconds }) => {
    const added = changedWithin(history.added, periodSeconds, now);
    const removed = changedWithin(history.removed, periodSeconds, now);
    const before = current - added + removed;
    if (type === "Pods") return direction === "up" ? before + value : before - value;
    return direction === "up"
      ? Math.ceil(before * (1 + value / 100))
      : Math.trunc(before * (1 - value / 100));
  });
  const largest = (rules.select === "Max") === (direction === "up");
  const chosen = largest ? Math.max(...proposals) : Math.min(...proposals);
  // Changes of the past may forbid any further one, but never turn the direction.
  return direction === "up" ? Math.max(chosen, current) : Math.min(chosen, current);
}

/** Moves no faster than the policies allow. */
export function pace(
  stabilised: number,
  current: number,
  history: History,
  rules: Rules,
  now: number,
): number {
  if (stabilised > current) return Math.min(stabilised, limitOf("up", current, history, rules.up, now));
  if (stabilised < current) return Math.max(stabilised, limitOf("down", current, history, rules.down, now));
  return current;
}

/** Remembers what was asked for and what was done, as long as any window or policy looks back. */
export function remember(
  history: History,
  wanted: number,
  change: number,
  rules: Rules,
  now: number,
): History {
  const windows = Math.max(rules.up.stabilizationSeconds, rules.down.stabilizationSeconds);
  return {
    ...rememberChange(history, change, rules, now),
    recommendations: [...since(history.recommendations, now - windows), { at: now, value: wanted }],
  };
}

/** Remembers only what was done, as where the number was brought back between minimum and maximum: policies count that too. */
export function rememberChange(history: History, change: number, rules: Rules, now: number): History {
  const periods = Math.max(
    ...[...rules.up.policies, ...rules.down.policies].map(({ periodSeconds }) => periodSeconds),
  );
  const moved = [{ at: now, value: Math.abs(change) }];
  return {
    ...history,
    added: [...since(history.added, now - periods), ...(change > 0 ? moved : [])],
    removed: [...since(history.removed, now - periods), ...(change < 0 ? moved : [])],
  };
}

function since(list: readonly Stamped[], second: number): readonly Stamped[] {
  return list.filter(({ at }) => at > second);
}
