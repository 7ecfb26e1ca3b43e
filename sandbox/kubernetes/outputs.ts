import type { Properties } from "../model.ts";
import { at, hexOf, isRecord, list, text } from "../values.ts";
import type { Cluster } from "./cluster.ts";
import { serviceRange } from "./cluster.ts";
import type { Kind } from "./kinds.ts";
import { isBuiltInGroup } from "./kinds.ts";
import { hasLoadBalancerController } from "./readiness.ts";

/** What the API server keeps beside the inputs, from one change of the object to the next. */
export interface Life {
  readonly serial: number;
  /** RFC 3339. */
  readonly created: string;
  readonly generation: number;
  readonly resourceVersion: number;
}

/** What an object's fields are made from. */
interface Making {
  readonly cluster: Cluster;
  readonly inputs: Properties;
  readonly serial: number;
  readonly name: string;
  readonly namespace: string;
}

/** Fields of one kind that the API server and the controllers fill in; those given win, except a status. */
type Filling = (making: Making) => Properties;

const fillings: Readonly<Record<string, Filling>> = {
  DaemonSet: () => ({ status: daemonStatus }),
  Deployment: ({ inputs }) => ({ ...scaled(inputs), status: deploymentStatus(replicasOf(inputs)) }),
  HorizontalPodAutoscaler: ({ inputs }) => ({
    status: { currentReplicas: 0, desiredReplicas: at(inputs, "spec.minReplicas") ?? 1 },
  }),
  Ingress: (making) => ({ status: { loadBalancer: ingressAddress(making) } }),
  Job: ({ inputs }) => ({
    status: {
      succeeded: at(inputs, "spec.completions") ?? 1,
      conditions: [{ type: "Complete", status: "True" }],
    },
  }),
  Namespace: () => ({ spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } }),
  PersistentVolume: () => ({ status: { phase: "Available" } }),
  PersistentVolumeClaim: (making) => ({ status: { phase: claimPhase(making) } }),
  Pod: () => ({ status: { phase: "Running" } }),
  ReplicaSet: ({ inputs }) => ({
    ...scaled(inputs),
    status: { replicas: replicasOf(inputs), readyReplicas: replicasOf(inputs) },
  }),
  Secret: () => ({ type: "Opaque" }),
  Service: (making) => ({ spec: serviceSpec(making), status: { loadBalancer: serviceAddress(making) } }),
  StatefulSet: ({ inputs }) => ({
    ...scaled(inputs),
    status: {
      replicas: replicasOf(inputs),
      readyReplicas: replicasOf(inputs),
      currentReplicas: replicasOf(inputs),
    },
  }),
};

/** Kinds whose status only the cluster knows, so a preview leaves it unknown. */
export function hasStatus(kind: Kind): boolean {
  return isBuiltInGroup(kind.group) && kind.kind in fillings && kind.kind !== "Secret";
}

/** An object as the API server returns it once it is ready. */
export function outputsOf(cluster: Cluster, kind: Kind, inputs: Properties, life: Life): Properties {
  const name = text(at(inputs, "metadata.name")) ?? "";
  const namespace = text(at(inputs, "metadata.namespace")) ?? "";
  const filling = isBuiltInGroup(kind.group) ? fillings[kind.kind] : undefined;
  const filled = filling?.({ cluster, inputs, serial: life.serial, name, namespace }) ?? {};
  const spec = isRecord(filled.spec) ? { spec: { ...filled.spec, ...record(inputs.spec) } } : {};
  return {
    ...filled,
    ...inputs,
    ...spec,
    ...statusOf(filled),
    metadata: metadataOf(cluster, kind, inputs, life),
  };
}

function statusOf(filled: Properties): Properties {
  return filled.status === undefined ? {} : { status: filled.status };
}

function metadataOf({ scope }: Cluster, kind: Kind, inputs: Properties, life: Life): Properties {
  const given = record(inputs.metadata);
  const hex = hexOf(`${scope}/${String(life.serial)}`, 32);
  return {
    ...given,
    ...(kind.kind === "Namespace" && kind.group === ""
      ? { labels: { "kubernetes.io/metadata.name": given.name, ...record(given.labels) } }
      : {}),
    creationTimestamp: life.created,
    uid: [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `a${hex.slice(17, 20)}`,
      hex.slice(20),
    ].join("-"),
    resourceVersion: String(life.resourceVersion),
    ...(inputs.spec === undefined || kind.kind === "Namespace" ? {} : { generation: life.generation }),
  };
}

