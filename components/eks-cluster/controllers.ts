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
import {
  certManagerValues,
  clusterAutoscalerValues,
  externalDnsValues,
  externalSecretsValues,
  loadBalancerControllerValues,
} from "./controller-values.ts";
import type { Controller } from "./install-controller.ts";
import {
  describeClusterAutoscaler,
  describeExternalSecrets,
  describeZone,
} from "./permissions/controllers.ts";
import { describeLoadBalancerController } from "./permissions/load-balancer-controller.ts";

/** Whom the cluster autoscaler asks for a node first. */
export interface NodeAutoscaling {
  readonly expander: "leastWaste" | "priority";
  /** Priority of each node group. */
  readonly priorities: Readonly<Record<string, number>>;
}

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
  /** How nodes of which groups are started by the cluster autoscaler; nothing where it is not installed. */
  readonly autoscaling: NodeAutoscaling | undefined;
  /** The zone whose records are kept, or nothing. */
  readonly zone: { readonly name: string; readonly id: pulumi.Input<string> } | undefined;
  /** Tags of the load balancers, and of what belongs to them. */
  readonly tags: Readonly<Record<string, string>>;
}

/** Port on which cert-manager and external-secrets answer the API server's admission calls (their charts). */
const webhookPort = 10250;

/** Ports on which controllers show metrics (their charts). */
const metricsPorts = [8080, 9402];

/** Of a controller with a namespace of its own: the APIs, its own parts, calls from the control plane, and the monitoring. */
const trafficOf = (vpcCidr: string): Readonly<Record<string, Traffic>> => ({
  apis: callApis,
  within: amongThemselves,
  webhooks: admitBlocks([vpcCidr], [webhookPort]),
  metrics: admitNamespace(namespaces.monitoring, metricsPorts),
});

/** Signs the certificates of webhooks, inside the cluster: it has no rights in AWS. */
export function describeCertificates(context: ControllerContext): Controller {
  return {
    chart: "cert-manager",
    namespace: "cert-manager",
    traffic: trafficOf(context.vpcCidr),
    serviceAccount: "cert-manager",
    statements: [],
    values: certManagerValues(context),
  };
}

/** Brings secrets of Secrets Manager, and generated ones, into the cluster. */
export function describeSecrets(context: ControllerContext): Controller {
  const { vpcCidr, readableSecrets } = context;
  return {
    chart: "external-secrets",
    namespace: "external-secrets",
    traffic: { ...trafficOf(vpcCidr), credentials: fetchCredentials },
    serviceAccount: "external-secrets",
    statements: readableSecrets.length === 0 ? [] : describeExternalSecrets(readableSecrets),
    values: externalSecretsValues(context),
  };
}

/** Makes load balancers of Ingresses. */
export function describeLoadBalancers(context: ControllerContext): Controller {
  return {
    chart: "aws-load-balancer-controller",
    namespace: "kube-system",
    serviceAccount: "aws-load-balancer-controller",
    statements: describeLoadBalancerController(context.clusterName),
    values: loadBalancerControllerValues(context),
  };
}

/** Those that call AWS and that nobody leans on: nodes, where the cluster autoscaler starts them, and DNS, where there is a zone. */
export function describeOthers(context: ControllerContext): readonly Controller[] {
  const { clusterName, zone, autoscaling } = context;
  const nodes: Controller | undefined = autoscaling && {
    chart: "cluster-autoscaler",
    namespace: "kube-system",
    serviceAccount: "cluster-autoscaler",
    statements: describeClusterAutoscaler(clusterName),
    values: clusterAutoscalerValues(context, autoscaling),
  };
  const names: Controller | undefined = zone && {
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
  };
  return [nodes, names].filter((controller) => controller !== undefined);
}
