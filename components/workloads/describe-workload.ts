import type { types } from "@pulumi/kubernetes";

import { describeTelemetry } from "./describe-telemetry.ts";
import type { TelemetryContext } from "./describe-telemetry.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type DeploymentSpec = types.input.apps.v1.DeploymentSpec;
type PodSpec = types.input.core.v1.PodSpec;
type Container = types.input.core.v1.Container;
type AutoscalerSpec = types.input.autoscaling.v2.HorizontalPodAutoscalerSpec;
type DisruptionBudgetSpec = types.input.policy.v1.PodDisruptionBudgetSpec;
type ServiceSpec = types.input.core.v1.ServiceSpec;

/** Name of the one port of a service, by which probes and Services refer to it. */
const portName = "http";

/** Which pods belong to a service. Never changes: the selector of a Deployment cannot. */
export function selectorOf(name: string): { matchLabels: Record<string, string> } {
  return { matchLabels: { "app.kubernetes.io/name": name } };
}

/** Labels of everything a service is made of. */
export function labelsOf(name: string): Record<string, string> {
  return { ...selectorOf(name).matchLabels, "app.kubernetes.io/managed-by": "pulumi" };
}

/**
 * A Deployment without a number of replicas, which is the autoscaler's: every update would set it back. New copies are ready
 * before old ones go.
 */
export function describeDeployment(workload: WorkloadSettings, telemetry: TelemetryContext): DeploymentSpec {
  const { name } = workload;
  return {
    selector: selectorOf(name),
    revisionHistoryLimit: 5,
    progressDeadlineSeconds: 600,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
    template: { metadata: { labels: labelsOf(name) }, spec: describePod(workload, telemetry) },
  };
}

function describePod(workload: WorkloadSettings, telemetry: TelemetryContext): PodSpec {
  const { name, user, shutdown, writablePaths, resources } = workload;
  return {
    serviceAccountName: name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: shutdown.graceSeconds,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...describePlacement(name),
    containers: [describeContainer(workload, telemetry)],
    volumes: writablePaths.map((_, index) => ({
      name: `scratch-${index}`,
      emptyDir: { sizeLimit: resources.disk },
    })),
  };
}

function describeContainer(workload: WorkloadSettings, telemetry: TelemetryContext): Container {
  const { name, image, port, resources, shutdown, writablePaths } = workload;
  return {
    name,
    image,
    imagePullPolicy: "IfNotPresent",
    ports: [{ name: portName, containerPort: port }],
    env: describeVariables(workload, telemetry),
    resources: describeResources(resources),
    ...describeProbes(workload.health),
    // Endpoints and target groups learn a little later than the pod that it goes. Kubernetes sleeps for it: no shell needed.
    lifecycle: { preStop: { sleep: { seconds: shutdown.announceSeconds } } },
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: writablePaths.map((mountPath, index) => ({ name: `scratch-${index}`, mountPath })),
  };
}

/**
 * Those of telemetry unless the row has its own, then plain values, then those that stand in the service's Secret, which
 * carries its name.
 */
function describeVariables(
  { name, environment, secrets }: WorkloadSettings,
  telemetry: TelemetryContext,
): types.input.core.v1.EnvVar[] {
  const own = new Set<unknown>([...Object.keys(environment), ...Object.keys(secrets)]);
  return [
    ...describeTelemetry(name, telemetry).filter((variable) => !own.has(variable.name)),
    ...Object.entries(environment).map(([variable, value]) => ({ name: variable, value })),
    ...Object.keys(secrets).map((variable) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name, key: variable } },
    })),
  ];
}

function describeResources(
  resources: WorkloadSettings["resources"],
): types.input.core.v1.ResourceRequirements {
  const { cpu, memory, memoryLimit, cpuLimit, disk } = resources;
  return {
    requests: { cpu, memory, "ephemeral-storage": disk },
    limits: {
      memory: memoryLimit,
      "ephemeral-storage": doubled(disk),
      ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }),
    },
  };
}

/** Twice a quantity, in the same unit. */
function doubled(quantity: string): string {
  return quantity.replace(/^\d+/, (amount) => String(Number(amount) * 2));
}

/** Until the startup probe has passed once, the others wait: a slow start is not a failure. */
function describeProbes(
  health: WorkloadSettings["health"],
): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const ask = (path: string): types.input.core.v1.Probe => ({
    httpGet: { path, port: portName },
    timeoutSeconds: 2,
  });
  const startPeriod = 5;
  return {
    startupProbe: {
      ...ask(health.livePath),
      periodSeconds: startPeriod,
      failureThreshold: Math.ceil(health.startSeconds / startPeriod),
    },
    readinessProbe: { ...ask(health.readyPath), periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...ask(health.livePath), periodSeconds: 10, failureThreshold: 6 },
  };
}

/** Evenly over the zones and, if there is room, never two on one node: wishes rather than demands, so that a lost zone is survived. */
function describePlacement(name: string): Pick<PodSpec, "topologySpreadConstraints" | "affinity"> {
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: selectorOf(name),
        matchLabelKeys: ["pod-template-hash"],
      },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          {
            weight: 100,
            podAffinityTerm: { topologyKey: "kubernetes.io/hostname", labelSelector: selectorOf(name) },
          },
        ],
      },
    },
  };
}

/** The service's address inside the cluster: the port its container listens on, so that network policies name one number. */
export function describeService({ name, port }: Pick<WorkloadSettings, "name" | "port">): ServiceSpec {
  return {
    type: "ClusterIP",
    selector: selectorOf(name).matchLabels,
    ports: [{ name: portName, port, targetPort: portName, protocol: "TCP" }],
  };
}

/** Copies follow CPU and memory, whichever asks for more, at the pace the settings give, and exactly at the threshold. */
export function describeAutoscaler({ name, replicas, autoscaling }: WorkloadSettings): AutoscalerSpec {
  const metric = (resource: string, averageUtilization: number): types.input.autoscaling.v2.MetricSpec => ({
    type: "Resource",
    resource: { name: resource, target: { type: "Utilization", averageUtilization } },
  });
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas: replicas.min,
    maxReplicas: replicas.max,
    metrics: [metric("cpu", autoscaling.cpuPercent), metric("memory", autoscaling.memoryPercent)],
    behavior: { scaleUp: describePace(autoscaling.up), scaleDown: describePace(autoscaling.down) },
  };
}

function describePace(
  pace: WorkloadSettings["autoscaling"]["up"],
): types.input.autoscaling.v2.HPAScalingRules {
  return {
    stabilizationWindowSeconds: pace.afterSeconds,
    policies: [{ type: "Pods", value: pace.pods, periodSeconds: pace.everySeconds }],
    // Kubernetes' own tolerance of 10 % would act at 77 % where 70 % was said.
    tolerance: "0",
  };
}

/**
 * One copy at a time may be taken away on purpose, always: a budget in terms of copies that must stay would block the drain
 * of a node for ever as soon as there is only one.
 */
export function describeDisruptionBudget({ name }: Pick<WorkloadSettings, "name">): DisruptionBudgetSpec {
  return { selector: selectorOf(name), maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" };
}
