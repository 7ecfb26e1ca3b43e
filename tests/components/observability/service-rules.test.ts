import { expect } from "chai";

import { describeServiceRules } from "../../../components/observability/service-rules.ts";
import type { PrometheusRule } from "../../../components/observability/service-rules.ts";

const thresholds = {
  cpuPercent: 80,
  memoryPercent: 85,
  errorPercent: 1,
  availabilityPercent: 99.9,
  responseMilliseconds: 500,
};
const rulesOf = (change: Partial<typeof thresholds> = {}): readonly PrometheusRule[] =>
  describeServiceRules({ ...thresholds, ...change }).groups.flatMap(({ rules }) => rules);
const alert = (name: string, change: Partial<typeof thresholds> = {}) =>
  rulesOf(change).flatMap((rule) =>
    "alert" in rule && rule.alert === name ? [[rule.expr, rule.for, rule.labels.severity]] : [],
  );

describe("Rules about services", () => {
  it("keep each service's share of errors in every window that an alert asks for", () => {
    const recorded = rulesOf().flatMap((rule) => ("record" in rule ? [rule.record] : []));
    expect(recorded).to.deep.equal([
      "service:request_errors:ratio_rate5m",
      "service:request_errors:ratio_rate1h",
      "service:request_errors:ratio_rate30m",
      "service:request_errors:ratio_rate6h",
    ]);
    const asked = rulesOf().flatMap(({ expr }) => expr.match(/service:request_errors:ratio_rate\w+/g) ?? []);
    expect([...new Set(asked)]).to.have.members(recorded);
  });

  it("count the answers of a service, and of those the errors", () => {
    const [first] = rulesOf();
    expect(first?.expr).to.equal(
      'sum by (service_namespace, service_name) (rate(traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}[5m]))' +
        ' / sum by (service_namespace, service_name) (rate(traces_span_metrics_calls_total{span_kind="SPAN_KIND_SERVER"}[5m]))',
    );
  });

  it("are grouped and muted by the service's own namespace", () => {
    const labels = rulesOf().flatMap((rule) => ("alert" in rule ? [rule.labels.namespace] : []));
    expect([...new Set(labels)]).to.deep.equal([
      "{{ $labels.service_namespace }}",
      "{{ $labels.namespace }}",
    ]);
  });

  it("ring at more than 1% errors for five minutes", () => {
    expect(alert("ServiceErrors")).to.deep.equal([
      ["service:request_errors:ratio_rate5m > 0.01", "5m", "critical"],
    ]);
    expect(alert("ServiceErrors", { errorPercent: 0.5 })[0]?.[0]).to.equal(
      "service:request_errors:ratio_rate5m > 0.005",
    );
  });

  it("ring when the slowest twentieth takes longer than 500 ms for five minutes", () => {
    expect(alert("ServiceSlow")).to.deep.equal([
      [
        'histogram_quantile(0.95, sum by (service_namespace, service_name) (rate(traces_span_metrics_duration_milliseconds{span_kind="SPAN_KIND_SERVER"}[5m]))) > 500',
        "5m",
        "warning",
      ],
    ]);
  });

  it("ring when a service uses more than 80% of the CPU or 85% of the memory it reserves for five minutes", () => {
    const used = (resource: string): string =>
      `kube_horizontalpodautoscaler_status_target_metric{metric_name="${resource}",metric_target_type="utilization"}`;
    expect(alert("ServiceCpuHigh")).to.deep.equal([[`${used("cpu")} > 80`, "5m", "warning"]]);
    expect(alert("ServiceMemoryHigh")).to.deep.equal([[`${used("memory")} > 85`, "5m", "warning"]]);
  });

  it("ring when a month's errors would be spent in two days, or in five", () => {
    const spent = (window: string, limit: number): string =>
      `service:request_errors:ratio_rate${window} > ${limit}`;
    expect(alert("ServiceErrorBudgetBurn")).to.deep.equal([
      [`${spent("1h", 0.0144)} and ${spent("5m", 0.0144)}`, "2m", "critical"],
      [`${spent("6h", 0.006)} and ${spent("30m", 0.006)}`, "2m", "warning"],
    ]);
    expect(alert("ServiceErrorBudgetBurn", { availabilityPercent: 99 })[0]?.[0]).to.equal(
      `${spent("1h", 0.144)} and ${spent("5m", 0.144)}`,
    );
  });
});
