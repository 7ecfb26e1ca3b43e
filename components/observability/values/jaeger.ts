import { createHash } from "node:crypto";

import { elasticsearch } from "../addresses.ts";
import type { ObservabilitySettings } from "../settings.ts";
import { overZones, resources, restrictedContainer, restrictedPod } from "./helm-values.ts";
import type { HelmValues } from "./helm-values.ts";

/** What Jaeger is made of. */
export interface TracingValues extends Pick<ObservabilitySettings, "tracing" | "logs"> {
  /** Secret with `username`, `password` and `ca.crt` of Elasticsearch. */
  readonly elasticsearchSecret: string;
}

/** Indices begin with it; the role of Jaeger's user names it. */
export const jaegerIndexPrefix = "jaeger";

const authorityFolder = "/etc/elasticsearch";
const account = { runAsUser: 10_001, runAsGroup: 10_001, fsGroup: 10_001 } as const;

/** Credentials as environment variables, filled from the Secret by Kubernetes. */
function credentials(secret: string): readonly HelmValues[] {
  return [["ES_USERNAME", "username"] as const, ["ES_PASSWORD", "password"] as const].map(([name, key]) => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key } },
  }));
}

/** Jaeger 2: traces in, traces out, and where they are kept in between. */
export function jaegerValues({ tracing, logs, elasticsearchSecret }: TracingValues): HelmValues {
  const userconfig = jaegerConfig(tracing.storage, logs.nodes);
  const base = {
    replicas: tracing.replicas,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    // The chart does not restart pods when their configuration changes.
    podLabels: { "config-hash": hashOf(userconfig) },
    securityContext: restrictedContainer,
    podSecurityContext: { ...restrictedPod, ...account },
    topologySpreadConstraints: [overZones({ "app.kubernetes.io/name": "jaeger" })],
    resources: resources("200m", "1Gi"),
  };
  if (tracing.storage === "memory") return { fullnameOverride: "jaeger", userconfig, jaeger: base };

  return {
    fullnameOverride: "jaeger",
    userconfig,
    jaeger: {
      ...base,
      extraEnv: credentials(elasticsearchSecret),
      extraVolumes: [{ name: "elasticsearch", secret: { secretName: elasticsearchSecret } }],
      extraVolumeMounts: [{ name: "elasticsearch", mountPath: authorityFolder, readOnly: true }],
    },
    storage: { type: "elasticsearch", elasticsearch: { url: elasticsearch.url } },
    esIndexCleaner: indexCleaner(tracing.retentionDays, elasticsearchSecret),
  };
}

function hashOf(config: HelmValues): string {
  return createHash("sha256").update(JSON.stringify(config)).digest("hex").slice(0, 16);
}

/** Jaeger's own configuration, in place of the chart's, which keeps everything in memory and listens on localhost. */
function jaegerConfig(storage: TracingValues["tracing"]["storage"], nodes: number): HelmValues {
  const backend = storage === "memory" ? { memory: { max_traces: 50_000 } } : elasticsearchBackend(nodes);
  return {
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["memory_limiter", "batch"],
          exporters: ["jaeger_storage_exporter"],
        },
      },
      telemetry: {
        resource: { "service.name": "jaeger" },
        metrics: {
          level: "detailed",
          readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port: 8888 } } } }],
        },
      },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: "0.0.0.0:13133" } },
      jaeger_query: { storage: { traces: "primary" } },
      jaeger_storage: { backends: { primary: backend } },
    },
    receivers: {
      otlp: { protocols: { grpc: { endpoint: "0.0.0.0:4317" }, http: { endpoint: "0.0.0.0:4318" } } },
    },
    processors: {
      memory_limiter: { check_interval: "1s", limit_percentage: 80, spike_limit_percentage: 20 },
      batch: {},
    },
    exporters: { jaeger_storage_exporter: { trace_storage: "primary" } },
  };
}

/** Credentials come from the environment: the configuration is a ConfigMap that anyone with access to the namespace reads. */
function elasticsearchBackend(nodes: number): HelmValues {
  const daily = {
    date_layout: "2006-01-02",
    rollover_frequency: "day",
    shards: 1,
    replicas: nodes > 1 ? 1 : 0,
  };
  return {
    elasticsearch: {
      server_urls: [elasticsearch.url],
      auth: { basic: { username: "${env:ES_USERNAME}", password: "${env:ES_PASSWORD}" } },
      tls: { ca_file: `${authorityFolder}/ca.crt` },
      indices: {
        index_prefix: jaegerIndexPrefix,
        spans: { ...daily, shards: nodes },
        services: daily,
        dependencies: daily,
        sampling: daily,
      },
    },
  };
}

/** Deletes whole days of traces, every night. */
function indexCleaner(numberOfDays: number, secret: string): HelmValues {
  return {
    enabled: true,
    numberOfDays,
    securityContext: restrictedContainer,
    podSecurityContext: { ...restrictedPod, runAsUser: 1000 },
    resources: resources("50m", "128Mi"),
    extraEnv: [
      ...credentials(secret),
      { name: "INDEX_PREFIX", value: jaegerIndexPrefix },
      { name: "ES_TLS_ENABLED", value: "true" },
      { name: "ES_TLS_CA", value: `${authorityFolder}/ca.crt` },
    ],
    extraSecretMounts: [
      { name: "elasticsearch", secretName: secret, mountPath: authorityFolder, subPath: "", readOnly: true },
    ],
  };
}
