import { z } from "zod";

import { engines } from "../../versions.ts";
import { logRetentionDays } from "../log-retention.ts";
import { namedRecord } from "../named-record.ts";
import { dailyWindow, findWindowProblems, weeklyWindow } from "../windows.ts";
import { instanceMemoryGib } from "./capacity.ts";
import { ownParameters } from "./parameters.ts";

const fields = z.strictObject({
  identifier: z
    .string()
    .max(40)
    .regex(
      /^[a-z](-?[a-z0-9])*$/,
      "must be lower-case letters, digits and single hyphens, such as groundwork-dev",
    )
    .describe(
      "the instance's name in AWS, part of its endpoint and log groups. Changing it renames the instance, which interrupts it",
    ),
  engineVersion: z
    .string()
    .regex(
      /^\d{2}$/,
      "must be a PostgreSQL major version in quotes, such as 17: RDS keeps the minor one current",
    )
    .optional()
    .describe("PostgreSQL major version; the pinned one unless a stack goes ahead"),
  allowMajorVersionUpgrade: z
    .boolean()
    .default(false)
    .describe(
      "set together with a newer engineVersion; the upgrade interrupts the database for minutes. While it is set, every change is made at once and not in the maintenance window",
    ),
  databaseName: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, "must be lower-case letters, digits and underscores, such as app")
    .default("app")
    .describe("first database. Changing it replaces the instance"),
  masterUsername: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,62}$/, "must be lower-case letters, digits and underscores, such as owner")
    .refine(
      (name) => !["admin", "postgres", "rdsadmin", "root"].includes(name),
      "must be a name nobody guesses first",
    )
    .default("platform_owner")
    .describe(
      "owner of everything in the database; services connect as users of their own. Changing it replaces the instance",
    ),
  masterPassword: z
    .enum(["managed", "generated"])
    .describe(
      "managed lets RDS make and rotate it, so that it is nowhere but in Secrets Manager; generated makes it once, which read replicas need",
    ),
  instanceClass: z
    .string()
    .regex(/^db\.[a-z0-9]+\.[a-z0-9]+$/, {
      error: "must be an instance class, such as db.t4g.medium",
      abort: true,
    })
    .refine(
      (instanceClass) => instanceMemoryGib(instanceClass) !== undefined,
      "must be of a t, m, r or x2 family: the memory of others is not known, and no alarm could tell when it ends",
    )
    .describe(
      "size of each instance; changing it interrupts the database for a minute or, without standby, for some",
    ),
  storageGb: z
    .int()
    .min(20)
    .max(65536)
    .describe("storage to begin with, in GiB; roughly $0.13 a month per GiB, twice that with a standby"),
  maxStorageGb: z.int().max(65536).describe("storage up to which RDS grows by itself, in GiB"),
  iops: z.int().optional().describe("provisioned operations per second; only from 400 GiB on"),
  throughputMb: z.int().optional().describe("provisioned throughput in MiB per second; only from 400 GiB on"),
  multiAz: z
    .boolean()
    .describe("a standby in another zone that takes over within about a minute; doubles the price"),
  readReplicas: z.int().min(0).max(15).describe("copies for reading, each at the price of one more instance"),
  backupRetentionDays: z
    .int()
    .min(1)
    .max(35)
    .describe("days to which the database can be set back, to the second"),
  backupWindow: dailyWindow.describe("time of the daily snapshot, half an hour or longer"),
  maintenanceWindow: weeklyWindow.describe(
    "time at which changes that interrupt the database are made, half an hour or longer",
  ),
  insights: z
    .enum(["standard", "advanced"])
    .describe(
      "CloudWatch Database Insights: standard keeps seven days and is free, advanced keeps fifteen months for roughly $9 a month per vCPU",
    ),
  monitoringIntervalSeconds: z
    .literal([0, 1, 5, 10, 15, 30, 60])
    .describe("how often the operating system's metrics are taken; 0 is never"),
  logRetentionDays: logRetentionDays.describe("days the database's logs are kept in CloudWatch Logs"),
  slowStatementMilliseconds: z
    .int()
    .min(0)
    .describe("statements that take longer are logged; 0 logs every one"),
  parameters: namedRecord(
    /^[a-z][a-z0-9_.]*$/,
    "must be the name of a PostgreSQL parameter, such as max_connections",
    z.string(),
  )
    .default({})
    .describe(
      "further PostgreSQL parameters, such as max_connections; in force after the next restart. Libraries to preload, such as pgaudit, come on top of pg_stat_statements",
    ),
  protect: z
    .boolean()
    .describe(
      "whether AWS and Pulumi refuse to delete the database, its key and its logs, and keep a final snapshot and the backups when it is deleted after all",
    ),
});

