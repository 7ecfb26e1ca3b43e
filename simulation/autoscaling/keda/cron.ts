import { Cron } from "croner";

/** The two cron expressions of a trigger, and where they are meant. */
export interface CronWindow {
  readonly start: string;
  readonly end: string;
  readonly timezone: string;
}

interface Known {
  readonly from: number;
  readonly until: number;
  readonly isActive: boolean;
}

/** An answer holds until the next start or end. Asking croner anew every fifteen seconds of a day would take minutes. */
const known = new Map<string, Known>();

/**
 * True while a cron trigger holds its number of replicas: its next end does not come after its next start.
 * https://keda.sh/docs/2.20/scalers/cron/; source: pkg/scalers/cron_scaler.go in kedacore/keda.
 * @param now milliseconds since 1970, at which both are asked for.
 */
export function cronIsActive({ start, end, timezone }: CronWindow, now: number): boolean {
  const key = `${start}|${end}|${timezone}`;
  const last = known.get(key);
  if (last !== undefined && last.from <= now && now < last.until) return last.isActive;
  const next = (expression: string): number =>
    new Cron(expression, { timezone }).nextRun(new Date(now))?.getTime() ?? Number.POSITIVE_INFINITY;
  const [starts, ends] = [next(start), next(end)];
  const isActive = ends <= starts;
  known.set(key, { from: now, until: Math.min(starts, ends), isActive });
  return isActive;
}
