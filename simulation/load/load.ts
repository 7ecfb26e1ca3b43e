import type { Points, Profile, ServiceProfile } from "./profile.ts";
import { secondsOf } from "./profile.ts";

/** The rate at a second of a curve. Before its first point and after its last it is level. */
export function rateAt(points: Points, second: number): number {
  let before = points[0];
  for (const point of points) {
    if (point.second > second) return between(before ?? point, point, second);
    before = point;
  }
  return before?.perSecond ?? 0;
}

type Point = Points[number];

function between(before: Point, after: Point, second: number): number {
  const length = after.second - before.second;
  if (length <= 0 || second <= before.second) return before.perSecond;
  return before.perSecond + ((after.perSecond - before.perSecond) * (second - before.second)) / length;
}

/** A curve that comes round again where the profile repeats. */
export function secondInCurve({ repeatEvery }: Profile, second: number): number {
  return repeatEvery === undefined || second < 0 ? second : second % secondsOf(repeatEvery);
}

/** What a service costs: its own entry, or that of `*`. */
export function costOf(profile: Profile, name: string): ServiceProfile {
  const cost = profile.services[name] ?? profile.services["*"];
  if (cost === undefined) throw new Error(`the profile has no entry for ${name} and none for "*"`);
  return cost;
}

/** Milliseconds since 1970 of a local time such as `2026-10-05T00:00`. Of an hour that a clock change doubles, the first counts. */
export function timeOf(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const first = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(first, timeZone);
}

function offsetAt(time: number, timeZone: string): number {
  return Date.parse(`${localTime(time, timeZone)}Z`) - Math.floor(time / 1000) * 1000;
}

/** A moment as its clocks show it: `2026-10-05T08:00:00`. */
export function localTime(time: number, timeZone: string): string {
  const form = { dateStyle: "short", timeStyle: "medium", timeZone } as const;
  return new Intl.DateTimeFormat("sv-SE", form).format(time).replace(" ", "T");
}

/** What the day makes of the load: a public holiday before a weekend, and the last three days of a month on top. */
export function dayFactor({ calendar, timeZone }: Profile, time: number): number {
  const date = localTime(time, timeZone).slice(0, 10);
  const day = new Date(`${date}T12:00:00Z`);
  const inThreeDays = new Date(day.getTime() + 3 * 86_400_000);
  const monthEnd = inThreeDays.getUTCMonth() === day.getUTCMonth() ? 1 : calendar.monthEnd;
  if (calendar.holidays.includes(date)) return calendar.holiday * monthEnd;
  return (day.getUTCDay() % 6 === 0 ? calendar.weekend : 1) * monthEnd;
}
