import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess } from "../contracts.ts";
import { installController } from "../eks-cluster/install-controller.ts";
import {
  admitBlocks,
  admitNamespace,
  amongThemselves,
  callApis,
  fetchCredentials,
  reachBlocks,
  reachNamespace,
} from "../kubernetes/traffic.ts";
import { namespaces, scalerNamespace } from "../observability/addresses.ts";
import { kedaApi, scalerIdentity } from "./describe-scaling.ts";
import type { Place } from "./describe-permissions.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

/** The services to scale, and the cluster they are in. */
export interface EventScalingArgs {
  readonly cluster: ClusterAccess;
  readonly place: pulumi.Output<Place>;
  readonly vpcCidr: string;
  readonly workloads: readonly WorkloadSettings[];
}

/** Ports of KEDA's webhook and of its metrics server, which the control plane calls (its chart). */
const calledByControlPlane = [9443, 6443];

/**
 * KEDA: makes autoscalers that also follow queues, requests, response times and the clock. Its role may look at the queues that
 * rows name, and at nothing else.
 */
export class EventScaling extends pulumi.ComponentResource {
  public constructor(name: string, args: EventScalingArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:EventScaling", name, {}, opts);
    const { cluster, place, vpcCidr, workloads } = args;
    const queues = queuesOf(workloads);
    const brokers = brokerPortsOf(workloads);

    const keda = installController(
      `${name}-keda`,
      {
        chart: "keda",
        namespace: scalerNamespace,
        serviceAccount: "keda-operator",
        statements: queues.length === 0 ? [] : place.apply((where) => describeQueueReader(queues, where)),
        traffic: {
          apis: callApis,
          credentials: fetchCredentials,
          within: amongThemselves,
          webhooks: admitBlocks([vpcCidr], calledByControlPlane),
          metrics: admitNamespace(namespaces.monitoring, [8080]),
          prometheus: reachNamespace(namespaces.monitoring, [9090]),
          ...(brokers.length > 0 && { brokers: reachBlocks([vpcCidr], brokers) }),
        },
        values: kedaValues(cluster.controllerReplicas),
      },
      cluster,
      { parent: this, dependsOn: [...cluster.foundation] },
    );
    if (queues.length > 0) {
      new k8s.apiextensions.CustomResource(
        `${name}-identity`,
        {
          apiVersion: kedaApi,
          kind: "ClusterTriggerAuthentication",
          metadata: { name: scalerIdentity },
          spec: { podIdentity: { provider: "aws" } },
        },
        { parent: this, provider: cluster.kubernetes, dependsOn: [keda] },
      );
    }
    this.registerOutputs({});
  }
}

function queuesOf(workloads: readonly WorkloadSettings[]): readonly string[] {
  return [...new Set(workloads.flatMap(({ scaling }) => scaling.queues.map(({ name }) => name)))].sort();
}

function brokerPortsOf(workloads: readonly WorkloadSettings[]): readonly number[] {
  const addresses = workloads.flatMap(({ scaling }) =>
    scaling.lags.flatMap(({ brokers }) => brokers.split(",")),
  );
  return [...new Set(addresses.map((address) => Number(address.split(":")[1])))].sort((a, b) => a - b);
}

/** What KEDA's SQS scaler asks, and only of the queues that are named. */
export function describeQueueReader(
  queues: readonly string[],
  { region, accountId }: Place,
): readonly { Effect: "Allow"; Action: string; Resource: string[] }[] {
  return [
    {
      Effect: "Allow",
      Action: "sqs:GetQueueAttributes",
      Resource: queues.map((queue) => `arn:aws:sqs:${region}:${accountId}:${queue}`),
    },
  ];
}

/** Values of KEDA's chart. Its definitions are part of the release. */
export function kedaValues(replicas: number): Readonly<Record<string, unknown>> {
  const budget = replicas > 1 ? { maxUnavailable: 1 } : {};
  const resources = (cpu: string, memory: string, memoryLimit: string): object => ({
    requests: { cpu, memory, "ephemeral-storage": "64Mi" },
    limits: { memory: memoryLimit },
  });
  return {
    // The chart would pull its images anew with every start.
    image: { pullPolicy: "IfNotPresent" },
    crds: { install: true },
    serviceAccount: { operator: { create: true, name: "keda-operator" } },
    operator: { replicaCount: replicas },
    metricsServer: { replicaCount: replicas },
    webhooks: { replicaCount: replicas },
    podDisruptionBudget: { operator: budget, metricServer: budget, webhooks: budget },
    resources: {
      operator: resources("50m", "128Mi", "512Mi"),
      metricServer: resources("50m", "64Mi", "256Mi"),
      webhooks: resources("10m", "32Mi", "128Mi"),
    },
    priorityClassName: "system-cluster-critical",
  };
}
