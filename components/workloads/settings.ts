import { z } from "zod";

import { ingressRows } from "./ingress-settings.ts";
import { jobRows } from "./job-settings.ts";
import { namespaceRows } from "./namespace-settings.ts";
import { findProblems } from "./problems/find-problems.ts";
import { platformImage } from "./rows/image.ts";
import { tunableSettings, workloadRows } from "./workload-settings.ts";

/** The microservices of a stack: their namespaces, their load balancers, one row per service and per job. */
export const servicesSettings = z
  .strictObject({
    namespaces: namespaceRows,
    ingresses: ingressRows,
    eventScaling: z
      .enum(["whenNeeded", "always"])
      .default("whenNeeded")
      .describe("whether KEDA is installed only if a row needs it, or also for others"),
    databaseUsers: z
      .strictObject({ image: platformImage })
      .prefault({})
      .describe(
        "how each row that names the database gets its user there: by PostgreSQL's own client, in a job that runs before the services",
      ),
    defaults: tunableSettings.default({}).describe("what a row takes unless it says otherwise"),
    items: workloadRows.describe("the services, by name"),
    jobs: jobRows.default({}).describe("what runs to its end, once or at times, by name"),
  })
  .superRefine((settings, context) => {
    for (const { path, message } of findProblems(settings))
      context.addIssue({ code: "custom", path, message });
  });

/** Settings of {@link Services}, as the stack's YAML has them after defaults. */
export type ServicesSettings = Readonly<z.output<typeof servicesSettings>>;
