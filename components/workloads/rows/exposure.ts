import { z } from "zod";

/** How a service is reached from outside. */
export const expose = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/[\w./~-]*$/, "a path starts with / and holds no query")
      .describe("requests that begin with it come here"),
    by: z
      .string()
      .optional()
      .describe("one of the load balancers; the first of them unless it says otherwise"),
    host: z
      .string()
      .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, "host must be one label, the zone follows")
      .optional()
      .describe("a name of its own in the domain's zone, instead of the load balancer's"),
    stickySeconds: z
      .int()
      .min(1)
      .max(604_800)
      .optional()
      .describe("how long a browser comes back to the same copy; without it to any"),
    drainSeconds: z
      .int()
      .min(0)
      .max(3600)
      .optional()
      .describe(
        "how long requests under way may still take when a copy goes, if not as long as at its load balancer",
      ),
    healthCodes: z
      .string()
      .regex(/^\d{3}(-\d{3})?(,\d{3}(-\d{3})?)*$/, "codes look like 200 or 200-299,302")
      .default("200")
      .describe("answers to the load balancer's question that count as ready"),
  })
  .describe("how it is reached from outside; without it, it is not");

/** Where a service shows what it measures. */
export const metrics = z
  .strictObject({
    path: z
      .string()
      .regex(/^\/[\w./~-]*$/, "a path starts with / and holds no query")
      .default("/metrics")
      .describe("where it shows its numbers"),
    port: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,14}$/, "a port's name is lower case, digits and -, at most 15")
      .default("http")
      .describe("on which of its ports, by name; http is the service's own"),
    everySeconds: z.int().min(5).max(300).default(30).describe("how often Prometheus asks"),
  })
  .describe(
    "numbers of its own, in the format of Prometheus; without it only what OpenTelemetry sends counts",
  );
