import { z } from "zod";

/** A stretch of the week: minutes since Monday 00:00 UTC; `end` is beyond the week's last minute where it wraps. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

const minutesPerDay = 24 * 60;
const minutesPerWeek = 7 * minutesPerDay;
const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const time = "([01][0-9]|2[0-3]):([0-5][0-9])";
const dailyPattern = new RegExp(`^${time}-${time}$`);
const weeklyPattern = new RegExp(`^(${days.join("|")}):${time}-(${days.join("|")}):${time}$`);

/** A time every day at which something happens, in UTC: `01:00-02:00`. */
export const dailyWindow = z
  .string()
  .regex(dailyPattern, "must be a time of day in UTC and in quotes, such as 01:00-02:00");

/** A time every week at which something happens, in UTC: `sun:02:30-sun:03:30`. */
export const weeklyWindow = z
  .string()
  .regex(weeklyPattern, "must be a time of the week in UTC, such as sun:02:30-sun:03:30");

/** The length of a daily or weekly window in minutes; `undefined` for what is neither. */
export function windowMinutes(window: string): number | undefined {
  const [stretch] = stretchesOf(window);
  return stretch === undefined ? undefined : stretch.end - stretch.start;
}

/** True where a daily and a weekly window share a minute. */
export function windowsOverlap(daily: string, weekly: string): boolean {
  return stretchesOf(daily).some((one) => stretchesOf(weekly).some((other) => meet(one, other)));
}

/** A rule about windows that settings break. */
export interface WindowProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** The pair of a daily and a weekly window of one store, by the names of their settings, and the least length AWS asks of them. */
export interface WindowPair {
  readonly daily: { readonly key: string; readonly window: string };
  readonly weekly: { readonly key: string; readonly window: string };
  readonly least: { readonly minutes: number; readonly words: string };
}

/** What AWS would not accept about a pair of windows: too short a one, or both at once. */
export function findWindowProblems({ daily, weekly, least }: WindowPair): readonly WindowProblem[] {
  const short = [daily, weekly].flatMap(({ key, window }) =>
    (windowMinutes(window) ?? least.minutes) < least.minutes
      ? [{ path: [key], message: `must be ${least.words} or longer, got ${window}` }]
      : [],
  );
  return windowsOverlap(daily.window, weekly.window)
    ? [
        ...short,
        {
          path: [weekly.key],
          message: `must not overlap ${daily.key} ${daily.window}, got ${weekly.window}`,
        },
      ]
    : short;
}

function meet(one: Stretch, other: Stretch): boolean {
  return [-minutesPerWeek, 0, minutesPerWeek].some(
    (shift) => one.start + shift < other.end && other.start < one.end + shift,
  );
}

/** A daily window is seven stretches of the week, a weekly one is one. */
function stretchesOf(window: string): readonly Stretch[] {
  const daily = dailyPattern.exec(window);
  if (daily !== null) {
    const [, fromHour, fromMinute, toHour, toMinute] = daily;
    const start = minuteOf(fromHour, fromMinute);
    const length = lengthBetween(start, minuteOf(toHour, toMinute), minutesPerDay);
    return days.map((_, day) => ({
      start: day * minutesPerDay + start,
      end: day * minutesPerDay + start + length,
    }));
  }
  const [, fromDay, fromHour, fromMinute, toDay, toHour, toMinute] = weeklyPattern.exec(window) ?? [];
  if (fromDay === undefined || toDay === undefined) return [];
  const start = days.indexOf(fromDay) * minutesPerDay + minuteOf(fromHour, fromMinute);
  const end = days.indexOf(toDay) * minutesPerDay + minuteOf(toHour, toMinute);
  return [{ start, end: start + lengthBetween(start, end, minutesPerWeek) }];
}

function minuteOf(hour = "0", minute = "0"): number {
  return Number(hour) * 60 + Number(minute);
}

function lengthBetween(start: number, end: number, period: number): number {
  return (end - start + period) % period;
}
