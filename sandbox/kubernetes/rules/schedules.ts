import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, text } from "../../values.ts";
import { invalid, isMissing, oneOf, peek, required } from "../server/validation.ts";

/** A schedule is there, and the policy is one of three: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
export function cronJobFailures(inputs: Properties): readonly CheckFailure[] {
  const policy = "spec.concurrencyPolicy";
  return [
    ...scheduleFailures("spec.schedule", peek(inputs, "spec.schedule")),
    ...zoneFailures("spec.timeZone", peek(inputs, "spec.timeZone")),
    ...oneOf(policy, peek(inputs, policy), ["Allow", "Forbid", "Replace"]),
  ];
}

function scheduleFailures(path: string, schedule: unknown): readonly CheckFailure[] {
  if (isMissing(schedule)) return [required(path)];
  const given = schedule === UNKNOWN ? "@daily" : (text(schedule) ?? "");
  const mistake = given.includes("TZ")
    ? "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"
    : mistakeIn(given.trim());
  return mistake === undefined ? [] : [invalid(path, given, mistake)];
}

function zoneFailures(path: string, zone: unknown): readonly CheckFailure[] {
  if (typeof zone !== "string" || zone === UNKNOWN) return [];
  if (zone === "") return [invalid(path, zone, "timeZone must be nil or non-empty string")];
  return isZone(zone) ? [] : [invalid(path, zone, `unknown time zone ${zone}`)];
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const descriptors: ReadonlySet<string> = new Set(
  ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"].map((name) => `@${name}`),
);

/** The five fields: least, most, and the names of values. */
const fields: readonly (readonly [least: number, most: number, names: string])[] = [
  [0, 59, ""],
  [0, 23, ""],
  [1, 31, ""],
  [1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"],
  [0, 6, "sun mon tue wed thu fri sat"],
];

/** What is wrong with a schedule, in the words of the parser that Kubernetes uses: https://github.com/robfig/cron/blob/master/parser.go */
function mistakeIn(schedule: string): string | undefined {
  if (schedule.startsWith("@")) {
    if (descriptors.has(schedule) || schedule.startsWith("@every ")) return undefined;
    return `unrecognized descriptor: ${schedule}`;
  }
  const given = schedule.split(/\s+/);
  if (given.length !== fields.length)
    return `expected exactly 5 fields, found ${given.length}: [${given.join(" ")}]`;
  return given
    .flatMap((field, index) => field.split(",").map((part) => mistakeInPart(part, index)))
    .find((mistake) => mistake !== undefined);
}

/** `*`, `5`, `1-5`, any of them `/2`. */
function mistakeInPart(part: string, index: number): string | undefined {
  const [range = "", step = "1"] = part.split("/");
  const many = ["/", "-"].find((sign) => part.split(sign).length > 2);
  if (many !== undefined) return `too many ${many === "/" ? "slashes" : "hyphens"}: ${part}`;
  const numbers = [...endsOf(range, part.includes("/"), index), valueOf(step, -1)];
  const unread = numbers.find((number) => typeof number === "string");
  if (typeof unread === "string") return unread;
  const [first, last, every] = numbers.map(Number);
  if (every === 0) return `step of range should be a positive number: ${part}`;
  return outside(part, Number(first), Number(last), index);
}

/** The first and the last value of a range; with steps one value means from there on. */
function endsOf(range: string, hasSteps: boolean, index: number): readonly (number | string)[] {
  const [least, most] = fields[index] ?? [0, 0];
  if (range === "*" || range === "?") return [least, most];
  const [first = "", last = hasSteps ? String(most) : first] = range.split("-");
  return [valueOf(first, index), valueOf(last, index)];
}

/** A number or a name; what is neither as the parser says it. */
function valueOf(given: string, index: number): number | string {
  const names = (fields[index]?.[2] ?? "").split(" ");
  const named = given === "" ? -1 : names.indexOf(given.toLowerCase());
  if (named >= 0) return named + (fields[index]?.[0] ?? 0);
  if (/^\d+$/.test(given)) return Number(given);
  return `failed to parse int from ${given}: strconv.Atoi: parsing "${given}": invalid syntax`;
}

function outside(part: string, first: number, last: number, index: number): string | undefined {
  const [least, most] = fields[index] ?? [0, 0];
  if (first < least) return `beginning of range (${first}) below minimum (${least}): ${part}`;
  if (last > most) return `end of range (${last}) above maximum (${most}): ${part}`;
  return first > last ? `beginning of range (${first}) beyond end of range (${last}): ${part}` : undefined;
}
