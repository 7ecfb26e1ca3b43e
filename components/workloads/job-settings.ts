import { z } from "zod";

import { namedRecord } from "../named-record.ts";
import { accessFields, serviceName, serviceNameRule } from "./rows/access.ts";
import { containerFields } from "./rows/container.ts";
import { given, platformDefaults, tunablePodFields } from "./workload-settings.ts";
import type { Layers, PodSettings } from "./workload-settings.ts";

/** A minute, an hour, a day of the month, a month and a weekday, each a number, a list, a range or a step. */
const cron = /^([\d*/,-]+ ){2}([\d*/,?-]+ )([\d*/,A-Za-z-]+ )[\d*/,A-Za-z-]+$/;

const jobSettings = z
  .strictObject({
    ...containerFields,
    ...accessFields,
    ...z.strictObject(tunablePodFields).partial().shape,
    schedule: z
      .string()
      .regex(cron, "a schedule has five fields, such as 0 6 * * 1-5")
      .optional()
      .describe("when it runs, as cron says it; without it once in each deployment that changes it"),
    timezone: z
      .string()
      .refine(
        (zone) => Intl.supportedValuesOf("timeZone").includes(zone),
        "a timezone looks like Europe/Rome",
      )
      .default("Europe/Rome")
      .describe("whose clock the schedule follows, summer time included"),
    overlap: z
      .enum(["forbid", "replace", "allow"])
      .default("forbid")
      .describe(
        "what happens when the last run is not over: the new one waits for the next time, takes its place, or runs beside it",
      ),
    retries: z.int().min(0).max(10).default(2).describe("how often a failed run is tried again"),
    deadlineSeconds: z
      .int()
      .min(1)
      .max(86_400)
      .default(3600)
      .describe("when a run is given up, its retries included"),
    keepSeconds: z
      .int()
      .min(0)
      .max(604_800)
      .default(86_400)
      .describe("how long a finished run can be looked at"),
  })
  .describe("one job");

/** All jobs by name. */
export const jobRows = namedRecord(serviceName, serviceNameRule, jobSettings);

/** One row of settings, before the defaults. */
export type JobRow = Readonly<z.output<typeof jobSettings>>;

/** A job with everything said. */
export interface JobSettings
  extends
    PodSettings,
    Readonly<
      Pick<JobRow, "schedule" | "timezone" | "overlap" | "retries" | "deadlineSeconds" | "keepSeconds">
    > {}

/** Settles what a row leaves open. */
export function resolveJob(name: string, row: JobRow, { defaults, namespace }: Layers): JobSettings {
  const {
    port: _port,
    replicas: _replicas,
    scaling: _scaling,
    health: _health,
    shutdown: _shutdown,
    ...pod
  } = {
    ...platformDefaults,
    ...given(defaults),
  };
  return { namespace, ...pod, ...given(row), name };
}
