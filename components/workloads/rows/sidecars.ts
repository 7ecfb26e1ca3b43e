import { z } from "zod";

import { platformImage as image } from "./image.ts";

/** Containers beside the service's own. */
export const sidecars = z
  .strictObject({
    pgbouncer: z
      .strictObject({
        image,
        poolSize: z
          .int()
          .min(1)
          .max(500)
          .default(20)
          .describe("connections to the database each copy keeps open for reuse"),
        maxConnections: z
          .int()
          .min(1)
          .max(1000)
          .default(50)
          .describe("connections to the database each copy may open at most"),
        maxClients: z
          .int()
          .min(1)
          .max(10_000)
          .default(200)
          .describe("connections the service itself may hold open; more wait"),
        mode: z
          .enum(["transaction", "session"])
          .default("transaction")
          .describe("when a connection is handed to another: session keeps prepared statements and locks"),
      })
      .superRefine(({ poolSize, maxConnections }, context) => {
        if (poolSize > maxConnections)
          context.addIssue({
            code: "custom",
            path: ["poolSize"],
            message: `poolSize must not exceed maxConnections ${maxConnections}, got ${poolSize}`,
          });
      })
      .optional()
      .describe(
        "a pool of database connections, found where the database was: at DATABASE_HOST and DATABASE_PORT",
      ),
    collector: z
      .strictObject({ image })
      .optional()
      .describe(
        "an OpenTelemetry collector in each copy, which takes its traces when the central ones are away",
      ),
  })
  .describe("containers that start before the service's own and end after it");

/** Containers beside the service's own. */
export type Sidecars = Readonly<z.output<typeof sidecars>>;
