const days: readonly string[] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const minutesOfDay = 24 * 60;
const minutesOfWeek = days.length * minutesOfDay;

/** A time of the week, in minutes since its beginning. */
function minuteOf(day: number, clock: string): number {
  const [hour = 0, minute = 0] = clock.split(":").map(Number);
  return day * minutesOfDay + hour * 60 + minute;
}

/** From which minute of the week to which. */
type Span = readonly [number, number];

/** Whether a minute lies in a span; both go round the week. */
function isWithin(minute: number, [from, to]: Span): boolean {
  const length = (to - from + minutesOfWeek) % minutesOfWeek;
  return (minute - from + minutesOfWeek) % minutesOfWeek < length;
}

/** A daily window on each day of the week. */
function dailyOf(window = ""): readonly Span[] {
  const [, from, to] = /^(\d\d:\d\d)-(\d\d:\d\d)$/.exec(window) ?? [];
  if (from === undefined || to === undefined) return [];
  return days.map((_, day) => [minuteOf(day, from), minuteOf(to > from ? day : day + 1, to) % minutesOfWeek]);
}

function weeklyOf(window = ""): Span | undefined {
  const named = [...window.toLowerCase().matchAll(/([a-z]{3}):(\d\d:\d\d)/g)];
  const [from, to] = named.map(([, day = "", clock = ""]) => minuteOf(days.indexOf(day), clock));
  return from === undefined || to === undefined ? undefined : [from, to];
}

/**
 * Whether a daily window for backups (`03:00-03:30`) and a weekly one for maintenance (`sun:04:00-sun:04:30`) meet, where both are given:
 * https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 */
export function doWindowsOverlap(backup: string | undefined, maintenance: string | undefined): boolean {
  const weekly = weeklyOf(maintenance);
  return dailyOf(backup).some(
    (daily) => weekly !== undefined && (isWithin(daily[0], weekly) || isWithin(weekly[0], daily)),
  );
}
