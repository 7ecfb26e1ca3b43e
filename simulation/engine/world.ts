import type { InstanceType } from "../nodes/instances.ts";
import { allocatable, instanceTypes, maxPods, priceOf } from "../nodes/instances.ts";
import { nothing, plus, times } from "../stack/quantities.ts";
import type { Cluster, Resources, Taint, Workload } from "./model.ts";

/** A pod of the simulation. Times are seconds since the start. */
export interface Pod {
  readonly id: number;
  readonly workload: Workload;
  readonly createdAt: number;
  node: Node | undefined;
  /** When its containers run, and when it passes its probe for the first time; infinite while nobody knows. */
  startedAt: number;
  readyAt: number;
  isReady: boolean;
  /** When it is gone, once it has been deleted. */
  goneAt: number | undefined;
}

/** A node of the simulation. */
export interface Node {
  readonly name: string;
  /** Node group or NodePool that it belongs to. */
  readonly owner: string;
  readonly zone: string;
  readonly type: InstanceType;
  readonly spot: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** What is left for pods beside the DaemonSets, and what those take. */
  readonly allocatable: Resources;
  readonly overhead: Resources;
  readonly maxPods: number;
  readonly pods: Set<Pod>;
  readonly createdAt: number;
  readonly readyAt: number;
  /** Images that it has pulled. */
  readonly images: Set<string>;
  free: Resources;
  cordoned: boolean;
  /** Since when it has not been needed. */
  unneededSince: number | undefined;
  /** When a pod last came, or was told to go. */
  changedAt: number;
  /** Since when it has not answered. */
  silentSince: number | undefined;
  /** When it is taken away whatever runs on it. */
  doomedAt: number | undefined;
}

/** Where a node is made, and of what. */
export interface NodeSpec {
  readonly name: string;
  readonly owner: string;
  readonly ownerLabel: string;
  readonly zone: string;
  readonly type: string;
  readonly spot: boolean;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly diskBytes: number;
  readonly createdAt: number;
  readonly readyAt: number;
}

/** An empty node, the cluster's DaemonSets on it already. @throws Error for an instance type that instances.ts does not know. */
export function makeNode(spec: NodeSpec, cluster: Pick<Cluster, "daemons" | "prefixDelegation">): Node {
  const type = instanceTypes.get(spec.type);
  if (type === undefined) {
    throw new Error(`${spec.owner}: the instance type ${spec.type} is not known: add it to instances.ts`);
  }
  const { ownerLabel, diskBytes, ...rest } = spec;
  const overhead = cluster.daemons.reduce((sum, { requests }) => plus(sum, requests), nothing);
  const capacity = allocatable(type, diskBytes, cluster.prefixDelegation);
  return {
    ...rest,
    type,
    labels: {
      ...spec.labels,
      [ownerLabel]: spec.owner,
      "kubernetes.io/arch": type.arch,
      "kubernetes.io/hostname": spec.name,
      "kubernetes.io/os": "linux",
      "node.kubernetes.io/instance-type": type.name,
      "topology.kubernetes.io/zone": spec.zone,
      "eks.amazonaws.com/capacityType": spec.spot ? "SPOT" : "ON_DEMAND",
      "karpenter.sh/capacity-type": spec.spot ? "spot" : "on-demand",
    },
    allocatable: plus(capacity, times(overhead, -1)),
    overhead,
    free: plus(capacity, times(overhead, -1)),
    maxPods: maxPods(type, cluster.prefixDelegation) - cluster.daemons.length,
    pods: new Set(),
    images: new Set(),
    cordoned: false,
    unneededSince: undefined,
    changedAt: Number.NEGATIVE_INFINITY,
    silentSince: undefined,
    doomedAt: undefined,
  };
}

/** A pod that nobody has placed yet. */
export function makePod(id: number, workload: Workload, createdAt: number): Pod {
  return {
    id,
    workload,
    createdAt,
    node: undefined,
    startedAt: Number.POSITIVE_INFINITY,
    readyAt: Number.POSITIVE_INFINITY,
    isReady: false,
    goneAt: undefined,
  };
}

/** Puts a pod on a node, which then has so much less. */
export function bind(pod: Pod, node: Node): void {
  pod.node = node;
  node.pods.add(pod);
  node.free = plus(node.free, times(pod.workload.template.requests, -1));
}

/** Takes a pod off its node. */
export function unbind(pod: Pod): void {
  const { node } = pod;
  if (node?.pods.delete(pod) !== true) return;
  node.free = plus(node.free, pod.workload.template.requests);
  pod.node = undefined;
}

/** A copy to try things on: what happens to it does not happen. */
export function snapshot(node: Node): Node {
  return { ...node, pods: new Set(node.pods), images: new Set() };
}

/** Puts a pod on a snapshot without the pod knowing. */
export function assume(pod: Pod, node: Node): void {
  node.pods.add(pod);
  node.free = plus(node.free, times(pod.workload.template.requests, -1));
}

/** US dollars an hour of some nodes. */
export function hourlyPrice(nodes: readonly Node[]): number {
  return nodes.reduce((sum, { type, spot }) => sum + priceOf(type, spot), 0);
}
