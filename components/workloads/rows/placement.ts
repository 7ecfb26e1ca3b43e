import { z } from "zod";

export const placement = z
  .strictObject({
    capacity: z
      .enum(["any", "onDemand", "spot", "preferSpot"])
      .default("any")
      .describe(
        "nodes it may run on: spot ones cost about a third, and AWS takes them back with two minutes' notice",
      ),
    nodeGroup: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,35}$/, "a node group's name is lower case, digits and -, at most 36")
      .optional()
      .describe("the one node group whose nodes it runs on, past a taint node-group with its name"),
    zones: z
      .enum(["prefer", "require"])
      .default("prefer")
      .describe(
        "whether copies are spread evenly over the zones where possible, or wait until they can be; require follows the loss of a zone with waiting copies",
      ),
  })
  .describe("where its copies run");

export const priority = z
  .enum(["critical", "standard", "background"])
  .describe(
    "who keeps running when there is no room: critical copies take the place of others, background ones give theirs up",
  );
