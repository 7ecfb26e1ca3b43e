import { parse } from "yaml";
import { at, isRecord, list, text } from "../../sandbox/values.ts";
import type {
  ClusterAutoscalerSettings,
  KarpenterSettings,
  NodeGroup,
  NodePool,
  Taint,
} from "../engine/model.ts";
import { byName } from "../engine/order.ts";
import type { GraphObject } from "./graph.ts";
import { amount, seconds } from "./quantities.ts";
import { labelsIn, requirementOf } from "./selectors.ts";

const gibi = 2 ** 30;

/** Effects as EKS spells them: https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html */
const effects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

function taintsOf(value: unknown): readonly Taint[] {
  return list(value).map((taint) => {
    const effect = text(at(taint, "effect")) ?? "";
    return {
      key: text(at(taint, "key")) ?? "",
      value: text(at(taint, "value")) ?? "",
      effect: effects[effect] ?? effect,
    };
  });
}

/** Zones that the stack has subnets in, sorted. */
export function zonesOf(objects: readonly GraphObject[]): readonly string[] {
  const zones = [...subnetZones(objects).values()];
  return [...new Set(zones)].sort();
}

function subnetZones(objects: readonly GraphObject[]): ReadonlyMap<string, string> {
  const subnets = objects.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
  return new Map(subnets.map(({ id, inputs }) => [id, text(inputs.availabilityZone) ?? ""]));
}

/** Managed node groups. A launch template's disk is not followed: where the group names none, 80 GiB are assumed. */
export function groupsOf(objects: readonly GraphObject[]): readonly NodeGroup[] {
  const zones = subnetZones(objects);
  return objects
    .filter(({ type }) => type === "aws:eks/nodeGroup:NodeGroup")
    .map(({ id, inputs }): NodeGroup => {
      const own = list(inputs.subnetIds).flatMap((subnet) => zones.get(text(subnet) ?? "") ?? []);
      return {
        name: text(inputs.nodeGroupName) ?? (text(inputs.nodeGroupNamePrefix) ?? "nodes").replace(/-$/, ""),
        autoScalingGroup: autoScalingGroupOf(id, inputs),
        instanceTypes: list(inputs.instanceTypes).flatMap((type) => text(type) ?? []),
        spot: inputs.capacityType === "SPOT",
        min: amount(at(inputs, "scalingConfig.minSize"), 1),
        max: amount(at(inputs, "scalingConfig.maxSize"), 1),
        desired: amount(
          at(inputs, "scalingConfig.desiredSize"),
          amount(at(inputs, "scalingConfig.minSize"), 1),
        ),
        labels: labelsIn(inputs.labels),
        taints: taintsOf(inputs.taints),
        zones: own.length > 0 ? [...new Set(own)].sort() : zonesOf(objects),
        diskBytes: amount(inputs.diskSize, 80) * gibi,
      };
    })
    .sort((left, right) => byName(left.name, right.name));
}

/** Stands for what AWS and the provider make up: neither is known before a deployment. */
const madeUp = { suffix: "0".repeat(26), uuid: "00000000-0000-0000-0000-000000000000" } as const;

/**
 * EKS calls it `eks-<node group>-<uuid>` (https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html). The node group's whole
 * name stands in its id behind the cluster's, unless it is yet to be deployed: then it is its prefix and 26 characters of the provider's.
 */
function autoScalingGroupOf(id: string, inputs: GraphObject["inputs"]): string {
  const [, deployed] = id.split(":");
  const prefix = text(inputs.nodeGroupNamePrefix) ?? "nodes-";
  const name = text(inputs.nodeGroupName) ?? deployed ?? `${prefix}${madeUp.suffix}`;
  return `eks-${name}-${madeUp.uuid}`;
}

