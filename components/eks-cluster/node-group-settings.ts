import { z } from "zod";

import { namedRecord } from "../named-record.ts";
import { capacityLabel, nodeGroupLabel } from "./node-labels.ts";

/** An EC2 instance type: family, generation and options, a dot, a size, such as `t3.large` or `m7g.metal-48xl`. */
const instanceType = /^[a-z]+\d+[a-z-]*\.(nano|micro|small|medium|large|\d*xlarge|metal(-\d+xl)?)$/;

const labelName = /^([a-z0-9.-]+\/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
/** Labels a node does not get from a group: EKS and Karpenter refuse those of Kubernetes' and their own domains. */
const reservedLabel = /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com|karpenter\.sh)\//;
const ownLabels: readonly string[] = [nodeGroupLabel, capacityLabel];

const labelValue = /^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/;

const taintSettings = z.strictObject({
  key: z
    .string()
    .regex(labelName, "key must be a Kubernetes label name")
    .describe("what a pod must tolerate, such as workload"),
  value: z
    .string()
    .regex(labelValue, "value must be a Kubernetes label value")
    .optional()
    .describe("narrows the key down, such as batch"),
  effect: z
    .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
    .describe(
      "what happens to other pods: none is placed here, none if there is room elsewhere, or running ones go too",
    ),
});

const sizeSettings = z
  .strictObject({
    min: z.int().min(0).max(450).describe("the fewest nodes the cluster autoscaler leaves"),
    desired: z
      .int()
      .min(0)
      .max(450)
      .optional()
      .describe(
        "at creation only, min unless it says otherwise; from then on the cluster autoscaler decides. With Karpenter it is always min",
      ),
    enforceDesired: z
      .boolean()
      .default(false)
      .describe(
        "whether an update sets the number of nodes to desired after all: true for the one update that raises min above the nodes there are, which EKS refuses otherwise",
      ),
    max: z.int().min(1).max(450).describe("the most nodes this group may ever cost"),
  })
  .superRefine(({ min, desired = min, max }, context) => {
    if (min > max) {
      context.addIssue({
        code: "custom",
        path: ["min"],
        message: `min must not exceed max ${max}, got ${min}`,
      });
    } else if (desired < min || desired > max) {
      context.addIssue({
        code: "custom",
        path: ["desired"],
        message: `desired must lie between min ${min} and max ${max}, got ${desired}`,
      });
    }
  });

const isArm = (type: string): boolean => /^(a1|[a-z]+\d+g)/.test(type);

/** CPU architecture of an instance type: Graviton families carry a `g` behind their generation. */
export function architectureOf(type: string): "arm64" | "x86_64" {
  return isArm(type) ? "arm64" : "x86_64";
}

function ruleOfLabel(label: string): string | undefined {
  if (ownLabels.includes(label))
    return `must have another name, got ${label}: the platform sets that one itself`;
  return reservedLabel.test(label)
    ? `must not be in a domain of Kubernetes, EKS or Karpenter, got ${label}: nodes are refused with it`
    : undefined;
}

/** One managed node group. */
export const nodeGroupSettings = z
  .strictObject({
    instanceTypes: z
      .array(z.string().regex(instanceType, "an instance type looks like t3.large"))
      .min(1)
      .describe("what its nodes may be, in order of preference; all of one architecture"),
    capacity: z
      .enum(["onDemand", "spot"])
      .default("onDemand")
      .describe("spot costs about a third of on-demand, and AWS takes a node back with two minutes' notice"),
    image: z
      .enum(["al2023", "bottlerocket"])
      .default("al2023")
      .describe("Amazon Linux 2023, or Bottlerocket, which has no shell and no package manager"),
    size: sizeSettings,
    diskGb: z
      .int()
      .min(20)
      .max(16384)
      .default(50)
      .describe("encrypted gp3 disk of each node, for images and scratch data; about $0.09 a GB a month"),
    labels: namedRecord(
      labelName,
      "a label's name must be a Kubernetes label name",
      z.string().regex(labelValue, "a label's value must be a Kubernetes label value"),
    )
      .superRefine((labels, context) => {
        for (const label of Object.keys(labels)) {
          const rule = ruleOfLabel(label);
          if (rule !== undefined) context.addIssue({ code: "custom", path: [label], message: rule });
        }
      })
      .default({})
      .describe(
        "labels of its nodes, beside `node-group` with the group's name and `platform/capacity` with its capacity",
      ),
    taints: z.array(taintSettings).default([]).describe("keeps away every pod that does not tolerate it"),
    priority: z
      .int()
      .min(1)
      .max(100)
      .default(10)
      .describe(
        "which group is asked first for a new node: the higher one, with expander priority or Karpenter",
      ),
    maxUnavailablePercent: z
      .int()
      .min(1)
      .max(100)
      .default(33)
      .describe("how many of its nodes may be replaced at once in an update, rounded up"),
    detailedMonitoring: z
      .boolean()
      .default(true)
      .describe("EC2 metrics every minute rather than every five; about $2.10 a node a month"),
  })
  .superRefine(({ instanceTypes, capacity }, context) => {
    const refuse = (message: string): void => {
      context.addIssue({ code: "custom", path: ["instanceTypes"], message });
    };
    if (new Set(instanceTypes).size < instanceTypes.length) {
      refuse(`instanceTypes must not repeat, got ${instanceTypes.join(", ")}`);
    }
    if (new Set(instanceTypes.map(architectureOf)).size > 1) {
      refuse(
        `instanceTypes must share one architecture, got ${instanceTypes.join(", ")}: one group runs one image`,
      );
    }
    if (capacity === "spot" && instanceTypes.length < 2) {
      refuse(
        `instanceTypes must be two or more with capacity spot, got ${instanceTypes.join(", ")}: AWS takes back a type at a time`,
      );
    }
  })
  .readonly();

/** Settings of one node group. */
export type NodeGroupSettings = Readonly<z.infer<typeof nodeGroupSettings>>;

/** CoreDNS and the controllers, the cluster autoscaler among them, need nodes that nobody takes back and no taint closes. */
export function checkNodeGroups(
  groups: Readonly<Record<string, NodeGroupSettings>>,
  context: z.RefinementCtx,
): void {
  const hosts = Object.values(groups).some(
    ({ capacity, size, taints }) => capacity === "onDemand" && size.min > 0 && taints.length === 0,
  );
  if (!hosts) {
    context.addIssue({
      code: "custom",
      path: [],
      message:
        "nodeGroups must hold one group with capacity onDemand, size.min above 0 and no taints: CoreDNS and the controllers run there",
    });
  }
}
