import type { iam } from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import {
  admitBlocks,
  admitNamespace,
  amongThemselves,
  callApis,
  fetchCredentials,
} from "../kubernetes/traffic.ts";
import type { Traffic } from "../kubernetes/traffic.ts";
import { namespaces } from "../observability/addresses.ts";
import type { ChartName } from "../../versions.ts";
import {
  certManagerValues,
  clusterAutoscalerValues,
  externalDnsValues,
  externalSecretsValues,
  loadBalancerControllerValues,
} from "./controller-values.ts";
import {
  describeClusterAutoscaler,
  describeExternalSecrets,
  describeZone,
} from "./permissions/controllers.ts";
import { describeLoadBalancerController } from "./permissions/load-balancer-controller.ts";

/** What the controllers need to know of the cluster they run in. */
export interface ControllerContext {
  readonly clusterName: string;
  readonly region: pulumi.Input<string>;
  readonly vpcId: pulumi.Input<string>;
  readonly vpcCidr: string;
  /** Copies of each controller that can have several. */
  readonly replicas: number;
  /** Names of the secrets external-secrets may read, `*` at the end for a prefix. */
  readonly readableSecrets: readonly string[];
  /** The zone whose records are kept, or nothing. */
  readonly zone: { readonly name: string; readonly id: pulumi.Input<string> } | undefined;
}

/** One controller: a chart, where it runs, what AWS lets it do. */
export interface Controller {
  readonly chart: ChartName;
  /** `kube-system`, or a namespace of its own which is made for it. */
  readonly namespace: string;
  /** What its own namespace may send and receive beyond DNS. */
  readonly traffic?: Readonly<Record<string, Traffic>>;
  readonly serviceAccount: string;
  /** Rights of its pods; empty when they call no AWS API. */
  readonly statements: readonly iam.PolicyStatement[];
  readonly values: Readonly<Record<string, unknown>>;
}

/** Port on which cert-manager and external-secrets answer the API server's admission calls (their charts). */
const webhookPort = 10250;

/** Ports on which controllers show metrics (their charts). */
const metricsPorts = [8080, 9402];

/** Of a controller with a namespace of its own: the APIs, its own parts, calls from the control plane, and the monitoring. */
const trafficOf = (vpcCidr: string): Readonly<Record<string, Traffic>> => ({
  apis: callApis,
  credentials: fetchCredentials,
  within: amongThemselves,
  webhooks: admitBlocks([vpcCidr], [webhookPort]),
  metrics: admitNamespace(namespaces.monitoring, metricsPorts),
});

/**
 * The controllers everything else leans on, in the order of their installation, one after the other: cert-manager signs the
 * webhooks of the load balancer controller, and until those answer, no release with an Ingress can be installed.
 */
export function describeFoundation(context: ControllerContext): readonly Controller[] {
  const { clusterName, vpcCidr, zone } = context;
  return [
    {
      chart: "cert-manager",
      namespace: "cert-manager",
      traffic: trafficOf(vpcCidr),
      serviceAccount: "cert-manager",
      statements: zone === undefined ? [] : describeZone(zone.id),
      values: certManagerValues(context),
    },
    {
      chart: "aws-load-balancer-controller",
      namespace: "kube-system",
      serviceAccount: "aws-load-balancer-controller",
      statements: describeLoadBalancerController(clusterName),
      values: loadBalancerControllerValues(context),
    },
  ];
}

/** The controllers that nothing else waits for but workloads; installed side by side after the foundation. */
export function describeServices(context: ControllerContext): readonly Controller[] {
  const { clusterName, vpcCidr, readableSecrets, zone } = context;
  const always: readonly Controller[] = [
    {
      chart: "cluster-autoscaler",
      namespace: "kube-system",
      serviceAccount: "cluster-autoscaler",
      statements: describeClusterAutoscaler(clusterName),
      values: clusterAutoscalerValues(context),
    },
    {
      chart: "external-secrets",
      namespace: "external-secrets",
      traffic: trafficOf(vpcCidr),
      serviceAccount: "external-secrets",
      statements: readableSecrets.length === 0 ? [] : describeExternalSecrets(readableSecrets),
      values: externalSecretsValues(context),
    },
  ];
  if (zone === undefined) return always;

  return [
    ...always,
    {
      chart: "external-dns",
      namespace: "external-dns",
      traffic: {
        apis: callApis,
        credentials: fetchCredentials,
        metrics: admitNamespace(namespaces.monitoring, [7979]),
      },
      serviceAccount: "external-dns",
      statements: describeZone(zone.id),
      values: externalDnsValues(context, zone.name),
    },
  ];
}
