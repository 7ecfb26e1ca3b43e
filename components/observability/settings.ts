import { z } from "zod";

const percent = z.int().min(1).max(99);
const replicas = z.int().min(1).max(9);

const metricsSettings = z.strictObject({
  replicas: replicas.describe(
    "Prometheus servers, each with all metrics and its own volume; two survive a zone",
  ),
  retentionDays: z.int().min(1).max(365).describe("days metrics are kept"),
  storageGb: z
    .int()
    .min(10)
    .max(16_384)
    .describe("volume of each Prometheus in GiB, roughly $0.09 a month per GiB"),
  memoryGb: z.int().min(1).max(64).describe("memory of each Prometheus in GiB"),
});

const alertingSettings = z.strictObject({
  emails: z.array(z.email()).describe("addresses told of every alarm; each must confirm once by a link"),
  replicas: replicas.describe("Alertmanagers; three keep telling when a zone is lost"),
});

const dashboardSettings = z.strictObject({
  storageGb: z
    .int()
    .min(0)
    .max(100)
    .describe("volume of Grafana in GiB for what people save by hand; 0 keeps only dashboards from code"),
});

const tracingSettings = z.strictObject({
  storage: z
    .enum(["memory", "elasticsearch"])
    .describe("where Jaeger keeps traces: memory forgets them with the pod"),
  replicas: replicas.describe("Jaeger pods"),
  collectorReplicas: replicas.describe(
    "OpenTelemetry collectors at least; they grow with their load to three times that",
  ),
  samplePercent: z
    .number()
    .gt(0)
    .max(100)
    .describe("share of traces kept; latency and error metrics are taken from all of them before"),
  retentionDays: z.int().min(1).max(365).describe("days traces are kept in Elasticsearch"),
});

const logSettings = z.strictObject({
  nodes: z.int().min(1).max(30).describe("Elasticsearch nodes, spread over the zones"),
  nodeMemoryGb: z.int().min(2).max(64).describe("memory of each node in GiB, half of it heap"),
  nodeStorageGb: z
    .int()
    .min(10)
    .max(16_384)
    .describe("volume of each node in GiB, roughly $0.09 a month per GiB"),
  kibanaReplicas: replicas.describe("Kibana pods"),
  logstashReplicas: z
    .int()
    .min(0)
    .max(9)
    .describe("Logstash pods that take events over HTTP from what Fluentd does not collect; 0 for none"),
  retentionDays: z.int().min(1).max(3653).describe("days container logs are kept in Elasticsearch"),
});

/** When an alarm about AWS resources or services is raised. */
export const alarmSettings = z.strictObject({
  cpuPercent: percent.describe("use of the CPU of a database, cache or service, over five minutes"),
  memoryPercent: percent.describe("use of the memory of a database, cache or service, over five minutes"),
  freeStoragePercent: percent.describe("share of the database's storage left, over fifteen minutes"),
  connectionPercent: percent.describe("share of the connections the database accepts, over five minutes"),
  replicaLagSeconds: z
    .int()
    .min(1)
    .max(3600)
    .describe("how far a read replica may be behind, over five minutes"),
  responseMilliseconds: z
    .int()
    .min(1)
    .max(60_000)
    .describe(
      "response time, over five minutes: the mean behind a load balancer, and of each service that of the slowest twentieth",
    ),
  errorPercent: z
    .number()
    .gt(0)
    .max(100)
    .default(1)
    .describe("share of a service's answers that are errors, over five minutes"),
  availabilityPercent: z
    .number()
    .min(90)
    .max(99.999)
    .default(99.9)
    .describe(
      "share of its answers that a service owes: rings when the errors of a month would be spent in days",
    ),
  serverErrorsPerFiveMinutes: z
    .int()
    .min(1)
    .describe("answers with status 5xx behind or from the load balancers in five minutes"),
});

/** When an alarm about AWS resources or services is raised, checked. */
export type AlarmSettings = Readonly<z.infer<typeof alarmSettings>>;

/** Settings of metrics, logs, traces, dashboards and alarms. */
export const observabilitySettings = z
  .strictObject({
    metrics: metricsSettings.describe("Prometheus"),
    alerting: alertingSettings.describe("who is told, and by how many Alertmanagers"),
    dashboards: dashboardSettings.describe("Grafana"),
    tracing: tracingSettings.describe("Jaeger and the OpenTelemetry collector"),
    logs: logSettings.describe("Elasticsearch, Kibana, Logstash and Fluentd"),
    alarms: alarmSettings.describe(
      "CloudWatch alarms on database, cache, NAT and load balancers, and Prometheus alerts on services",
    ),
    protect: z.boolean().describe("whether Pulumi refuses to delete the key of the alarm topic"),
  })
  .check(({ value, issues }) => {
    if (value.tracing.storage === "memory" && value.tracing.replicas > 1) {
      issues.push({
        code: "custom",
        input: value.tracing.replicas,
        path: ["tracing", "replicas"],
        message: `replicas must be 1 with storage memory, got ${value.tracing.replicas}: each pod would hold its own traces`,
      });
    }
    for (const [index, email] of value.alerting.emails.entries()) {
      if (value.alerting.emails.indexOf(email) === index) continue;
      issues.push({
        code: "custom",
        input: email,
        path: ["alerting", "emails", index],
        message: `must be named once, got ${email} again`,
      });
    }
    if (value.logs.nodes === 2) {
      issues.push({
        code: "custom",
        input: value.logs.nodes,
        path: ["logs", "nodes"],
        message: "nodes must be 1, or 3 and more, got 2: two cannot elect a master when one is lost",
      });
    }
  });

/** Settings of metrics, logs, traces, dashboards and alarms, checked. */
export type ObservabilitySettings = Readonly<z.infer<typeof observabilitySettings>>;