/** NodePools: https://karpenter.sh/docs/concepts/nodepools/ */
export function poolsOf(objects: readonly GraphObject[]): readonly NodePool[] {
  return objects
    .filter(({ inputs }) => inputs.kind === "NodePool")
    .map(({ inputs }): NodePool => {
      const spec = at(inputs, "spec");
      const disruption = at(spec, "disruption");
      const budgets = list(at(disruption, "budgets")).flatMap((budget) => text(at(budget, "nodes")) ?? []);
      return {
        name: text(at(inputs, "metadata.name")) ?? "",
        requirements: list(at(spec, "template.spec.requirements")).flatMap(requirementOf),
        labels: labelsIn(at(spec, "template.metadata.labels")),
        taints: taintsOf(at(spec, "template.spec.taints")),
        weight: amount(at(spec, "weight"), 0),
        limits: {
          cpu: amount(at(spec, "limits.cpu"), Number.POSITIVE_INFINITY),
          memory: amount(at(spec, "limits.memory"), Number.POSITIVE_INFINITY),
        },
        consolidation:
          at(disruption, "consolidationPolicy") === "WhenEmpty" ? "WhenEmpty" : "WhenEmptyOrUnderutilized",
        consolidateAfterSeconds: seconds(at(disruption, "consolidateAfter"), 0),
        budgets: budgets.length > 0 ? budgets : ["10%"],
        diskBytes: 80 * gibi,
      };
    })
    .sort((left, right) => right.weight - left.weight || byName(left.name, right.name));
}

function release(objects: readonly GraphObject[], chart: string): unknown {
  const found = objects.find(
    ({ type, inputs }) =>
      type === "kubernetes:helm.sh/v3:Release" && (text(inputs.chart) ?? "").split("/").at(-1) === chart,
  );
  return found === undefined ? undefined : (found.inputs.values ?? {});
}

/** Flags and their defaults of today; older releases expand at `random`: https://github.com/kubernetes/autoscaler/blob/master/cluster-autoscaler/FAQ.md#what-are-the-parameters-to-ca */
export function clusterAutoscalerOf(objects: readonly GraphObject[]): ClusterAutoscalerSettings | undefined {
  const values = release(objects, "cluster-autoscaler");
  if (values === undefined) return undefined;
  const found = at(values, "extraArgs");
  const flags = isRecord(found) ? found : {};
  return {
    scanSeconds: seconds(flags["scan-interval"], 10),
    expander: text(flags.expander) ?? "least-waste",
    priorities: prioritiesOf(at(values, "expanderPriorities")),
    unneededSeconds: seconds(flags["scale-down-unneeded-time"], 600),
    delayAfterAddSeconds: seconds(flags["scale-down-delay-after-add"], 600),
    utilizationThreshold: amount(flags["scale-down-utilization-threshold"], 0.5),
    maxProvisionSeconds: seconds(flags["max-node-provision-time"], 900),
    skipSystemPods: String(flags["skip-nodes-with-system-pods"]) !== "false",
    balanceSimilar: String(flags["balance-similar-node-groups"]) === "true",
    expendablePriority: amount(flags["expendable-pods-priority-cutoff"], -10),
  };
}

/** The chart takes a map of priority to patterns, as data or as YAML. */
function prioritiesOf(value: unknown): ClusterAutoscalerSettings["priorities"] {
  const map: unknown = typeof value === "string" ? parse(value) : value;
  if (!isRecord(map)) return [];
  return Object.entries(map)
    .map(([priority, patterns]) => ({
      priority: Number(priority),
      patterns: list(patterns).flatMap((pattern) => text(pattern) ?? []),
    }))
    .sort((left, right) => right.priority - left.priority);
}

/** https://karpenter.sh/docs/reference/settings/ */
export function karpenterOf(objects: readonly GraphObject[]): KarpenterSettings | undefined {
  const values = release(objects, "karpenter");
  if (values === undefined) return undefined;
  return {
    batchIdleSeconds: seconds(at(values, "settings.batchIdleDuration"), 1),
    batchMaxSeconds: seconds(at(values, "settings.batchMaxDuration"), 10),
  };
}

/** True where the network add-on hands out prefixes: https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html */
export function usesPrefixes(objects: readonly GraphObject[]): boolean {
  return objects.some(({ type, inputs }) => {
    if (type !== "aws:eks/addon:Addon" || inputs.addonName !== "vpc-cni") return false;
    const given: unknown = parse(text(inputs.configurationValues) ?? "{}");
    return String(at(given, "env.ENABLE_PREFIX_DELEGATION")) === "true";
  });
}
