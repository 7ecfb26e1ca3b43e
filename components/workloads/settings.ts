import { z } from "zod";

import { logRetentionDays } from "../log-retention.ts";
import { findProblems } from "./problems.ts";
import { memoryPattern } from "./quantities.ts";
import { tunableSettings, workloadRows } from "./workload-settings.ts";

const ingressSettings = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$/, "name must be lower case, digits and -, at most 32")
    .describe("the load balancer's name, the same for ever: dashboards and alarms find it by that"),
  scheme: z
    .enum(["internal", "internet-facing"])
    .describe("who can reach the load balancer: the VPC, or everyone; the latter needs a domain"),
  host: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "host must be one label, the zone follows")
    .default("app")
    .describe("its name in the domain's zone. Has no meaning without a domain"),
  idleSeconds: z.int().min(1).max(4000).default(60).describe("when a connection without traffic is closed"),
  drainSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(30)
    .describe("how long requests under way may still take when a copy goes"),
  deletionProtection: z.boolean().describe("whether AWS refuses to delete the load balancer"),
  requestsPerFiveMinutes: z
    .int()
    .min(100)
    .max(2_000_000_000)
    .default(2000)
    .describe("requests one address may make in five minutes when the load balancer faces the internet"),
  logRetentionDays: logRetentionDays.describe("how long the web firewall's log is kept"),
});

/** The microservices of a stack: one namespace, one load balancer, one row per service. */
export const servicesSettings = z
  .strictObject({
    namespace: z
      .string()
      .regex(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, "namespace must be lower case, digits and -")
      .refine((name) => !/^(default|kube-.*)$/.test(name), "namespace must not be Kubernetes' own")
      .describe("where all of them run. Changing it replaces every one"),
    owner: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "owner must be a team's short name")
      .describe("the team that answers for the services"),
    quota: z
      .strictObject({
        pods: z.int().min(1).describe("copies at most, during an update too"),
        cpu: z
          .string()
          .regex(/^\d+$/, { error: "cpu must be whole cores", abort: true })
          .describe("whole cores, in quotes"),
        memory: z
          .string()
          .regex(memoryPattern, { error: "a memory quantity looks like 256Mi or 2Gi", abort: true })
          .describe("memory, such as 32Gi"),
      })
      .describe("what all copies of all services may reserve together"),
    ingress: ingressSettings,
    defaults: tunableSettings.default({}).describe("what a row takes unless it says otherwise"),
    items: workloadRows.describe("the services, by name"),
  })
  .superRefine((settings, context) => {
    for (const { path, message } of findProblems(settings))
      context.addIssue({ code: "custom", path, message });
  });

/** Settings of {@link Services}, as the stack's YAML has them after defaults. */
export type ServicesSettings = Readonly<z.output<typeof servicesSettings>>;
