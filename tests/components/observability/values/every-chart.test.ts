import { expect } from "chai";

import { eckOperatorValues } from "../../../../components/observability/values/eck-operator.ts";
import { eckStackValues } from "../../../../components/observability/values/eck-stack.ts";
import { fluentdValues } from "../../../../components/observability/values/fluentd.ts";
import { jaegerValues } from "../../../../components/observability/values/jaeger.ts";
import { kubePrometheusStackValues } from "../../../../components/observability/values/kube-prometheus-stack.ts";
import { collectorValues } from "../../../../components/observability/values/opentelemetry-collector.ts";
import { given, large, parsed } from "../settings.ts";

const [small, big] = [parsed(given), parsed(large)];
const prometheusStack = (settings: typeof small) =>
  kubePrometheusStackValues({
    ...settings,
    topicArn: "arn:aws:sns:eu-west-1:111111111111:alarms",
    adminSecret: "grafana-admin",
  });
const jaegerOf = (settings: typeof small) =>
  jaegerValues({ ...settings, elasticsearchSecret: "jaeger-elasticsearch" });
const stackOf = (settings: typeof small) =>
  eckStackValues({ ...settings, userSecrets: ["fluentd-elasticsearch"] });
const fluentdOf = (settings: typeof small) =>
  fluentdValues({ ...settings, elasticsearchSecret: "fluentd-elasticsearch" });

describe("Values of every chart", () => {
  const values = [small, big].flatMap((settings) => [
    prometheusStack(settings),
    jaegerOf(settings),
    collectorValues(settings),
    eckOperatorValues,
    stackOf(settings),
    fluentdOf(settings),
  ]);

  /** Every text with the keys that lead to it. */
  function texts(value: unknown, path = ""): readonly (readonly [string, string])[] {
    if (typeof value === "string") return [[path, value]];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, part]) => texts(part, `${path}.${key}`));
  }

  it("hold no password: whatever is called one refers to a Secret or the environment", () => {
    const suspicious = values
      .flatMap((chart) => texts(chart))
      .filter(([path]) => /password|token|credential|api_?key/i.test(path))
      .map(([, text]) => text);
    expect([...new Set(suspicious)]).to.have.members(["admin-password", "${env:ES_PASSWORD}"]);
  });

  it("limit the memory of every container that asks for some", () => {
    const unlimited = values.flatMap((chart) => containersWithoutLimit(chart));
    expect(unlimited).to.deep.equal([]);
  });

  function containersWithoutLimit(value: unknown, path = ""): readonly string[] {
    if (typeof value !== "object" || value === null) return [];
    const open =
      "requests" in value && hasMemory(value.requests) && !("limits" in value && hasMemory(value.limits));
    const inside = Object.entries(value).flatMap(([key, part]) =>
      containersWithoutLimit(part, `${path}.${key}`),
    );
    return open ? [path, ...inside] : inside;
  }

  function hasMemory(value: unknown): boolean {
    return typeof value === "object" && value !== null && "memory" in value;
  }
});
