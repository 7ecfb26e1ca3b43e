/*
 * Names by which the parts of observability find each other. They are contracts: charts, secrets and network policies name them,
 * and so do the workloads that send traces.
 */

/** Namespaces, by what lives in them. */
export const namespaces = {
  /** Prometheus, Alertmanager, Grafana. */
  monitoring: "monitoring",
  /** The node exporter alone: it needs the host's network and process list. */
  nodeExporter: "node-exporter",
  /** Jaeger and the OpenTelemetry collector. */
  tracing: "tracing",
  /** Elasticsearch, Kibana, Logstash. */
  logging: "logging",
  /** The operator that runs them. */
  elasticOperator: "elastic-system",
  /** Fluentd alone: it reads the host's log files. */
  logCollector: "log-collector",
} as const;

/** Namespace of KEDA, which asks Prometheus how many copies of a service there should be. */
export const scalerNamespace = "keda";

/** Name of the Elasticsearch cluster, from which its operator derives services and secrets. */
export const elasticsearchName = "elasticsearch";

/** Elasticsearch inside the cluster, over TLS with a certificate of the operator's own authority. */
export const elasticsearch = {
  host: `${elasticsearchName}-es-http.${namespaces.logging}.svc`,
  port: 9200,
  url: `https://${elasticsearchName}-es-http.${namespaces.logging}.svc:9200`,
  /** Secret with the authority's certificate as `ca.crt`, kept by the operator in the namespace `logging`. */
  authoritySecret: `${elasticsearchName}-es-http-certs-public`,
} as const;

/** Prefix of all names the metrics chart makes. */
export const monitoringPrefix = "kps";

/** Grafana's service. */
export const grafanaService = "kube-prometheus-stack-grafana";

/** Prometheus inside the cluster; takes metrics by OTLP too. */
export const prometheusUrl = `http://${monitoringPrefix}-prometheus.${namespaces.monitoring}.svc:9090`;

/** Jaeger inside the cluster. */
export const jaeger = {
  grpc: `jaeger.${namespaces.tracing}.svc:4317`,
  ui: `http://jaeger.${namespaces.tracing}.svc:16686`,
} as const;

/** Name of the OpenTelemetry collector's service. */
export const collectorName = "otel-collector";

/** Port on which the collector takes OTLP over HTTP. */
export const otlpPort = 4318;

/** Where workloads send traces and metrics by OTLP over HTTP (`OTEL_EXPORTER_OTLP_ENDPOINT`). */
export const otlpEndpoint = `http://${collectorName}.${namespaces.tracing}.svc:${otlpPort}`;
