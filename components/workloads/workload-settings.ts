import { z } from "zod";

import { namedRecord } from "../named-record.ts";
import { bytes, cpuPattern, memoryPattern, milliCores } from "./quantities.ts";

// What cannot be read is not added up: the rules across services wait for it.
const cpu = z.string().regex(cpuPattern, { error: "a CPU quantity looks like 250m or 1.5", abort: true });
const memory = z
  .string()
  .regex(memoryPattern, { error: "a memory quantity looks like 256Mi or 2Gi", abort: true });
const port = z.int().min(1024).max(65535);
const seconds = z.int().min(0).max(3600);

const replicas = z
  .strictObject({
    min: z.int().min(1).describe("copies that always run"),
    max: z.int().min(1).max(1000).describe("copies at most, so what the service may ever cost"),
  })
  .superRefine(({ min, max }, context) => {
    if (min > max)
      context.addIssue({
        code: "custom",
        path: ["min"],
        message: `min must not exceed max ${max}, got ${min}`,
      });
  })
  .describe("how few and how many copies the autoscaler may run; from two on a node can fail unnoticed");

const resources = z
  .strictObject({
    cpu: cpu.describe("CPU reserved for each copy, and the 100 % of its autoscaling target"),
    memory: memory.describe("memory reserved for each copy, and the 100 % of its autoscaling target"),
    memoryLimit: memory.describe("memory at which a copy is killed"),
    cpuLimit: cpu
      .optional()
      .describe("CPU at which a copy is slowed down; without it idle CPU is free to use"),
    disk: memory.default("64Mi").describe("scratch disk reserved for each copy; twice that is its limit"),
  })
  .superRefine((given, context) => {
    if (bytes(given.memoryLimit) < bytes(given.memory)) {
      context.addIssue({
        code: "custom",
        path: ["memoryLimit"],
        message: `memoryLimit must not be below memory ${given.memory}, got ${given.memoryLimit}`,
      });
    }
    if (given.cpuLimit !== undefined && milliCores(given.cpuLimit) < milliCores(given.cpu)) {
      context.addIssue({
        code: "custom",
        path: ["cpuLimit"],
        message: `cpuLimit must not be below cpu ${given.cpu}, got ${given.cpuLimit}`,
      });
    }
  });

const pace = z.strictObject({
  afterSeconds: seconds.describe("how long the signal must hold before anything happens"),
  pods: z.int().min(1).describe("copies added or taken away at a time"),
  everySeconds: z.int().min(1).max(1800).describe("the time between two such steps"),
});

const autoscaling = z.strictObject({
  cpuPercent: z.int().min(1).max(100).default(70).describe("CPU in use, in percent of what is reserved"),
  memoryPercent: z
    .int()
    .min(1)
    .max(100)
    .default(80)
    .describe("memory in use, in percent of what is reserved"),
  up: pace
    .prefault({ afterSeconds: 0, pods: 4, everySeconds: 60 })
    .describe("how fast copies are added: soon and several"),
  down: pace
    .prefault({ afterSeconds: 300, pods: 1, everySeconds: 60 })
    .describe("how fast copies are taken away: late and one by one"),
});

const path = z.string().regex(/^\/[\w./~-]*$/, "a path starts with / and holds no query");

const health = z.strictObject({
  livePath: path.default("/healthz").describe("answers 200 while the process should not be restarted"),
  readyPath: path
    .default("/readyz")
    .describe("answers 200 while the copy can take requests; the load balancer asks here too"),
  startSeconds: z.int().min(5).max(900).default(60).describe("how long a copy may take to start"),
});

const shutdown = z
  .strictObject({
    announceSeconds: seconds
      .default(15)
      .describe("how long a copy still answers after it was taken out of rotation"),
    graceSeconds: seconds
      .default(45)
      .describe("when a copy is killed, counted from the beginning of its shutdown"),
  })
  .superRefine(({ announceSeconds, graceSeconds }, context) => {
    if (graceSeconds <= announceSeconds) {
      context.addIssue({
        code: "custom",
        path: ["graceSeconds"],
        message: `graceSeconds must exceed announceSeconds ${announceSeconds}, got ${graceSeconds}: requests under way need time`,
      });
    }
  });

/** What a service says for itself or takes, field by field, from the stack's defaults. */
const tunable = z.strictObject({
  port: port.describe("where it listens; above 1023, since it does not run as root"),
  replicas,
  resources: resources.describe("what each copy reserves and may use"),
  autoscaling: autoscaling.describe("when the number of copies changes, and how fast"),
  health: health.describe("how the platform asks a copy whether it is well"),
  shutdown: shutdown.describe("how a copy goes without cutting off a request"),
  user: z.int().min(1).max(65535).describe("numeric user and group it runs as, never root"),
  writablePaths: z
    .array(z.string().regex(/^\/[\w./-]+$/, "a writable path is absolute and not / itself"))
    .describe("directories it may write to, emptied with every restart; all else is read-only"),
});

/** Fields a row may leave out; one that is given counts as a whole. */
export const tunableSettings = tunable.partial();

