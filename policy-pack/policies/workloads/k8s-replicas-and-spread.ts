import { defineStack } from "../../kernel/define.ts";
import { count } from "../../kernel/findings.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { whole } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import type { PodSpec } from "../../reading/pods.ts";
import { leastPods } from "../../reading/scaling.ts";

/** What is read of a workload of either kind. */
type Workload = Node<{
  readonly spec?: { readonly template?: { readonly spec?: PodSpec | undefined } | undefined } | undefined;
}>;

const zone = "topology.kubernetes.io/zone";

/** The keys by which a workload's pods are kept apart, as a wish or as a condition. */
function spreadBy({ props }: Workload): readonly (string | undefined)[] {
  const { affinity, topologySpreadConstraints } = props.spec?.template?.spec ?? {};
  const {
    preferredDuringSchedulingIgnoredDuringExecution: preferred,
    requiredDuringSchedulingIgnoredDuringExecution: required,
  } = affinity?.podAntiAffinity ?? {};
  return [
    ...items(topologySpreadConstraints).map(({ topologyKey }) => topologyKey),
    ...items(preferred).map(({ podAffinityTerm }) => podAffinityTerm?.topologyKey),
    ...items(required).map(({ topologyKey }) => topologyKey),
  ];
}

function runsTwice(
  workload: Workload,
  graph: Graph,
  { minReplicas }: { readonly minReplicas: number },
): Findings {
  const pods = leastPods(workload, graph);
  return (
    pods < minReplicas &&
    `it may have ${count(pods, "pod")}: have ${minReplicas} or more, by replicas or by its autoscaler's minimum.`
  );
}

function survivesZone(workload: Workload, graph: Graph): Findings {
  return (
    leastPods(workload, graph) > 1 &&
    !spreadBy(workload).includes(zone) &&
    `its pods may all be in one zone: add a topologySpreadConstraint on ${zone}.`
  );
}

export const k8sReplicasAndSpread = defineStack({
  name: "k8s-replicas-and-spread",
  description: "Workloads survive the loss of a zone, and their own updates.",
  severity: "medium",
  remediation: "Describe the workload as a service of the platform with replicas.min of 2 or more.",
  params: { minReplicas: whole(2, "Pods that a workload must have.") },
  checks: {
    "kubernetes:apps/v1:Deployment": [
      runsTwice,
      survivesZone,
      ({ props: { spec } }) =>
        spec?.strategy?.type === "Recreate" &&
        "strategy.type is Recreate, so every update is an outage: use RollingUpdate.",
      ({ props: { spec } }) =>
        spec?.strategy?.rollingUpdate?.maxUnavailable === "100%" &&
        "strategy.rollingUpdate.maxUnavailable is 100%, so every update is an outage: lower it.",
    ],
    "kubernetes:apps/v1:StatefulSet": [runsTwice, survivesZone],
  },
});
