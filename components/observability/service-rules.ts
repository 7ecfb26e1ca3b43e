import type { AlarmSettings } from "./settings.ts";

/** A rule of Prometheus: a value that is kept under a name, or an alert. */
export type PrometheusRule =
  | { readonly record: string; readonly expr: string }
  | {
      readonly alert: string;
      readonly expr: string;
      readonly for: string;
      readonly labels: { readonly severity: "critical" | "warning"; readonly namespace: string };
      readonly annotations: { readonly summary: string; readonly description: string };
    };

/** Requests a service answers, counted by the collector from its spans (OpenTelemetry Collector, "Span Metrics Connector"). */
const answered = 'span_kind="SPAN_KIND_SERVER"';
const failed = `${answered},status_code="STATUS_CODE_ERROR"`;
const byService = "by (service_namespace, service_name)";
const who = "{{ $labels.service_name }} in {{ $labels.service_namespace }}";
/** By which Alertmanager groups and mutes. */
const namespace = "{{ $labels.service_namespace }}";

/**
 * How fast an objective is used up: at 14.4 times the allowed rate a month's errors are spent in two days, at 6 times in five. Each is seen
 * in a long and a short window at once, so that it rings soon and stops soon (Google, "The Site Reliability Workbook", "Alerting on SLOs").
 */
const burnRates = [
  { factor: 14.4, long: "1h", short: "5m", severity: "critical" },
  { factor: 6, long: "6h", short: "30m", severity: "warning" },
] as const;

const errorRatio = (window: string): string => `service:request_errors:ratio_rate${window}`;

function recordErrors(window: string): PrometheusRule {
  const rate = (selector: string): string =>
    `sum ${byService} (rate(traces_span_metrics_calls_total{${selector}}[${window}]))`;
  return { record: errorRatio(window), expr: `${rate(failed)} / ${rate(answered)}` };
}

function alertOnBurn(
  { factor, long, short, severity }: (typeof burnRates)[number],
  objective: number,
): PrometheusRule {
  // Rounded, or binary fractions would show: 0.01440000000000008.
  const limit = Number(((factor * (100 - objective)) / 100).toPrecision(6));
  return {
    alert: "ServiceErrorBudgetBurn",
    expr: `${errorRatio(long)} > ${limit} and ${errorRatio(short)} > ${limit}`,
    for: "2m",
    labels: { severity, namespace },
    annotations: {
      summary: `${who} fails too often for ${objective}%`,
      description: `More than ${factor} times the errors that ${objective}% allow, for ${long} and still in the last ${short}.`,
    },
  };
}

/** Answers later than asked: the objective of latency, for the slowest twentieth. */
function alertOnLatency(milliseconds: number): PrometheusRule {
  const durations = `traces_span_metrics_duration_milliseconds{${answered}}[5m]`;
  return {
    alert: "ServiceSlow",
    expr: `histogram_quantile(0.95, sum ${byService} (rate(${durations}))) > ${milliseconds}`,
    for: "5m",
    labels: { severity: "warning", namespace },
    annotations: {
      summary: `${who} is slow`,
      description: `One request in twenty took longer than ${milliseconds} ms for five minutes.`,
    },
  };
}

function alertOnErrors(percent: number): PrometheusRule {
  return {
    alert: "ServiceErrors",
    expr: `${errorRatio("5m")} > ${percent / 100}`,
    for: "5m",
    labels: { severity: "critical", namespace },
    annotations: {
      summary: `${who} fails`,
      description: `More than ${percent}% of its answers were errors for five minutes.`,
    },
  };
}

/**
 * More in use than scaling keeps up with. Measured against what the copies reserve, as their autoscaler sees it (kube-state-metrics,
 * "Horizontal Pod Autoscaler Metrics"): what does not scale by a resource is not asked about it.
 */
function alertOnUse(resource: "cpu" | "memory", percent: number): PrometheusRule {
  const used = `kube_horizontalpodautoscaler_status_target_metric{metric_name="${resource}",metric_target_type="utilization"}`;
  return {
    alert: resource === "cpu" ? "ServiceCpuHigh" : "ServiceMemoryHigh",
    expr: `${used} > ${percent}`,
    for: "5m",
    labels: { severity: "warning", namespace: "{{ $labels.namespace }}" },
    annotations: {
      summary: `{{ $labels.horizontalpodautoscaler }} in {{ $labels.namespace }} is short of ${resource}`,
      description: `Its copies used more than ${percent}% of the ${resource} they reserve for five minutes: there are as many as there may be, or new ones find no node.`,
    },
  };
}

/** Thresholds that services are measured by. */
export type ServiceThresholds = Pick<
  AlarmSettings,
  "cpuPercent" | "memoryPercent" | "errorPercent" | "availabilityPercent" | "responseMilliseconds"
>;

/** Rules about every service, known or not: how often it may fail, how long it may take, and how much of what it reserves it may use. */
export function describeServiceRules({
  cpuPercent,
  memoryPercent,
  errorPercent,
  availabilityPercent,
  responseMilliseconds,
}: ServiceThresholds): {
  readonly groups: readonly { readonly name: string; readonly rules: readonly PrometheusRule[] }[];
} {
  const windows = burnRates.flatMap(({ short, long }) => [short, long]);
  return {
    groups: [
      {
        name: "services",
        rules: [
          ...windows.map(recordErrors),
          alertOnErrors(errorPercent),
          alertOnLatency(responseMilliseconds),
          ...burnRates.map((rate) => alertOnBurn(rate, availabilityPercent)),
          alertOnUse("cpu", cpuPercent),
          alertOnUse("memory", memoryPercent),
        ],
      },
    ],
  };
}