/** What holds where neither a row nor the stack says otherwise. */
export const platformDefaults = tunable.parse({
  port: 8080,
  replicas: { min: 2, max: 20 },
  resources: { cpu: "250m", memory: "256Mi", memoryLimit: "512Mi" },
  autoscaling: {},
  health: {},
  shutdown: {},
  user: 10001,
  writablePaths: ["/tmp"],
});

const serviceName = /^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$/;
const serviceNameRule = "a service's name is lower case, digits and -, at most 42";

/** Names that promise a secret: those belong into Secrets Manager. */
const secretName = /PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|PRIVATE_KEY|API_KEY|ACCESS_KEY/;

const environment = namedRecord(
  /^[A-Z][A-Z0-9_]*$/,
  "a variable's name is upper case, digits and _",
  z.string(),
).superRefine((variables, context) => {
  for (const name of Object.keys(variables).filter((candidate) => secretName.test(candidate))) {
    context.addIssue({
      code: "custom",
      path: [name],
      message: `${name} must not be set here: secrets belong into Secrets Manager, settings are in everyone's sight`,
    });
  }
});

const secretReferences = namedRecord(
  /^[A-Z][A-Z0-9_]*$/,
  "a variable's name is upper case, digits and _",
  z.strictObject({
    secret: z
      .string()
      .regex(/^[\w/+=.@!-]{1,512}$/, "a secret is named as in Secrets Manager")
      .describe("name in Secrets Manager; the cluster's readableSecrets must cover it"),
    property: z.string().min(1).optional().describe("one key of a secret that holds JSON"),
  }),
);

/** One service: what it is, whom it talks to, and what it takes differently from the defaults. */
export const workloadSettings = tunableSettings.extend({
  image: z
    .string()
    .regex(
      /^[\w.-]+(:\d+)?(\/[\w.-]+)+:[\w][\w.-]*(@sha256:[0-9a-f]{64})?$/,
      "an image names its registry and a tag, best a digest too",
    )
    .refine(
      (image) => !/:latest(@|$)/.test(image),
      "an image must not be tagged latest: nobody could tell what runs",
    )
    .describe("what runs: registry, name and tag, best with the digest"),
  environment: environment
    .default({})
    .describe(
      "variables in plain sight. Those of OpenTelemetry are set by the platform, unless they stand here too",
    ),
  secrets: secretReferences.default({}).describe("variables whose values stand in Secrets Manager"),
  path: path.optional().describe("requests from outside that begin with it come here; without it none do"),
  calls: z
    .array(z.string().regex(serviceName, serviceNameRule))
    .default([])
    .describe("other services it may call. No other may be reached"),
  reaches: namedRecord(
    /^[a-z][a-z0-9-]*$/,
    "a store's name is lower case, digits and -",
    z.int().min(1).max(65535),
  )
    .default({})
    .describe("ports inside the VPC it may connect to, such as those of database and cache"),
  internet: z.boolean().default(false).describe("whether it may call HTTPS outside the VPC"),
});

/** All services by name. */
export const workloadRows = namedRecord(serviceName, serviceNameRule, workloadSettings);

/** A field's value, whoever gave it. */
export type Tunable = Readonly<z.output<typeof tunable>>;

/** Fields of one layer: a row's or the stack's defaults. */
export type TunableLayer = Readonly<z.output<typeof tunableSettings>>;

/** One row of settings, before the defaults. */
export type WorkloadRow = Readonly<z.output<typeof workloadSettings>>;

/** A service with everything said: its own settings over the stack's defaults over the platform's. */
export interface WorkloadSettings extends Tunable {
  readonly name: string;
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: WorkloadRow["secrets"];
  readonly path: string | undefined;
  readonly calls: readonly string[];
  readonly reaches: Readonly<Record<string, number>>;
  readonly internet: boolean;
}

/** Settles what a row leaves open. */
export function resolveWorkload(name: string, row: WorkloadRow, defaults: TunableLayer): WorkloadSettings {
  const settle = <Value>(own: Value | undefined, stack: Value | undefined, platform: Value): Value =>
    own ?? stack ?? platform;

  return {
    name,
    image: row.image,
    environment: row.environment,
    secrets: row.secrets,
    path: row.path,
    calls: row.calls,
    reaches: row.reaches,
    internet: row.internet,
    port: settle(row.port, defaults.port, platformDefaults.port),
    replicas: settle(row.replicas, defaults.replicas, platformDefaults.replicas),
    resources: settle(row.resources, defaults.resources, platformDefaults.resources),
    autoscaling: settle(row.autoscaling, defaults.autoscaling, platformDefaults.autoscaling),
    health: settle(row.health, defaults.health, platformDefaults.health),
    shutdown: settle(row.shutdown, defaults.shutdown, platformDefaults.shutdown),
    user: settle(row.user, defaults.user, platformDefaults.user),
    writablePaths: settle(row.writablePaths, defaults.writablePaths, platformDefaults.writablePaths),
  };
}
