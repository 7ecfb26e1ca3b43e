import { parse } from "yaml";
import { z } from "zod";
import type { Problem } from "../../config-problems.ts";
import { describeProblems, findProblems } from "../../config-problems.ts";

const clock = z
  .string()
  .regex(/^\d{1,3}:[0-5]\d$/, 'must be hours and minutes since the start, such as "08:30"');
const share = z.number().min(0);

const pointsSchema = z
  .array(z.strictObject({ at: clock, perSecond: z.number().min(0) }))
  .min(1)
  .refine(rises, "must be in order of time, each later than the one before")
  .transform((points) => points.map(({ at, perSecond }) => ({ second: secondsOf(at), perSecond })));

const serviceSchema = z.strictObject({
  share: share.default(1),
  cpuSeconds: z.number().positive(),
  waitSeconds: z.number().min(0).default(0),
  coresPerPod: z.number().positive().optional(),
  memoryMib: z.number().min(0).default(128),
  memoryPerRequestMib: z.number().min(0).default(0),
  startSeconds: z.number().min(0).default(10),
  pullSeconds: z.number().min(0).default(10),
  patienceSeconds: z.number().positive().default(10),
  partitions: z.int().min(1).default(12),
  requests: pointsSchema.optional(),
  messages: pointsSchema.optional(),
});

const outageSchema = z.strictObject({ from: clock, to: clock, trigger: z.string() });

const schema = z.strictObject({
  name: z.string(),
  about: z.string(),
  start: z.iso.datetime({
    local: true,
    offset: false,
    error: "must be a local time such as 2026-10-05T00:00",
  }),
  timeZone: z.string().refine(isTimeZone, "must be a time zone of the IANA database, such as Europe/Rome"),
  length: clock,
  noise: z.number().min(0).max(1).default(0.05),
  nodeStartSeconds: z.number().min(1).default(60),
  thinkSeconds: z.number().positive().default(10),
  repeatEvery: clock.optional(),
  calendar: z
    .strictObject({
      weekend: share.default(1),
      holiday: share.default(1),
      monthEnd: share.default(1),
      holidays: z.array(z.iso.date("must be a date such as 2026-12-25")).default([]),
    })
    .default({ weekend: 1, holiday: 1, monthEnd: 1, holidays: [] }),
  requests: pointsSchema,
  messages: pointsSchema.optional(),
  outages: z.array(outageSchema).default([]),
  services: z.record(z.string(), serviceSchema).refine((services) => "*" in services, {
    message: 'must have an entry "*": it holds for every service without one of its own',
  }),
});

/** A load over time, and what a request costs each service. See simulation/README.md for what each setting means. */
export type Profile = z.infer<typeof schema>;

/** What a request costs one service. */
export type ServiceProfile = z.infer<typeof serviceSchema>;

/** A curve: rates at moments, straight lines between. */
export type Points = z.infer<typeof pointsSchema>;

function rises(points: readonly { readonly at: string }[]): boolean {
  return points.every(
    ({ at }, index) => index === 0 || secondsOf(points[index - 1]?.at ?? "0:00") < secondsOf(at),
  );
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Seconds of `hours:minutes`. */
export function secondsOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 3600 + Number(minutes) * 60;
}

/**
 * Reads a profile. @throws Error that names every mistake at once: where, the rule, the value and the remedy.
 * @param file its name, for the message.
 * @param workloads names of the stack's workloads, which `services` may name; any where there are none given.
 */
export function readProfile(file: string, content: string, workloads?: readonly string[]): Profile {
  const given = yamlIn(file, content);
  const parsed = schema.safeParse(given);
  const problems = [...findProblems(schema, given), ...unknownServices(given, workloads)];
  if (!parsed.success || problems.length > 0) throw new Error(describeProblems(file, problems));
  return parsed.data;
}

function yamlIn(file: string, content: string): unknown {
  try {
    return parse(content);
  } catch (error) {
    const [why = "", ...place] = (error instanceof Error ? error.message : String(error)).split("\n");
    throw new Error([`${file} is no YAML: ${why}`, ...place].join("\n").trim(), { cause: error });
  }
}

function unknownServices(given: unknown, workloads: readonly string[] | undefined): readonly Problem[] {
  const named = z.object({ services: z.record(z.string(), z.unknown()) }).safeParse(given);
  if (workloads === undefined || !named.success) return [];
  return Object.keys(named.data.services)
    .filter((name) => name !== "*" && !workloads.includes(name))
    .map((name) => ({
      path: ["services", name],
      message: `names no workload of the stack: there are ${workloads.join(", ")}`,
    }));
}
