import { z } from "zod";

import { namedRecord } from "../named-record.ts";
import { teamAccess } from "../kubernetes/team-roles.ts";
import { bytes, cpuPattern, memoryPattern, milliCores } from "../kubernetes/quantities.ts";

const cpu = z.string().regex(cpuPattern, { error: "a CPU quantity looks like 250m or 1.5", abort: true });
const memory = z
  .string()
  .regex(memoryPattern, { error: "a memory quantity looks like 256Mi or 2Gi", abort: true });

const quota = z
  .strictObject({
    pods: z.int().min(1).describe("copies at most, during an update too"),
    cpu: z
      .string()
      .regex(/^\d+$/, { error: "cpu must be whole cores", abort: true })
      .describe("whole cores, in quotes"),
    memory: memory.describe("memory, such as 32Gi"),
  })
  .describe("what all copies of all services in it may reserve together");

/** What the largest sidecar takes, and what a container reserves that says nothing. */
const least = { cpu: "50m", memory: "128Mi" } as const;

const limits = z
  .strictObject({
    cpu: cpu.optional().describe("CPU one container may be limited to at most"),
    memory: memory.optional().describe("memory one container may use at most"),
  })
  .superRefine(({ cpu, memory }, context) => {
    const refuse = (key: string, least: string, given: string): void => {
      const message = `${key} must be at least ${least}, got ${given}: the platform's own containers take that much`;
      context.addIssue({ code: "custom", path: [key], message });
    };
    if (cpu !== undefined && milliCores(cpu) < milliCores(least.cpu)) refuse("cpu", least.cpu, cpu);
    if (memory !== undefined && bytes(memory) < bytes(least.memory)) refuse("memory", least.memory, memory);
  })
  .describe("what a single container may ask for, whatever the quota has left");

const namespaceSettings = z.strictObject({
  owner: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "owner must be a team's short name")
    .describe("the team that answers for what runs in it"),
  quota,
  limits: limits.prefault({}),
  podSecurity: z
    .enum(["restricted", "baseline"])
    .default("restricted")
    .describe("Pod Security Standard that the API server enforces; baseline allows images that run as root"),
  teams: namedRecord(
    /^[a-z][a-z0-9-]{0,61}[a-z0-9]$/,
    "a team's name is lower case, digits and -",
    z.enum(teamAccess),
  )
    .default({})
    .describe(
      "what further teams may do in it: view looks at everything but secrets, operate also restarts, scales and removes copies, for which it may change Deployments, so give it to those who may act as the services. A team is a group of the cluster's access entries",
    ),
});

/** The namespaces of the services. */
export const namespaceRows = namedRecord(
  /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
  "a namespace is lower case, digits and -",
  namespaceSettings,
)
  .superRefine((rows, context) => {
    const refuse = (path: string[], message: string): void => {
      context.addIssue({ code: "custom", path, message });
    };
    if (Object.keys(rows).length === 0) refuse([], "namespaces must hold one namespace, got none");
    for (const name of Object.keys(rows).filter((name) => /^(default|kube-.*)$/.test(name)))
      refuse([name], "a namespace must not be Kubernetes' own");
  })
  .describe("namespaces by name; rows that name none are in the first");

/** Settings of one namespace. */
export type NamespaceSettings = Readonly<z.output<typeof namespaceSettings>>;
