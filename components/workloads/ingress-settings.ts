import { z } from "zod";

import { logRetentionDays } from "../log-retention.ts";
import { namedRecord } from "../named-record.ts";

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

/** The load balancers, each with a name of its own and one audience. */
export const ingressRows = namedRecord(
  /^[a-z][a-z0-9-]{0,30}$/,
  "a load balancer's key is lower case, digits and -, at most 31",
  ingressSettings,
)
  .refine((rows) => Object.keys(rows).length > 0, "ingresses must hold one load balancer, got none")
  .superRefine((rows, context) => {
    const owners = new Map<string, string>();
    for (const [key, { name }] of Object.entries(rows)) {
      const owner = owners.get(name);
      owners.set(name, owner ?? key);
      if (owner === undefined) continue;
      const message = `name must differ from that of ${owner}, got ${name}: AWS keeps one load balancer of a name`;
      context.addIssue({ code: "custom", path: [key, "name"], message });
    }
  })
  .describe(
    "load balancers by a key of yours, such as public and internal; one without a service is not made",
  );

/** Settings of one load balancer. */
export type IngressSettings = Readonly<z.output<typeof ingressSettings>>;
