import type { types } from "@pulumi/kubernetes";

import { prometheusUrl } from "../observability/addresses.ts";
import { queueUrl } from "./describe-permissions.ts";
import type { Place } from "./describe-permissions.ts";
import type { Pace, Scaling } from "./rows/scaling.ts";
import { describeWindows, rampSeconds, windowName } from "./schedules.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type AutoscalerSpec = types.input.autoscaling.v2.HorizontalPodAutoscalerSpec;
type Behavior = types.input.autoscaling.v2.HorizontalPodAutoscalerBehavior;
type Scaled = Pick<WorkloadSettings, "name" | "namespace" | "replicas" | "scaling">;

/** One reason for more copies, as KEDA takes it: every value is text. */
export interface Trigger {
  readonly type: string;
  readonly name?: string;
  readonly metricType?: "AverageValue" | "Utilization" | "Value";
  readonly metadata: Readonly<Record<string, string>>;
  readonly authenticationRef?: { readonly name: string; readonly kind: string };
}

/** Name of the object by which triggers use the rights of KEDA's own role. */
export const scalerIdentity = "aws-identity-of-keda";

/** Group and version of KEDA's resources. */
export const kedaApi = "keda.sh/v1alpha1";

/**
 * A row that scaled on CPU before has an autoscaler of the same name, which KEDA takes over instead of refusing (KEDA,
 * "Transfer ownership of an existing HPA").
 */
export const takesOver = { "scaledobject.keda.sh/transfer-hpa-ownership": "true" } as const;

/** True where CPU and memory are not all that counts: KEDA then makes the autoscaler, and there must be no other. */
export function scalesOnEvents({ scaling }: Pick<WorkloadSettings, "scaling">): boolean {
  const { requestsPerSecond, latency, queues, lags, metrics, schedules } = scaling;
  return (
    requestsPerSecond !== undefined ||
    latency !== undefined ||
    [queues, lags, Object.keys(metrics), Object.keys(schedules)].some(({ length }) => length > 0)
  );
}

/** The metrics of the cluster's own that count, in percent of what is reserved. */
export function utilizationTargets({
  cpuPercent,
  memoryPercent,
}: Pick<Scaling, "cpuPercent" | "memoryPercent">): readonly (readonly ["cpu" | "memory", number])[] {
  return [
    ...(cpuPercent === "none" ? [] : ([["cpu", cpuPercent]] as const)),
    ...(memoryPercent === "none" ? [] : ([["memory", memoryPercent]] as const)),
  ];
}

/** Copies follow CPU and memory, whichever asks for more, at the pace the settings give, and exactly at the threshold. */
export function describeAutoscaler({ name, replicas, scaling }: Scaled): AutoscalerSpec {
  return {
    scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    minReplicas: replicas.min,
    maxReplicas: replicas.max,
    metrics: utilizationTargets(scaling).map(([resource, averageUtilization]) => ({
      type: "Resource",
      resource: { name: resource, target: { type: "Utilization", averageUtilization } },
    })),
    behavior: describeBehavior(scaling),
  };
}

/** The same and more by KEDA, which makes an autoscaler of its own from it. */
export function describeScaledObject(workload: Scaled, place: Place): object {
  const { name, replicas, scaling } = workload;
  return {
    scaleTargetRef: { name },
    minReplicaCount: replicas.min,
    maxReplicaCount: replicas.max,
    pollingInterval: 30,
    advanced: { horizontalPodAutoscalerConfig: { name, behavior: describeBehavior(scaling) } },
    triggers: describeTriggers(workload, place),
  };
}

function describeBehavior({ up, down }: Pick<Scaling, "up" | "down">): Behavior {
  return { scaleUp: describePace(up), scaleDown: describePace(down) };
}

function describePace(pace: Pace): types.input.autoscaling.v2.HPAScalingRules {
  const periodSeconds = pace.everySeconds;
  return {
    stabilizationWindowSeconds: pace.afterSeconds,
    policies: [
      ...(pace.pods === undefined ? [] : [{ type: "Pods", value: pace.pods, periodSeconds }]),
      ...(pace.percent === undefined ? [] : [{ type: "Percent", value: pace.percent, periodSeconds }]),
    ],
    // Kubernetes' own tolerance of 10 % would act at 77 % where 70 % was said.
    tolerance: String(pace.tolerance),
  };
}

