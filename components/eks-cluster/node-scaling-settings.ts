import { z } from "zod";

import { images } from "../../versions.ts";
import { cpuPattern, memoryPattern } from "../kubernetes/quantities.ts";
import { vcpusOf } from "./instance-size.ts";
import type { NodeGroupSettings } from "./node-group-settings.ts";

const headroomSettings = z.strictObject({
  image: z
    .string()
    .regex(
      /^[\w.-]+\/[\w./-]+(:\w[\w.-]*)?@sha256:[0-9a-f]{64}$/,
      "an image is named by its registry and its digest",
    )
    .default(images.pause)
    .describe("what sleeps there: a copy of the platform's image, such as one in a registry of your own"),
  pods: z.int().min(1).max(100).describe("how many places are kept free"),
  cpu: z
    .string()
    .regex(cpuPattern, { error: "a CPU quantity looks like 250m or 1.5", abort: true })
    .describe("CPU of one place"),
  memory: z
    .string()
    .regex(memoryPattern, { error: "a memory quantity looks like 256Mi or 2Gi", abort: true })
    .describe("memory of one place"),
});

/** Who starts and ends nodes, and how much room there always is. */
export const nodeScalingFields = {
  nodeScaling: z
    .enum(["clusterAutoscaler", "karpenter"])
    .default("clusterAutoscaler")
    .describe(
      "who starts nodes for waiting pods: the cluster autoscaler makes node groups larger; Karpenter starts single nodes of the same kinds, faster, beside the size.min nodes of each group",
    ),
  expander: z
    .enum(["leastWaste", "priority"])
    .default("leastWaste")
    .describe(
      "which group the cluster autoscaler makes larger: the one that would idle least, or the one with the highest priority that can be had",
    ),
  headroom: headroomSettings
    .optional()
    .describe("room kept free for copies that cannot wait for a node; it costs what the nodes under it cost"),
};

/** Room that is kept free. */
export type HeadroomSettings = Readonly<z.output<typeof headroomSettings>>;

interface NodeScaling {
  readonly name: string;
  readonly nodeScaling: "clusterAutoscaler" | "karpenter";
  readonly expander: "leastWaste" | "priority";
  readonly nodeGroups: Readonly<Record<string, NodeGroupSettings>>;
  readonly controllerReplicas: number;
}

/** Longest name of a cluster whose queue of interruptions SQS still takes: 80 characters, `-interruptions` among them. */
const longestQueuedName = 66;

/** What one way of starting nodes cannot do, or would not read. */
export function checkNodeScaling(settings: NodeScaling, context: z.RefinementCtx): void {
  const refuse = (path: string[], message: string): void => {
    context.addIssue({ code: "custom", path, message });
  };
  if (settings.nodeScaling === "clusterAutoscaler") return;
  const { name, controllerReplicas } = settings;
  const seats = seatsOf(settings.nodeGroups);
  if (name.length > longestQueuedName)
    refuse(
      ["name"],
      `name must have at most ${longestQueuedName} characters with nodeScaling karpenter, got ${name.length}: its queue is named after it`,
    );
  if (controllerReplicas > seats)
    refuse(
      ["controllerReplicas"],
      `controllerReplicas must not exceed ${seats}, the sum of size.min of groups without taints, with nodeScaling karpenter, got ${controllerReplicas}: each copy of Karpenter wants a node of its own, and none that it made`,
    );
  if (settings.expander === "priority")
    refuse(
      ["expander"],
      "expander must be left out with nodeScaling karpenter, got priority: Karpenter reads the groups' priority by itself",
    );
  for (const [group, { instanceTypes }] of Object.entries(settings.nodeGroups)) {
    const unknown = instanceTypes.filter((type) => vcpusOf(type) === undefined);
    if (unknown.length > 0)
      refuse(
        ["nodeGroups", group, "instanceTypes"],
        `instanceTypes must not be bare metal with nodeScaling karpenter, got ${unknown.join(", ")}: its pools are limited by CPU, which such a name does not tell`,
      );
  }
}

/** Nodes that are always there and that Karpenter's own pods may share (its chart's affinity and tolerations). */
function seatsOf(groups: NodeScaling["nodeGroups"]): number {
  return Object.values(groups)
    .filter(({ taints }) => taints.every(({ effect }) => effect === "PreferNoSchedule"))
    .reduce((sum, { size }) => sum + size.min, 0);
}
