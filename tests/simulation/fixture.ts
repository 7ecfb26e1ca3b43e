import type { Cluster } from "../../simulation/engine/model.ts";
import type { GraphObject } from "../../simulation/stack/graph.ts";
import { readGraph } from "../../simulation/stack/graph.ts";

type Values = Readonly<Record<string, unknown>>;

/** What one service of the fixture differs in. */
export interface ServiceChanges {
  readonly min?: number;
  readonly max?: number;
  readonly cpu?: string;
  readonly memory?: string;
  readonly behavior?: Values;
  readonly spec?: Values;
  readonly replicas?: number;
}

const meta = (name: string, namespace = "apps"): Values => ({ name, namespace });

/** A Deployment, whose pods spread over the zones. */
export function deployment(name: string, changes: ServiceChanges = {}): GraphObject {
  const { cpu = "500m", memory = "512Mi", spec = {}, replicas } = changes;
  const labels = { app: name };
  const container = {
    name,
    resources: { requests: { cpu, memory } },
    readinessProbe: { periodSeconds: 5 },
    lifecycle: { preStop: { sleep: { seconds: 10 } } },
  };
  const spread = {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labels },
  };
  return {
    type: "kubernetes:apps/v1:Deployment",
    id: name,
    inputs: {
      kind: "Deployment",
      metadata: meta(name),
      spec: {
        ...(replicas === undefined ? {} : { replicas }),
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [container], topologySpreadConstraints: [spread], ...spec },
        },
      },
    },
  };
}

/** A Service in front of a Deployment. */
export function service(name: string): GraphObject {
  const inputs = { kind: "Service", metadata: meta(name), spec: { selector: { app: name } } };
  return { type: "kubernetes:core/v1:Service", id: name, inputs };
}

/** An HPA at 70 % of CPU, with the behaviour of Kubernetes itself. */
export function hpa(name: string, { min = 2, max = 20, behavior = {} }: ServiceChanges = {}): GraphObject {
  const metric = { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } };
  return {
    type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
    id: name,
    inputs: {
      kind: "HorizontalPodAutoscaler",
      metadata: meta(name),
      spec: {
        scaleTargetRef: { kind: "Deployment", name },
        minReplicas: min,
        maxReplicas: max,
        metrics: [{ type: "Resource", resource: metric }],
        behavior,
      },
    },
  };
}

/** At most one pod of a service away on purpose. */
export function budget(name: string, spec: Values = { maxUnavailable: 1 }): GraphObject {
  const inputs = {
    kind: "PodDisruptionBudget",
    metadata: meta(name),
    spec: { selector: { matchLabels: { app: name } }, ...spec },
  };
  return { type: "kubernetes:policy/v1:PodDisruptionBudget", id: name, inputs };
}

/** A ScaledObject. */
export function scaledObject(name: string, triggers: readonly Values[], spec: Values = {}): GraphObject {
  const inputs = {
    kind: "ScaledObject",
    metadata: meta(name),
    spec: { scaleTargetRef: { name }, triggers, ...spec },
  };
  return { type: "kubernetes:keda.sh/v1alpha1:ScaledObject", id: name, inputs };
}

/** A managed node group over three zones. */
export function nodeGroup(name: string, changes: Values = {}): GraphObject {
  return {
    type: "aws:eks/nodeGroup:NodeGroup",
    id: name,
    inputs: {
      nodeGroupNamePrefix: `${name}-`,
      instanceTypes: ["m5.large"],
      capacityType: "ON_DEMAND",
      scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 12 },
      subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
      ...changes,
    },
  };
}

/** Three subnets, one a zone. */
export const subnets: readonly GraphObject[] = ["a", "b", "c"].map((letter) => ({
  type: "aws:ec2/subnet:Subnet",
  id: `subnet-${letter}`,
  inputs: { availabilityZone: `eu-west-1${letter}` },
}));

/** The release of Cluster Autoscaler. */
export function clusterAutoscaler(extraArgs: Values = {}): GraphObject {
  const inputs = {
    name: "cluster-autoscaler",
    chart: "cluster-autoscaler",
    namespace: "kube-system",
    values: { extraArgs },
  };
  return { type: "kubernetes:helm.sh/v3:Release", id: "kube-system/cluster-autoscaler", inputs };
}

/** A Deployment with Service, HPA and budget. */
export function served(name: string, changes: ServiceChanges = {}): readonly GraphObject[] {
  return [deployment(name, changes), service(name), hpa(name, changes), budget(name)];
}

/** A small shop: two services, a queue's worker, a placeholder, two node groups. */
export const shop: readonly GraphObject[] = [
  ...served("web", { min: 3, max: 40 }),
  ...served("api", { min: 2, max: 60, behavior: { scaleUp: { stabilizationWindowSeconds: 0 } } }),
  deployment("worker", { cpu: "250m", memory: "256Mi" }),
  scaledObject(
    "worker",
    [
      {
        type: "aws-sqs-queue",
        metadata: { queueLength: "100", queueURL: "https://sqs.eu-west-1.amazonaws.com/1/jobs" },
      },
    ],
    { minReplicaCount: 0, maxReplicaCount: 10 },
  ),
  deployment("placeholder", {
    cpu: "1",
    memory: "2Gi",
    replicas: 2,
    spec: { priorityClassName: "placeholder" },
  }),
  {
    type: "kubernetes:scheduling.k8s.io/v1:PriorityClass",
    id: "placeholder",
    inputs: { kind: "PriorityClass", metadata: { name: "placeholder" }, value: -5 },
  },
  nodeGroup("base"),
  nodeGroup("spot", { capacityType: "SPOT", scalingConfig: { minSize: 0, desiredSize: 2, maxSize: 20 } }),
  ...subnets,
  clusterAutoscaler({ expander: "least-waste" }),
];

/** Reads objects as a cluster. */
export function clusterOf(objects: readonly GraphObject[] = shop): Cluster {
  return readGraph("fixture", objects);
}

/** A profile of so many requests per second, level; what differs stands in `more`. */
export function levelProfile(perSecond: number, more = ""): string {
  return `name: level
about: Level
start: 2026-10-07T09:00
timeZone: Europe/Rome
length: "01:00"
noise: 0
${more}requests: [{ at: "0:00", perSecond: ${perSecond} }]
services:
  "*": { cpuSeconds: 0.01, memoryMib: 100, startSeconds: 10, pullSeconds: 5 }
`;
}