function describeTriggers(workload: Scaled, place: Place): readonly Trigger[] {
  const { scaling } = workload;
  return [
    ...utilizationTargets(scaling).map(([type, value]): Trigger => ({
      type,
      metricType: "Utilization",
      metadata: { value: String(value) },
    })),
    ...describeTraces(workload),
    ...Object.entries(scaling.metrics).map(([name, { query, target, per }]) =>
      prometheus(name, query, target, per),
    ),
    ...scaling.queues.map((queue) => describeQueue(queue, place)),
    ...scaling.lags.map(describeLag),
    ...describeSchedules(workload),
  ];
}

function prometheus(name: string, query: string, target: number, per: "copy" | "service"): Trigger {
  return {
    type: "prometheus",
    name,
    metricType: per === "copy" ? "AverageValue" : "Value",
    metadata: { serverAddress: prometheusUrl, query, threshold: String(target) },
  };
}

/** From the spans a service sends, which the collector counts (OpenTelemetry Collector, "Span Metrics Connector"). */
function describeTraces({ name, namespace, scaling }: Scaled): readonly Trigger[] {
  const { requestsPerSecond, latency } = scaling;
  const served = `{service_name="${name}",service_namespace="${namespace}",span_kind="SPAN_KIND_SERVER"}[2m]`;
  return [
    ...(requestsPerSecond === undefined
      ? []
      : [
          prometheus(
            "requests",
            `sum(rate(traces_span_metrics_calls_total${served}))`,
            requestsPerSecond,
            "copy",
          ),
        ]),
    ...(latency === undefined
      ? []
      : [
          prometheus(
            "latency",
            // Without a request the quantile is no number, which KEDA would hand on; an empty answer counts as 0.
            `histogram_quantile(${latency.percentile / 100}, sum(rate(traces_span_metrics_duration_milliseconds${served}))) >= 0`,
            latency.milliseconds,
            "service",
          ),
        ]),
  ];
}

function describeQueue({ name, messages, per }: Scaling["queues"][number], place: Place): Trigger {
  return {
    type: "aws-sqs-queue",
    name,
    metricType: per === "copy" ? "AverageValue" : "Value",
    metadata: {
      queueURL: queueUrl(name, place),
      queueLength: String(messages),
      awsRegion: place.region,
    },
    authenticationRef: { name: scalerIdentity, kind: "ClusterTriggerAuthentication" },
  };
}

function describeLag({ brokers, topic, group, messages }: Scaling["lags"][number]): Trigger {
  return {
    type: "kafka",
    name: topic,
    metricType: "AverageValue",
    metadata: {
      bootstrapServers: brokers,
      consumerGroup: group,
      topic,
      lagThreshold: String(messages),
    },
  };
}

/** One trigger for each day a schedule names, begun as early as the pace needs to have all copies there. */
function describeSchedules({ replicas, scaling }: Scaled): readonly Trigger[] {
  const { timezone, schedules, up } = scaling;
  return Object.entries(schedules).flatMap(([name, schedule]) =>
    describeWindows(schedule, rampSeconds(up, replicas.min, schedule.copies)).map(
      ({ start, end }, index): Trigger => ({
        type: "cron",
        name: windowName(name, index),
        metadata: { timezone, start, end, desiredReplicas: String(schedule.copies) },
      }),
    ),
  );
}

/** Group and version of the vertical autoscaler's resources. */
export const verticalApi = "autoscaling.k8s.io/v1";

/** What a copy should reserve: only told, or also set at the next restart of each copy. */
export function describeVertical({ name, scaling }: Pick<Scaled, "name" | "scaling">): object {
  return {
    targetRef: { apiVersion: "apps/v1", kind: "Deployment", name },
    updatePolicy: { updateMode: scaling.vertical === "apply" ? "Recreate" : "Off" },
  };
}