type Fields = z.infer<typeof fields>;

interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Settings of the database. */
export const databaseSettings = fields.check(({ value, issues }) => {
  for (const { path, message } of findProblems(value)) {
    issues.push({ code: "custom", input: value, path: [...path], message });
  }
});

/** Settings of the database, checked. */
export type DatabaseSettings = Readonly<Fields>;

/** The PostgreSQL major version in force. A minor one is not named, or RDS could not keep it current without drift. */
export function majorVersionOf({ engineVersion }: Pick<DatabaseSettings, "engineVersion">): string {
  const version = engineVersion ?? engines.postgres;
  return version.split(".")[0] ?? version;
}

/** Below this size gp3 has a fixed 3,000 IOPS and 125 MiB/s (Amazon RDS user guide, "gp3 storage"). */
const provisionableFromGb = 400;

/** RDS warns when less than this is left to grow (Amazon RDS user guide, "Managing capacity automatically"). */
const minimumGrowth = 1.26;

function findProblems(value: Fields): readonly Problem[] {
  return [
    ...findStorageProblems(value),
    ...findPerformanceProblems(value),
    ...findWindowProblems({
      daily: { key: "backupWindow", window: value.backupWindow },
      weekly: { key: "maintenanceWindow", window: value.maintenanceWindow },
      least: { minutes: 30, words: "half an hour" },
    }),
    ...findReplicaProblems(value),
    ...findParameterProblems(value),
  ];
}

function findStorageProblems({ storageGb, maxStorageGb }: Fields): readonly Problem[] {
  const least = Math.ceil(storageGb * minimumGrowth);
  return maxStorageGb < least
    ? [
        {
          path: ["maxStorageGb"],
          message: `must be at least ${least}, a quarter above storageGb, got ${maxStorageGb}: RDS needs room to grow`,
        },
      ]
    : [];
}

function findPerformanceProblems({ storageGb, iops, throughputMb }: Fields): readonly Problem[] {
  if (storageGb < provisionableFromGb) {
    return Object.entries({ iops, throughputMb }).flatMap(([key, given]) =>
      given === undefined
        ? []
        : [
            {
              path: [key],
              message: `must be left out below ${provisionableFromGb} GiB of storage, got ${given}: gp3 has 3000 IOPS and 125 MiB/s there`,
            },
          ],
    );
  }
  return [
    ...outOf("iops", iops, 12_000, 64_000),
    ...outOf("throughputMb", throughputMb, 500, 4_000),
    ...(throughputMb !== undefined && iops === undefined
      ? [
          {
            path: ["iops"],
            message: "must be set together with throughputMb, got nothing: RDS takes them as a pair",
          },
        ]
      : []),
  ];
}

function outOf(key: string, given: number | undefined, least: number, most: number): readonly Problem[] {
  return given === undefined || (given >= least && given <= most)
    ? []
    : [{ path: [key], message: `must be from ${least} to ${most}, got ${given}` }];
}

function findParameterProblems({ parameters }: Fields): readonly Problem[] {
  return ownParameters
    .filter((name) => name in parameters)
    .map((name) => ({
      path: ["parameters", name],
      message:
        name === "log_min_duration_statement"
          ? "must be left out: slowStatementMilliseconds says it"
          : "must be left out: the platform sets it itself",
    }));
}

/** Amazon RDS user guide, "Limitations for Secrets Manager integration with Amazon RDS". */
function findReplicaProblems({ readReplicas, masterPassword }: Fields): readonly Problem[] {
  return readReplicas > 0 && masterPassword === "managed"
    ? [
        {
          path: ["masterPassword"],
          message:
            "must be generated with read replicas, got managed: RDS copies no instance whose password it manages",
        },
      ]
    : [];
}
