import { expect } from "chai";
import { cronIsActive } from "../../../../simulation/autoscaling/keda/cron.ts";
import type { World } from "../../../../simulation/autoscaling/keda/triggers.ts";
import { ask, isSimulated } from "../../../../simulation/autoscaling/keda/triggers.ts";
import type { Autoscaler, Trigger } from "../../../../simulation/engine/model.ts";
import { readScaledObject } from "../../../../simulation/stack/scaled-object.ts";
import { scaledObject } from "../../fixture.ts";

const world: World = {
  time: Date.parse("2026-10-07T08:30:00Z"),
  waiting: 250,
  inFlight: 10,
  partitions: 6,
  requestsPerSecond: 20,
  p95Seconds: 0.25,
  reachable: true,
};

const trigger = (
  type: string,
  metadata: Readonly<Record<string, string>>,
  changes: Partial<Trigger> = {},
): Trigger => ({
  name: `s0-${type}`,
  type,
  metadata,
  target: 10,
  activation: 0,
  ...changes,
});

function read(
  triggers: readonly Readonly<Record<string, unknown>>[],
  spec: Readonly<Record<string, unknown>> = {},
): Autoscaler {
  return readScaledObject(scaledObject("worker", triggers, spec).inputs);
}

describe("a cron trigger", () => {
  const morning = { start: "0 8 * * 1-5", end: "0 10 * * 1-5", timezone: "Europe/Rome" };
  const at = (time: string): boolean => cronIsActive(morning, Date.parse(time));

  it("holds between its start and its end on the clocks of its zone", () => {
    expect(at("2026-10-07T07:59:59+02:00")).to.equal(false);
    expect(at("2026-10-07T08:00:00+02:00")).to.equal(true);
    expect(at("2026-10-07T09:59:59+02:00")).to.equal(true);
    expect(at("2026-10-07T10:00:00+02:00")).to.equal(false);
  });

  it("follows the change of the clocks", () => {
    expect(at("2026-10-26T08:30:00+01:00")).to.equal(true);
    expect(at("2026-10-26T07:30:00+01:00")).to.equal(false);
  });

  it("rests at weekends where it says so", () => {
    expect(at("2026-10-10T09:00:00+02:00")).to.equal(false);
  });

  it("covers the last days of a month", () => {
    const days = { start: "0 8 28-31 * *", end: "0 20 28-31 * *", timezone: "Europe/Rome" };
    expect(cronIsActive(days, Date.parse("2026-10-27T12:00:00+01:00"))).to.equal(false);
    expect(cronIsActive(days, Date.parse("2026-10-30T12:00:00+01:00"))).to.equal(true);
  });

  it("asks for its number of replicas inside, and for one outside", () => {
    const nine = trigger("cron", { ...morning, desiredReplicas: "9" });
    expect(ask(nine, world)).to.deep.equal({ value: 1, active: false });
    expect(ask(nine, { ...world, time: Date.parse("2026-10-07T09:00:00+02:00") })).to.deep.equal({
      value: 9,
      active: true,
    });
  });
});

describe("a queue's trigger", () => {
  it("counts messages in flight unless told not to", () => {
    expect(ask(trigger("aws-sqs-queue", {}), world)?.value).to.equal(260);
    expect(ask(trigger("aws-sqs-queue", { scaleOnInFlight: "false" }), world)?.value).to.equal(250);
  });

  it("is active above its activation, not at it", () => {
    expect(ask(trigger("aws-sqs-queue", {}, { activation: 260 }), world)?.active).to.equal(false);
    expect(ask(trigger("aws-sqs-queue", {}, { activation: 259 }), world)?.active).to.equal(true);
  });

  it("cuts a topic's lag where consumers would outnumber partitions", () => {
    expect(ask(trigger("kafka", {}), world)?.value).to.equal(60);
    expect(ask(trigger("kafka", {}), { ...world, waiting: 69.9 })?.value).to.equal(69);
    expect(ask(trigger("kafka", {}), { ...world, waiting: 70 })?.value).to.equal(60);
    expect(ask(trigger("kafka", { allowIdleConsumers: "true" }), world)?.value).to.equal(250);
  });
});

describe("a Prometheus trigger", () => {
  const query = (text: string): number | undefined =>
    ask(trigger("prometheus", { query: text }), world)?.value;

  it("reads a rate as requests per second, with the factor behind it", () => {
    expect(query("sum(rate(http_requests_total[2m]))")).to.equal(20);
    expect(query("sum(rate(http_requests_total[2m])) * 60")).to.equal(1200);
    expect(query("sum(increase(http_requests_total[1m]))")).to.equal(1200);
  });

  it("reads a quantile as the response time", () => {
    expect(query("histogram_quantile(0.95, sum(rate(duration_bucket[2m])) by (le))")).to.equal(0.25);
    expect(query("histogram_quantile(0.95, sum(rate(duration_bucket[2m])) by (le)) * 1000")).to.equal(250);
  });

  it("reads a histogram of milliseconds in milliseconds", () => {
    const text =
      'histogram_quantile(0.95, sum(rate(traces_span_metrics_duration_milliseconds{service_name="web"}[2m])))';
    expect(query(text)).to.equal(250);
  });

  it("has no answer to any other query", () => {
    expect(query("up")).to.equal(undefined);
    expect(isSimulated(trigger("prometheus", { query: "up" }))).to.equal(false);
  });

  it("has no answer while its source is out of reach", () => {
    expect(
      ask(trigger("prometheus", { query: "sum(rate(a[1m]))" }), { ...world, reachable: false }),
    ).to.equal(undefined);
  });
});

describe("reading a ScaledObject", () => {
  it("fills in what KEDA fills in", () => {
    const { min, max, keda, up, down } = read([{ type: "aws-sqs-queue", metadata: {} }]);
    expect({ min, max }).to.deep.equal({ min: 1, max: 100 });
    expect(keda).to.deep.include({
      pollingSeconds: 30,
      cooldownSeconds: 300,
      min: 0,
      idle: undefined,
      fallback: undefined,
    });
    expect(keda?.triggers[0]?.target).to.equal(5);
    expect([up.stabilizationSeconds, down.stabilizationSeconds]).to.deep.equal([0, 300]);
  });

  it("makes external metrics of triggers, averages unless they say Value", () => {
    const { metrics } = read([
      { type: "aws-sqs-queue", metadata: { queueLength: "100" }, metricType: "Value" },
      { type: "kafka", name: "lag", metadata: { lagThreshold: "50" } },
    ]);
    expect(metrics).to.deep.equal([
      { kind: "External", name: "s0-aws-sqs-queue", target: { type: "Value", value: 100 } },
      { kind: "External", name: "s1-lag", target: { type: "AverageValue", value: 50 } },
    ]);
  });

  it("makes resource metrics of cpu and memory", () => {
    const { metrics } = read([
      { type: "cpu", metricType: "Utilization", metadata: { value: "70" } },
      { type: "memory", metricType: "Utilization", metadata: { value: "80", containerName: "app" } },
    ]);
    expect(metrics).to.deep.equal([
      { kind: "Resource", name: "cpu", target: { type: "Utilization", value: 70 } },
      {
        kind: "ContainerResource",
        name: "memory",
        container: "app",
        target: { type: "Utilization", value: 80 },
      },
    ]);
  });

  it("takes the behaviour of its HPA", () => {
    const scaleUp = { stabilizationWindowSeconds: 180, tolerance: "0" };
    const advanced = { horizontalPodAutoscalerConfig: { behavior: { scaleUp } } };
    expect(read([], { advanced }).up).to.deep.include({ stabilizationSeconds: 180, tolerance: 0 });
  });
});
