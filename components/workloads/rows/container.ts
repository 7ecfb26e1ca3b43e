import { z } from "zod";

import { namedRecord } from "../../named-record.ts";
import { bytes, cpuPattern, memoryPattern, milliCores } from "../../kubernetes/quantities.ts";
import { imageReference } from "./image.ts";

// What cannot be read is not added up: the rules across services wait for it.
const cpu = z.string().regex(cpuPattern, { error: "a CPU quantity looks like 250m or 1.5", abort: true });
const memory = z
  .string()
  .regex(memoryPattern, { error: "a memory quantity looks like 256Mi or 2Gi", abort: true });
const seconds = z.int().min(0).max(3600);

/** A port that needs no root. */
export const port = z.int().min(1024).max(65535);

export const resources = z
  .strictObject({
    cpu: cpu.describe("CPU reserved for each copy, and the 100 % of its scaling target"),
    memory: memory.describe("memory reserved for each copy, and the 100 % of its scaling target"),
    memoryLimit: memory.describe("memory at which a copy is killed"),
    cpuLimit: cpu
      .optional()
      .describe("CPU at which a copy is slowed down; without it idle CPU is free to use"),
    disk: memory.default("64Mi").describe("scratch disk reserved for each copy; twice that is its limit"),
    qos: z
      .enum(["burstable", "guaranteed"])
      .default("burstable")
      .describe(
        "quality of service: burstable may use what is idle, guaranteed gets exactly what it reserves and is the last to be evicted",
      ),
  })
  .superRefine((given, context) => {
    const refuse = (path: string, message: string): void => {
      context.addIssue({ code: "custom", path: [path], message });
    };
    if (bytes(given.memoryLimit) < bytes(given.memory)) {
      refuse("memoryLimit", `memoryLimit must not be below memory ${given.memory}, got ${given.memoryLimit}`);
    }
    if (given.cpuLimit !== undefined && milliCores(given.cpuLimit) < milliCores(given.cpu)) {
      refuse("cpuLimit", `cpuLimit must not be below cpu ${given.cpu}, got ${given.cpuLimit}`);
    }
  })
  .superRefine(({ qos, cpu, cpuLimit, memory, memoryLimit }, context) => {
    if (qos === "burstable") return;
    const refuse = (key: string, message: string): void => {
      context.addIssue({ code: "custom", path: [key], message });
    };
    if (bytes(memoryLimit) > bytes(memory))
      refuse(
        "memoryLimit",
        `memoryLimit must equal memory ${memory} with qos guaranteed, got ${memoryLimit}`,
      );
    if (milliCores(cpuLimit ?? "0") !== milliCores(cpu))
      refuse("cpuLimit", `cpuLimit must equal cpu ${cpu} with qos guaranteed, got ${cpuLimit ?? "nothing"}`);
  })
  .describe("what each copy reserves and may use");

const path = z.string().regex(/^\/[\w./~-]*$/, "a path starts with / and holds no query");

export const health = z
  .strictObject({
    by: z
      .enum(["http", "grpc", "tcp", "exec"])
      .default("http")
      .describe("a request, gRPC's health service, a connection, or a command inside the container"),
    livePath: path.default("/healthz").describe("answers 200 while the process should not be restarted"),
    readyPath: path
      .default("/readyz")
      .describe("answers 200 while the copy can take requests; the load balancer asks here too"),
    port: port.optional().describe("where it answers, if not on the service's own port"),
    command: z
      .array(z.string().min(1))
      .optional()
      .describe("ends with 0 while the copy is well; for exec only, and must be in the image"),
    startSeconds: z.int().min(5).max(900).default(60).describe("how long a copy may take to start"),
    everySeconds: z
      .int()
      .min(1)
      .max(60)
      .default(5)
      .describe("how often a copy is asked whether it is ready; half as often, whether it lives"),
  })
  .superRefine(({ by, command }, context) => {
    if ((by === "exec") === (command !== undefined)) return;
    const message =
      by === "exec"
        ? "command must be set with by exec, got nothing"
        : `command must be left out with by ${by}: only exec runs one`;
    context.addIssue({ code: "custom", path: ["command"], message });
  })
  .describe("how the platform asks a copy whether it is well");

export const shutdown = z
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
  })
  .describe("how a copy goes without cutting off a request");

export const user = z.int().min(1).max(65535).describe("numeric user and group it runs as, never root");

const writablePath = /^\/[\w./-]+$/;

export const writablePaths = z
  .array(z.string().regex(writablePath, "a writable path is absolute and not / itself"))
  .describe("directories it may write to, emptied with every restart; all else is read-only");

/** Names that promise a secret: those belong into Secrets Manager. */
const secretName = /PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|PRIVATE_KEY|API_KEY|ACCESS_KEY/;

const variableName = /^[A-Z][A-Z0-9_]*$/;
const variableRule = "a variable's name is upper case, digits and _";

const environment = namedRecord(variableName, variableRule, z.string()).superRefine((variables, context) => {
  for (const name of Object.keys(variables).filter((candidate) => secretName.test(candidate))) {
    context.addIssue({
      code: "custom",
      path: [name],
      message: `${name} must not be set here: secrets belong into Secrets Manager, settings are in everyone's sight`,
    });
  }
});

const secretReferences = namedRecord(
  variableName,
  variableRule,
  z.strictObject({
    secret: z
      .string()
      .regex(/^[\w/+=.@!-]{1,512}$/, "a secret is named as in Secrets Manager")
      .describe("name in Secrets Manager; the cluster's readableSecrets must cover it"),
    property: z.string().min(1).optional().describe("one key of a secret that holds JSON"),
  }),
);

/** What runs in a pod, and with what. Services and jobs share it. */
export const containerFields = {
  image: imageReference.describe(
    "what runs: registry, name and tag, best with the digest; ecr: instead of a registry is this account's own",
  ),
  command: z.array(z.string()).optional().describe("instead of the image's entry point"),
  args: z.array(z.string()).optional().describe("instead of the image's own arguments"),
  environment: environment
    .default({})
    .describe(
      "variables in plain sight. Those of OpenTelemetry and of what it uses are set by the platform, unless they stand here too",
    ),
  secrets: secretReferences.default({}).describe("variables whose values stand in Secrets Manager"),
  files: namedRecord(writablePath, "a file's path is absolute", z.string())
    .default({})
    .describe("small files in plain sight, such as a configuration, by the path the container finds them at"),
};