function record(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

function replicasOf(inputs: Properties): number {
  return Number(at(inputs, "spec.replicas") ?? 1);
}

function scaled(inputs: Properties): Properties {
  return { spec: { replicas: replicasOf(inputs) } };
}

/** The number of nodes is not the cluster's to say here, so only what does not depend on it. */
const daemonStatus: Properties = { numberMisscheduled: 0, observedGeneration: 1 };

function deploymentStatus(replicas: number): Properties {
  const conditions = [
    {
      type: "Available",
      status: "True",
      reason: "MinimumReplicasAvailable",
      message: "Deployment has minimum availability.",
    },
    { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
  ];
  return {
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
    updatedReplicas: replicas,
    conditions,
  };
}

/** A claim of a class that waits for its first consumer stays pending until then, which is where the provider stops waiting. */
function claimPhase({ cluster, inputs }: Making): string {
  const name = text(at(inputs, "spec.storageClassName"));
  const token = "kubernetes:storage.k8s.io/v1:StorageClass";
  const classes = cluster.account.all(token, cluster.scope);
  const found = name === undefined ? classes[0] : cluster.account.find(token, name, cluster.scope);
  return found?.inputs.volumeBindingMode === "WaitForFirstConsumer" ? "Pending" : "Bound";
}

function serviceSpec({ inputs, serial }: Making): Properties {
  const type = text(at(inputs, "spec.type")) ?? "ClusterIP";
  if (type === "ExternalName") return { type, sessionAffinity: "None" };
  const address = `${serviceRange}.${(serial >> 8) & 255}.${serial & 255}`;
  const clusterIP = text(at(inputs, "spec.clusterIP")) ?? address;
  const ports = list(at(inputs, "spec.ports")).map((port) => ({
    protocol: "TCP",
    targetPort: at(port, "port"),
    ...record(port),
  }));
  return { type, clusterIP, clusterIPs: [clusterIP], sessionAffinity: "None", ipFamilies: ["IPv4"], ports };
}

/** Network load balancers are the controller's; without it Kubernetes makes a classic one. */
function serviceAddress({ cluster, inputs, serial, name, namespace }: Making): Properties {
  if (at(inputs, "spec.type") !== "LoadBalancer") return {};
  const hex = hexOf(`${cluster.scope}/${serial}/load-balancer`, 32);
  const hostname =
    at(inputs, "spec.loadBalancerClass") === "service.k8s.aws/nlb" || hasLoadBalancerController(cluster)
      ? `k8s-${short(namespace)}-${short(name)}-${hex.slice(0, 10)}-${hex.slice(10, 26)}.elb.${cluster.region}.amazonaws.com`
      : `a${hex.slice(0, 31)}-${digits(hex)}.${cluster.region}.elb.amazonaws.com`;
  return { ingress: [{ hostname }] };
}

/** Ingresses of one group share a load balancer: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ingressgroup */
function ingressAddress({ cluster, inputs, name, namespace }: Making): Properties {
  if (at(inputs, "spec.ingressClassName") !== "alb" || !hasLoadBalancerController(cluster)) return {};
  const annotations = record(at(inputs, "metadata.annotations"));
  const group = text(annotations["alb.ingress.kubernetes.io/group.name"]);
  const hex = hexOf(`${cluster.scope}/ingress/${group ?? `${namespace}/${name}`}`, 32);
  const own =
    group === undefined ? `${short(namespace)}-${short(name)}` : group.replace(/[^a-z0-9]/g, "").slice(0, 17);
  const prefix = annotations["alb.ingress.kubernetes.io/scheme"] === "internet-facing" ? "" : "internal-";
  return {
    ingress: [
      {
        hostname: `${prefix}k8s-${own}-${hex.slice(0, 10)}-${digits(hex)}.${cluster.region}.elb.amazonaws.com`,
      },
    ],
  };
}

function short(name: string): string {
  return name.replace(/[^a-z0-9]/g, "").slice(0, 8);
}

function digits(hex: string): string {
  return String(1e9 + (Number.parseInt(hex.slice(-8), 16) % 1e9));
}
