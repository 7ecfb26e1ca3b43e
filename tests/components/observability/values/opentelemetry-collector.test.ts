import { expect } from "chai";

import { collectorValues } from "../../../../components/observability/values/opentelemetry-collector.ts";
import { dig, keysIn, listIn } from "../dig.ts";
import { given, large, parsed } from "../settings.ts";

const [small, big] = [parsed(given), parsed(large)];

describe("Values of the OpenTelemetry collector", () => {
  const pipelines = "config.service.pipelines";

  it("measure all spans before a share of the traces is chosen", () => {
    expect(collectorValues(small))
      .to.have.nested.property(`${pipelines}.traces.exporters`)
      .that.deep.equals(["span_metrics", "forward"]);
    expect(collectorValues(small))
      .to.have.nested.property(`${pipelines}.traces/kept`)
      .that.deep.equals({
        receivers: ["forward"],
        processors: ["probabilistic_sampler"],
        exporters: ["otlp_grpc/jaeger"],
      });
  });

  it("keep the share of the traces asked for", () => {
    const key = "config.processors.probabilistic_sampler.sampling_percentage";
    expect(collectorValues(small)).to.have.nested.property(key, 100);
    expect(collectorValues(big)).to.have.nested.property(key, 10);
  });

  it("send traces to Jaeger and metrics to Prometheus", () => {
    const exporter = (name: string) => dig(collectorValues(small), "config", "exporters", name, "endpoint");
    expect(exporter("otlp_grpc/jaeger")).to.equal("jaeger.tracing.svc:4317");
    expect(exporter("otlp_http/prometheus")).to.equal(
      "http://kps-prometheus.monitoring.svc:9090/api/v1/otlp",
    );
  });

  it("name only parts that a pipeline has defined", () => {
    const config = dig(collectorValues(big), "config");
    const exporters = [...keysIn(config, "exporters"), ...keysIn(config, "connectors")];
    for (const pipeline of keysIn(config, "service", "pipelines")) {
      expect(exporters).to.include.members([
        ...listIn(config, "service", "pipelines", pipeline, "exporters"),
      ]);
    }
  });

  it("forget copies that are gone", () => {
    expect(
      dig(collectorValues(small), "config", "connectors", "span_metrics", "metrics_expiration"),
    ).to.equal("1h");
  });

  it("grow to three times their number", () => {
    expect(collectorValues(big))
      .to.have.property("autoscaling")
      .that.deep.includes({ minReplicas: 3, maxReplicas: 9 });
  });
});
