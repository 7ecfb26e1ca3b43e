import { images } from "../../versions.ts";
import type { ControllerContext, NodeAutoscaling } from "./controllers.ts";

type Values = Readonly<Record<string, unknown>>;

/** Controllers go before every service, those too whose charts leave it open: a service must never take their place. */
const priorityClassName = "system-cluster-critical";

/** Chart values hold requests and a memory limit only: a CPU limit would slow a controller down while CPU is idle. */
function resources(cpu: string, memory: string, memoryLimit: string): Values {
  return { requests: { cpu, memory, "ephemeral-storage": "64Mi" }, limits: { memory: memoryLimit } };
}

/** One voluntary disruption at a time; with a single copy no budget, since it could only block a drain. */
function budget(replicas: number): Values {
  return replicas > 1 ? { enabled: true, maxUnavailable: 1 } : { enabled: false };
}

/** Copies on nodes of different zones where there are any. */
function spread(name: string): Values {
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: { "app.kubernetes.io/name": name } },
      },
    ],
  };
}

/** Values of cert-manager. Its CRDs are part of the release and stay when it goes: certificates outlive a reinstallation. */
export function certManagerValues({ replicas }: ControllerContext): Values {
  return {
    crds: { enabled: true, keep: true },
    global: { leaderElection: { namespace: "cert-manager" }, priorityClassName },
    serviceAccount: { create: true, name: "cert-manager" },
    replicaCount: replicas,
    podDisruptionBudget: budget(replicas),
    resources: resources("20m", "96Mi", "256Mi"),
    webhook: {
      replicaCount: replicas,
      podDisruptionBudget: budget(replicas),
      resources: resources("10m", "32Mi", "128Mi"),
    },
    cainjector: {
      replicaCount: replicas,
      podDisruptionBudget: budget(replicas),
      resources: resources("10m", "96Mi", "512Mi"),
    },
    startupapicheck: { resources: resources("10m", "32Mi", "64Mi") },
  };
}

/**
 * Values of the AWS Load Balancer Controller. Region and VPC are given because pods cannot ask the metadata service. Its
 * webhook for Services stays off: it would stand in the way of every Service whenever the controller is away.
 */
export function loadBalancerControllerValues(context: ControllerContext): Values {
  const { clusterName, region, vpcId, replicas, tags } = context;
  return {
    clusterName,
    region,
    vpcId,
    serviceAccount: { create: true, name: "aws-load-balancer-controller" },
    replicaCount: replicas,
    podDisruptionBudget: replicas > 1 ? { maxUnavailable: 1 } : {},
    resources: resources("100m", "128Mi", "256Mi"),
    // The chart's own certificate changes with every rendering.
    enableCertManager: true,
    defaultTags: tags,
    defaultTargetType: "ip",
    enableServiceMutatorWebhook: false,
    createIngressClassResource: true,
    ingressClassConfig: { default: true },
    enableShield: false,
    enableWaf: false,
    enableWafv2: true,
    // The controllers for the Gateway API start by themselves as soon as its CRDs exist.
    controllerConfig: {
      featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false, GatewayListenerSet: false },
    },
  };
}

/** Which group is made larger; the one that wastes least decides among equals. */
function describeExpander({ expander, priorities }: NodeAutoscaling): { expander: string; values: Values } {
  if (expander === "leastWaste") return { expander: "least-waste", values: {} };
  const groups = Object.groupBy(Object.entries(priorities), ([, priority]) => priority);
  const patterns = Object.fromEntries(
    Object.entries(groups).map(([priority, members = []]) => [
      priority,
      // EKS names an Auto Scaling group after its node group: our name, and 26 characters of the provider's own.
      members.map(([group]) => `^eks-${group}-[0-9a-f]{26}-.*`),
    ]),
  );
  return { expander: "priority,least-waste", values: { expanderPriorities: patterns } };
}

/** Values of the cluster autoscaler: it finds the groups by tag. */
export function clusterAutoscalerValues(
  { clusterName, region, replicas }: ControllerContext,
  autoscaling: NodeAutoscaling,
): Values {
  const { expander, values } = describeExpander(autoscaling);
  return {
    ...values,
    cloudProvider: "aws",
    awsRegion: region,
    autoDiscovery: { clusterName },
    image: { tag: images.clusterAutoscaler },
    rbac: { serviceAccount: { create: true, name: "cluster-autoscaler" } },
    replicaCount: replicas,
    extraArgs: {
      "balance-similar-node-groups": true,
      expander,
      "max-graceful-termination-sec": 600,
      "scale-down-unneeded-time": "10m",
      "skip-nodes-with-local-storage": false,
      "skip-nodes-with-system-pods": false,
    },
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 65534,
      fsGroup: 65534,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containerSecurityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    resources: resources("100m", "600Mi", "1Gi"),
    ...spread("aws-cluster-autoscaler"),
  };
}

/** Values of external-secrets, which brings secrets of Secrets Manager into the cluster. */
export function externalSecretsValues({ replicas }: ControllerContext): Values {
  return {
    installCRDs: true,
    leaderElect: true,
    serviceAccount: { create: true, name: "external-secrets" },
    replicaCount: replicas,
    concurrent: 2,
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
    resources: resources("20m", "128Mi", "512Mi"),
    priorityClassName,
    webhook: {
      replicaCount: replicas,
      podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
      resources: resources("10m", "64Mi", "128Mi"),
      priorityClassName,
    },
    certController: {
      replicaCount: replicas,
      resources: resources("10m", "64Mi", "256Mi"),
      priorityClassName,
    },
  };
}

/** Values of external-dns: it keeps the records of Ingresses in one zone and touches only those it made. One copy, by design. */
export function externalDnsValues({ clusterName }: ControllerContext, zoneName: string): Values {
  return {
    provider: { name: "aws" },
    policy: "sync",
    registry: "txt",
    txtOwnerId: clusterName,
    txtPrefix: "externaldns-",
    domainFilters: [zoneName],
    sources: ["ingress"],
    interval: "5m",
    triggerLoopOnEvent: true,
    extraArgs: ["--aws-zone-type=public", "--aws-batch-change-size=100"],
    serviceAccount: { create: true, name: "external-dns" },
    logFormat: "json",
    priorityClassName,
    resources: resources("20m", "64Mi", "256Mi"),
  };
}
