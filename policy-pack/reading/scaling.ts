import type { Graph, Node } from "../kernel/graph.ts";
import { property, read } from "../kernel/read.ts";
import { beside, nameOf } from "./namespaces.ts";

/** What changes the number of a workload's pods, and the least it goes down to. */
export interface Scaler {
  readonly name: string;
  readonly least: number;
}

/**
 * The autoscalers of a workload. Without a least number Kubernetes keeps one pod, and KEDA none (Kubernetes API reference,
 * "HorizontalPodAutoscaler"; KEDA documentation, "ScaledObject specification").
 */
export function scalersOf(workload: Node, graph: Graph): readonly Scaler[] {
  const kind = workload.type.split(":").at(-1) ?? "";
  const isIts = (target: unknown): boolean =>
    (read(target, "kind") ?? "Deployment") === kind && read(target, "name") === nameOf(workload);
  const pods = beside(workload, graph, "kubernetes:autoscaling/v2:HorizontalPodAutoscaler");
  const events = beside(workload, graph, "kubernetes:keda.sh/v1alpha1:ScaledObject");
  return [
    ...pods
      .filter(({ props }) => isIts(props.spec?.scaleTargetRef))
      .map(({ name, props }) => ({ name, least: props.spec?.minReplicas ?? 1 })),
    ...events
      .filter(({ props }) => isIts(property(props.spec, "scaleTargetRef")))
      .map(({ name, props }) => ({ name, least: props.spec?.minReplicaCount ?? 0 })),
  ];
}

/** The least number of pods a workload has: its autoscaler's, else its own, which is one if it does not say. */
export function leastPods(workload: Node, graph: Graph): number {
  const least = scalersOf(workload, graph).map((scaler) => scaler.least);
  const own = read(workload.props, "spec.replicas");
  return least.length > 0 ? Math.min(...least) : typeof own === "number" ? own : 1;
}
