import { collectorName, jaeger, prometheusUrl } from "../addresses.ts";
import type { ObservabilitySettings } from "../settings.ts";
import { overZones, resources, restrictedContainer, restrictedPod } from "./helm-values.ts";
import type { HelmValues } from "./helm-values.ts";

/** How far the collectors may grow beyond what is always there. */
const growth = 3;

const protectedBatches = ["memory_limiter", "batch"] as const;

/**
 * The gateway every workload sends to: latency and error metrics are taken from all spans, then a share of the traces goes to
 * Jaeger, chosen by trace so that none is kept in part.
 */
export function collectorValues({ tracing }: Pick<ObservabilitySettings, "tracing">): HelmValues {
  return {
    mode: "deployment",
    fullnameOverride: collectorName,
    image: {
      repository: "ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-k8s",
    },
    command: { name: "otelcol-k8s" },
    presets: { kubernetesAttributes: { enabled: true } },
    ports: {
      "jaeger-compact": { enabled: false },
      "jaeger-thrift": { enabled: false },
      "jaeger-grpc": { enabled: false },
      zipkin: { enabled: false },
      metrics: { enabled: true },
    },
    config: collectorConfig(tracing.samplePercent),
    replicaCount: tracing.collectorReplicas,
    autoscaling: {
      enabled: true,
      minReplicas: tracing.collectorReplicas,
      maxReplicas: tracing.collectorReplicas * growth,
      targetCPUUtilizationPercentage: 70,
    },
    podDisruptionBudget: { enabled: tracing.collectorReplicas > 1, maxUnavailable: 1 },
    topologySpreadConstraints: [overZones({ "app.kubernetes.io/name": "opentelemetry-collector" })],
    securityContext: restrictedContainer,
    podSecurityContext: restrictedPod,
    resources: resources("200m", "512Mi"),
    serviceMonitor: { enabled: true, metricsEndpoints: [{ port: "metrics" }] },
  };
}

/** Merged over the chart's own configuration; `null` takes a default away. */
function collectorConfig(samplingPercentage: number): HelmValues {
  return {
    receivers: { jaeger: null, zipkin: null, prometheus: null },
    processors: { probabilistic_sampler: { sampling_percentage: samplingPercentage } },
    connectors: {
      forward: {},
      span_metrics: {
        histogram: { exponential: {} },
        dimensions: [{ name: "http.response.status_code" }],
        // Without it the counts of copies that are long gone would be sent for ever.
        metrics_expiration: "1h",
      },
    },
    exporters: {
      debug: null,
      "otlp_grpc/jaeger": { endpoint: jaeger.grpc, tls: { insecure: true } },
      "otlp_http/prometheus": { endpoint: `${prometheusUrl}/api/v1/otlp`, tls: { insecure: true } },
    },
    service: {
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: protectedBatches,
          exporters: ["span_metrics", "forward"],
        },
        "traces/kept": {
          receivers: ["forward"],
          processors: ["probabilistic_sampler"],
          exporters: ["otlp_grpc/jaeger"],
        },
        metrics: {
          receivers: ["otlp", "span_metrics"],
          processors: protectedBatches,
          exporters: ["otlp_http/prometheus"],
        },
        logs: null,
      },
    },
  };
}
