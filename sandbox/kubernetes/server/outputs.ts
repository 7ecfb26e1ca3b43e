import type { Properties } from "../../model.ts";
import { at, hexOf, isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { serviceRange } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import { isBuiltInGroup } from "../kinds.ts";
import { addressOf, finalizerOf } from "../controllers/load-balancers.ts";
import { isBound } from "../controllers/volumes.ts";
import { filledPorts } from "./allocations.ts";
import type { Obstacle } from "./obstacles.ts";
import { operatorFinalizer } from "./operators.ts";

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
  /** What keeps its controller from doing all that it asks for. */
  readonly obstacle: Obstacle | undefined;
}

/** Fields of one kind that the API server and the controllers fill in; those given win, except a status, and the ports of a Service. */
type Filling = (making: Making) => Properties;

const fillings: Readonly<Record<string, Filling>> = {
  DaemonSet: () => ({ status: daemonStatus }),
  Deployment: (making) => ({ ...scaled(making), status: deploymentStatus(making) }),
  HorizontalPodAutoscaler: ({ inputs }) => ({
    status: { currentReplicas: 0, desiredReplicas: at(inputs, "spec.minReplicas") ?? 1 },
  }),
  Ingress: (making) => ({ status: { loadBalancer: loadBalancerOf("Ingress", making) } }),
  Job: ({ inputs, obstacle }) => ({ status: obstacle === undefined ? completed(inputs) : { active: 0 } }),
  Namespace: () => ({ spec: { finalizers: ["kubernetes"] }, status: { phase: "Active" } }),
  PersistentVolume: () => ({ status: { phase: "Available" } }),
  PersistentVolumeClaim: ({ cluster, inputs, obstacle }) => ({
    status: { phase: obstacle === undefined && isBound(cluster, inputs) ? "Bound" : "Pending" },
  }),
  Pod: ({ obstacle }) => ({ status: { phase: obstacle === undefined ? "Running" : "Pending" } }),
  ReplicaSet: (making) => ({ ...scaled(making), status: replicaStatus(making) }),
  Secret: () => ({ type: "Opaque" }),
  Service: (making) => ({
    spec: serviceSpec(making),
    status: { loadBalancer: loadBalancerOf("Service", making) },
  }),
  StatefulSet: (making) => ({
    ...scaled(making),
    status: { ...replicaStatus(making), currentReplicas: podsOf(making) },
  }),
};

/** Kinds whose status only the cluster knows, so a preview leaves it unknown. */
export function hasStatus(kind: Kind): boolean {
  return isBuiltInGroup(kind.group) && kind.kind in fillings && kind.kind !== "Secret";
}

/** An object as the API server returns it once it is ready. */
export function outputsOf(
  cluster: Cluster,
  kind: Kind,
  inputs: Properties,
  life: Life,
  obstacle?: Obstacle,
): Properties {
  const filling = isBuiltInGroup(kind.group) ? fillings[kind.kind] : undefined;
  const filled = filling?.({ cluster, inputs, serial: life.serial, obstacle }) ?? {};
  const spec = isRecord(filled.spec)
    ? { spec: { ...filled.spec, ...record(inputs.spec), ...portsOf(filled) } }
    : {};
  return {
    ...filled,
    ...inputs,
    ...spec,
    ...statusOf(filled),
    metadata: metadataOf(cluster, kind, inputs, life),
  };
}

/** Each of them is filled in by itself. */
function portsOf({ spec }: Properties): Properties {
  const ports = at(spec, "ports");
  return ports === undefined ? {} : { ports };
}

function statusOf(filled: Properties): Properties {
  return filled.status === undefined ? {} : { status: filled.status };
}

function metadataOf(cluster: Cluster, kind: Kind, inputs: Properties, life: Life): Properties {
  const given = record(inputs.metadata);
  const hex = hexOf(`${cluster.scope}/${String(life.serial)}`, 32);
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
    ...finalizersFor(cluster, kind, inputs),
    resourceVersion: String(life.resourceVersion),
    ...(inputs.spec === undefined || kind.kind === "Namespace" ? {} : { generation: life.generation }),
  };
}

/** Those of the controllers, behind those of the program. */
function finalizersFor(cluster: Cluster, kind: Kind, inputs: Properties): Properties {
  const own = isBuiltInGroup(kind.group)
    ? finalizerOf(cluster, kind.kind, inputs)
    : operatorFinalizer(cluster, inputs);
  const given = list(at(inputs, "metadata.finalizers"));
  return own === undefined || given.includes(own) ? {} : { finalizers: [...given, own] };
}

function record(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

function replicasOf({ inputs }: Making): number {
  return Number(at(inputs, "spec.replicas") ?? 1);
}

function scaled(making: Making): Properties {
  return { spec: { replicas: replicasOf(making) } };
}

/** How many pods there are: those that nothing keeps out. */
function podsOf(making: Making): number {
  return making.obstacle?.pods ?? replicasOf(making);
}

function replicaStatus(making: Making): Properties {
  return { replicas: podsOf(making), readyReplicas: podsOf(making) };
}

function completed(inputs: Properties): Properties {
  return {
    succeeded: at(inputs, "spec.completions") ?? 1,
    conditions: [{ type: "Complete", status: "True" }],
  };
}

/** The number of nodes is not the cluster's to say here, so only what does not depend on it. */
const daemonStatus: Properties = { numberMisscheduled: 0, observedGeneration: 1 };

/** https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status */
function deploymentStatus(making: Making): Properties {
  const there = podsOf(making);
  const complete = making.obstacle === undefined;
  return {
    ...replicaStatus(making),
    availableReplicas: there,
    updatedReplicas: there,
    ...(complete ? {} : { unavailableReplicas: replicasOf(making) - there }),
    conditions: complete ? available : unavailable(making.obstacle),
  };
}

const available: readonly Properties[] = [
  {
    type: "Available",
    status: "True",
    reason: "MinimumReplicasAvailable",
    message: "Deployment has minimum availability.",
  },
  { type: "Progressing", status: "True", reason: "NewReplicaSetAvailable" },
];

/** Pods that the API server refuses are a failure of the ReplicaSet; those that do not start only take their time. */
function unavailable({ reason, message }: Obstacle): readonly Properties[] {
  const failure = { type: "ReplicaFailure", status: "True", reason };
  return [
    {
      type: "Available",
      status: "False",
      reason: "MinimumReplicasUnavailable",
      message: "Deployment does not have minimum availability.",
    },
    { type: "Progressing", status: "True", reason: "ReplicaSetUpdated" },
    ...(reason === "FailedCreate" ? [{ ...failure, message: message.replace("Error creating: ", "") }] : []),
  ];
}

function serviceSpec({ inputs, serial }: Making): Properties {
  const type = text(at(inputs, "spec.type")) ?? "ClusterIP";
  if (type === "ExternalName") return { type, sessionAffinity: "None" };
  const address = `${serviceRange}.${(serial >> 8) & 255}.${serial & 255}`;
  const clusterIP = text(at(inputs, "spec.clusterIP")) ?? address;
  const ports = filledPorts(inputs.spec, type, serial);
  return { type, clusterIP, clusterIPs: [clusterIP], sessionAffinity: "None", ipFamilies: ["IPv4"], ports };
}

function loadBalancerOf(kind: string, { cluster, inputs }: Making): Properties {
  const hostname = addressOf(cluster, kind, inputs);
  return hostname === undefined ? {} : { ingress: [{ hostname }] };
}
