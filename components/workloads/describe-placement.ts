import type { types } from "@pulumi/kubernetes";

import { capacityLabel, nodeGroupLabel } from "../eks-cluster/node-labels.ts";
import { priorityClasses } from "../eks-cluster/priorities.ts";
import { selectorOf } from "./selectors.ts";
import type { PodSettings } from "./workload-settings.ts";

type PodSpec = types.input.core.v1.PodSpec;
type NodeAffinity = types.input.core.v1.NodeAffinity;
type Placement = Pick<
  PodSpec,
  "priorityClassName" | "nodeSelector" | "tolerations" | "topologySpreadConstraints" | "affinity"
>;

/** Where copies go: over zones and nodes, onto the nodes a row names, and before whom when there is no room. */
export function describePlacement({
  name,
  placement,
  priority,
}: Pick<PodSettings, "name" | "placement" | "priority">): Placement {
  const { capacity, nodeGroup, zones } = placement;
  const nodes = describeNodes(capacity);
  return {
    priorityClassName: priorityClasses[priority].name,
    ...(nodeGroup === undefined ? {} : { nodeSelector: { [nodeGroupLabel]: nodeGroup } }),
    ...describeTolerations(placement),
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: zones === "require" ? "DoNotSchedule" : "ScheduleAnyway",
        labelSelector: selectorOf(name),
        matchLabelKeys: ["pod-template-hash"],
      },
    ],
    affinity: {
      ...(nodes === undefined ? {} : { nodeAffinity: nodes }),
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: selectorOf(name) },
          },
        ],
      },
    },
  };
}

/** Of a pod that runs alone and for a while: only which nodes, and before whom. */
export function describeJobPlacement(
  settings: Pick<PodSettings, "name" | "placement" | "priority">,
): Placement {
  const { topologySpreadConstraints: _spread, affinity: _affinity, ...rest } = describePlacement(settings);
  const nodes = describeNodes(settings.placement.capacity);
  return { ...rest, ...(nodes === undefined ? {} : { affinity: { nodeAffinity: nodes } }) };
}

function describeNodes(capacity: PodSettings["placement"]["capacity"]): NodeAffinity | undefined {
  const on = (value: string): types.input.core.v1.NodeSelectorTerm => ({
    matchExpressions: [{ key: capacityLabel, operator: "In", values: [value] }],
  });
  if (capacity === "any") return undefined;
  if (capacity === "preferSpot")
    return {
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: on("spot") }],
    };
  return { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [on(capacity)] } };
}

/**
 * Seconds until copies of a node that does not answer any more are started elsewhere. Kubernetes waits for 300 by itself, on top of
 * the 50 that it takes to notice (Kubernetes, "Taints and Tolerations", taint based evictions).
 */
const patienceSeconds = 30;

/** Who says where to run is let in there; nobody waits long for a node or a zone that is lost. */
function describeTolerations({
  capacity,
  nodeGroup,
}: PodSettings["placement"]): Pick<PodSpec, "tolerations"> {
  const tolerations = [
    ...["not-ready", "unreachable"].map((condition) => ({
      key: `node.kubernetes.io/${condition}`,
      operator: "Exists",
      effect: "NoExecute",
      tolerationSeconds: patienceSeconds,
    })),
    ...(capacity === "spot" || capacity === "preferSpot"
      ? [{ key: capacityLabel, operator: "Equal", value: "spot", effect: "NoSchedule" }]
      : []),
    ...(nodeGroup === undefined
      ? []
      : [{ key: nodeGroupLabel, operator: "Equal", value: nodeGroup, effect: "NoSchedule" }]),
  ];
  return { tolerations };
}
