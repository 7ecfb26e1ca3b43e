import { z } from "zod";

import { engines } from "../../versions.ts";
import { logRetentionDays } from "../log-retention.ts";
import { dailyWindow, findWindowProblems, weeklyWindow } from "../windows.ts";

const fields = z.strictObject({
  identifier: z
    .string()
    .max(30)
    .regex(
      /^[a-z](-?[a-z0-9])*$/,
      "must be lower-case letters, digits and single hyphens, such as groundwork-dev",
    )
    .describe(
      "the group's name in AWS, and the first part of its users' names. Changing it replaces the cache",
    ),
  engine: z
    .enum(["valkey", "redis"])
    .default("valkey")
    .describe(
      "Valkey is a fifth cheaper; redis is Redis OSS up to 7.1. From redis to valkey is an upgrade, back is a replacement",
    ),
  engineVersion: z
    .string()
    .regex(/^\d\.\d$/, "must be major and minor in quotes, such as 8.1")
    .default(engines.valkey)
    .describe(
      "the pinned version unless a stack goes ahead; raising it fails over once per shard, lowering it replaces the cache",
    ),
  nodeType: z
    .string()
    .regex(/^cache\.[a-z0-9]+\.[a-z0-9]+$/, "must be a node type, such as cache.t4g.micro")
    .describe("size of each node"),
  shards: z
    .int()
    .min(1)
    .max(90)
    .describe("parts the keys are spread over; can be changed while the cache is in use"),
  replicasPerShard: z
    .int()
    .min(0)
    .max(5)
    .describe(
      "copies of each shard in other zones, each at the price of one more node. Without one, a node's failure empties its shard",
    ),
  maxMemoryPolicy: z
    .enum([
      "allkeys-lfu",
      "allkeys-lru",
      "allkeys-random",
      "noeviction",
      "volatile-lfu",
      "volatile-lru",
      "volatile-random",
      "volatile-ttl",
    ])
    .describe("what is forgotten when memory is full; volatile ones only forget keys with a lifetime"),
  users: z
    .record(
      z.string().regex(/^[a-z](-?[a-z0-9])*$/, "must be lower-case letters, digits and single hyphens"),
      z.string().min(1),
    )
    .describe(
      "who may sign in, each with what they may do in the engine's own words (ACL). They sign in with IAM, so nobody has a password",
    ),
  snapshotRetentionDays: z.int().min(0).max(35).describe("days daily snapshots are kept; 0 takes none"),
  snapshotWindow: dailyWindow.describe("time of the daily snapshot, an hour or longer"),
  maintenanceWindow: weeklyWindow.describe(
    "time at which AWS patches nodes, an hour or longer; changes of the settings are made at once",
  ),
  logRetentionDays: logRetentionDays.describe(
    "days the slow log and the engine's log are kept in CloudWatch Logs",
  ),
  protect: z
    .boolean()
    .describe(
      "whether Pulumi refuses to delete the cache and its key, CloudWatch its logs, and a final snapshot remains when it is deleted after all",
    ),
});

type Fields = z.infer<typeof fields>;

interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Settings of the cache. */
export const cacheSettings = fields.check(({ value, issues }) => {
  for (const { path, message } of [
    ...findVersionProblems(value),
    ...findUserProblems(value),
    ...findWindowProblems({
      daily: { key: "snapshotWindow", window: value.snapshotWindow },
      weekly: { key: "maintenanceWindow", window: value.maintenanceWindow },
      least: { minutes: 60, words: "an hour" },
    }),
  ]) {
    issues.push({ code: "custom", input: value, path: [...path], message });
  }
});

/** Settings of the cache, checked. */
export type CacheSettings = Readonly<Fields>;

/** Versions that know IAM sign-in and can be bought (Amazon ElastiCache user guide, "Authenticating with IAM", "Supported engines"). */
const signInVersions = { valkey: { least: 7.2, most: Infinity }, redis: { least: 7.0, most: 7.1 } };

function findVersionProblems({ engine, engineVersion }: Fields): readonly Problem[] {
  const { least, most } = signInVersions[engine];
  const path = ["engineVersion"];
  const version = Number(engineVersion);
  if (version < least) {
    return [
      {
        path,
        message: `must be ${least.toFixed(1)} or newer with ${engine}, got ${engineVersion}: users sign in with IAM`,
      },
    ];
  }
  return version > most
    ? [
        {
          path,
          message: `must be ${most.toFixed(1)} or older with ${engine}, got ${engineVersion}: later ones are valkey`,
        },
      ]
    : [];
}

function findUserProblems({ users }: Fields): readonly Problem[] {
  const names = Object.keys(users);
  if (names.length === 0)
    return [{ path: ["users"], message: "must name at least one user, got none: nobody could sign in" }];
  return names.includes("default")
    ? [
        {
          path: ["users", "default"],
          message: "must have another name, got default: that one is for clients that do not sign in",
        },
      ]
    : [];
}
