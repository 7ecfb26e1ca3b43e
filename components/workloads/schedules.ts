import type { Pace, Schedule } from "./rows/scaling.ts";

/** A stretch of time as KEDA's cron scaler takes it: two cron expressions. */
export interface CronWindow {
  readonly start: string;
  readonly end: string;
}

/**
 * Seconds the autoscaler needs from one number of copies to another, at its pace: schedules begin that much earlier. It waits for
 * the signal to hold, then takes the larger of its steps (Kubernetes, "Horizontal Pod Autoscaling", "Scaling policies").
 */
export function rampSeconds(
  { afterSeconds, pods = 0, percent = 0, everySeconds }: Pace,
  from: number,
  to: number,
): number {
  // Rules on whole services are asked beside those on single fields, and a pace without a step would never arrive.
  if (pods === 0 && percent === 0) return afterSeconds;
  let steps = 0;
  for (let copies = from; copies < to; steps += 1) {
    copies = Math.max(copies + pods, Math.ceil(copies * (1 + percent / 100)));
  }
  return afterSeconds + Math.max(0, steps - 1) * everySeconds;
}

/** Minutes after midnight in a time such as `08:00`. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** What the trigger of a schedule's window is called: a schedule of several days has several. */
export function windowName(schedule: string, index: number): string {
  return index === 0 ? schedule : `${schedule}-${index + 1}`;
}

/** The windows of a schedule, one per day it names, each begun `aheadSeconds` earlier. */
export function describeWindows({ on, from, to }: Schedule, aheadSeconds: number): readonly CronWindow[] {
  const start = minutesOf(from) - Math.ceil(aheadSeconds / 60);
  return on.map((day) => ({
    start: cronOf(start, day),
    end: cronOf(minutesOf(to), day),
  }));
}

/** The last three fields of a cron expression: day of the month, month, day of the week. */
function daysOf(day: string): string {
  if (day === "daily") return "* * *";
  const [date = "", month] = day.split(" ");
  if (month !== undefined) return `${date} ${month.toUpperCase()} *`;
  return /^\d/.test(date) ? `${date} * *` : `* * ${date.toUpperCase()}`;
}

function cronOf(minutes: number, day: string): string {
  return `${minutes % 60} ${Math.floor(minutes / 60)} ${daysOf(day)}`;
}
