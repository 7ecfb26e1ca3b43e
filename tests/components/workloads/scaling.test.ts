import { expect } from "chai";
import * as fc from "fast-check";

import {
  describeAutoscaler,
  describeScaledObject,
  describeVertical,
  scalesOnEvents,
} from "../../../components/workloads/describe-scaling.ts";
import { describeQueueReader } from "../../../components/workloads/event-scaling.ts";
import { describeWindows, rampSeconds } from "../../../components/workloads/schedules.ts";
import { dig } from "../observability/dig.ts";
import { one, place } from "./settings.ts";

const triggersOf = (scaling: object, row: object = {}): unknown =>
  dig(describeScaledObject(one({ scaling, ...row }), place), "triggers");
const quiet = { cpuPercent: "none", memoryPercent: "none" };
const step = { afterSeconds: 120, pods: 2, everySeconds: 120 };

describe("the pace of a service", () => {
  const pace = { afterSeconds: 0, everySeconds: 60, tolerance: 0 };

  it("takes its first step when the signal has held, and each further one a period later", () => {
    expect(rampSeconds({ ...step, tolerance: 0 }, 10, 14)).to.equal(240);
    expect(rampSeconds({ ...pace, pods: 4 }, 2, 6)).to.equal(0);
  });

  it("takes the larger of two steps", () => {
    // 10, 20, 40, 80, 100: doubling soon leaves ten at a time behind.
    expect(rampSeconds({ ...pace, pods: 10, percent: 100 }, 10, 100)).to.equal(180);
    expect(rampSeconds({ ...pace, pods: 10 }, 10, 100)).to.equal(480);
  });

  it("needs no time to stay", () => {
    expect(rampSeconds({ ...pace, pods: 1 }, 5, 5)).to.equal(0);
  });

  it("never gets there later with larger steps", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 200 }), (pods, to) => {
        expect(rampSeconds({ ...pace, pods: pods + 1 }, 1, to)).to.be.at.most(
          rampSeconds({ ...pace, pods }, 1, to),
        );
      }),
    );
  });
});

describe("schedules of a service", () => {
  const window = { from: "08:00", to: "10:30", copies: 8 };

  for (const [day, days] of Object.entries({
    daily: "* * *",
    "mon-fri": "* * MON-FRI",
    sat: "* * SAT",
    "28-31": "28-31 * *",
    "24 dec": "24 DEC *",
  })) {
    it(`say ${day} as cron does`, () => {
      expect(describeWindows({ ...window, on: [day] }, 0)).to.deep.equal([
        { start: `0 8 ${days}`, end: `30 10 ${days}` },
      ]);
    });
  }

  it("begin earlier by what the pace needs, to the minute", () => {
    expect(describeWindows({ ...window, on: ["daily"] }, 61)[0]?.start).to.equal("58 7 * * *");
  });
});

describe("what scales a service", () => {
  it("is Kubernetes' own autoscaler while CPU and memory are all that counts", () => {
    expect(scalesOnEvents(one())).to.equal(false);
  });

  for (const [what, scaling] of Object.entries({
    requests: { requestsPerSecond: 50 },
    "a response time": { latency: { milliseconds: 200 } },
    "a queue": { queues: [{ name: "orders", messages: 100 }] },
    "a consumer group": { lags: [{ brokers: "kafka:9092", topic: "a", group: "b", messages: 1 }] },
    "a metric": { metrics: { backlog: { query: "sum(backlog)", target: 10 } } },
    "a schedule": { schedules: { noon: { on: ["daily"], from: "11:00", to: "13:00", copies: 4 } } },
  })) {
    it(`is KEDA as soon as ${what} counts`, () => {
      expect(scalesOnEvents(one({ scaling }))).to.equal(true);
    });
  }

  it("leaves a metric out that must not count", () => {
    expect(describeAutoscaler(one({ scaling: { memoryPercent: "none" } })).metrics).to.deep.equal([
      {
        type: "Resource",
        resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } },
      },
    ]);
  });

  it("grows by two copies per two minutes that a threshold was exceeded, and shrinks below a lower one", () => {
    const down = { afterSeconds: 600, pods: 1, percent: 10, everySeconds: 300, tolerance: 0.5714 };
    expect(describeAutoscaler(one({ scaling: { up: step, down } })).behavior).to.deep.equal({
      scaleUp: {
        stabilizationWindowSeconds: 120,
        policies: [{ type: "Pods", value: 2, periodSeconds: 120 }],
        tolerance: "0",
      },
      scaleDown: {
        stabilizationWindowSeconds: 600,
        policies: [
          { type: "Pods", value: 1, periodSeconds: 300 },
          { type: "Percent", value: 10, periodSeconds: 300 },
        ],
        tolerance: "0.5714",
      },
    });
  });
});

describe("ScaledObject of a service", () => {
  it("has the same bounds, metrics and pace as the autoscaler would have", () => {
    const workload = one({ replicas: { min: 3, max: 10 }, scaling: { requestsPerSecond: 50 } });
    const { behavior } = describeAutoscaler(workload);
    expect(describeScaledObject(workload, place)).to.deep.include({
      scaleTargetRef: { name: "shop" },
      minReplicaCount: 3,
      maxReplicaCount: 10,
      advanced: { horizontalPodAutoscalerConfig: { name: "shop", behavior } },
    });
    expect(triggersOf({ requestsPerSecond: 50 })).to.deep.include.members([
      { type: "cpu", metricType: "Utilization", metadata: { value: "70" } },
      { type: "memory", metricType: "Utilization", metadata: { value: "80" } },
    ]);
  });

  it("asks Prometheus for requests per copy and for the response time of all", () => {
    const served = '{service_name="shop",service_namespace="apps",span_kind="SPAN_KIND_SERVER"}[2m]';
    const serverAddress = "http://kps-prometheus.monitoring.svc:9090";
    expect(triggersOf({ ...quiet, requestsPerSecond: 50, latency: { milliseconds: 200 } })).to.deep.equal([
      {
        type: "prometheus",
        name: "requests",
        metricType: "AverageValue",
        metadata: {
          serverAddress,
          query: `sum(rate(traces_span_metrics_calls_total${served}))`,
          threshold: "50",
        },
      },
      {
        type: "prometheus",
        name: "latency",
        metricType: "Value",
        metadata: {
          serverAddress,
          query: `histogram_quantile(0.95, sum(rate(traces_span_metrics_duration_milliseconds${served}))) >= 0`,
          threshold: "200",
        },
      },
    ]);
  });

  it("asks SQS by KEDA's own role, for the whole queue or each copy's share", () => {
    const queues = [
      { name: "orders", messages: 100, per: "service" },
      { name: "mails", messages: 5 },
    ];
    const authenticationRef = { name: "aws-identity-of-keda", kind: "ClusterTriggerAuthentication" };
    expect(triggersOf({ ...quiet, queues })).to.deep.equal([
      {
        type: "aws-sqs-queue",
        name: "orders",
        metricType: "Value",
        metadata: {
          queueURL: "https://sqs.eu-west-1.amazonaws.com/111111111111/orders",
          queueLength: "100",
          awsRegion: "eu-west-1",
        },
        authenticationRef,
      },
      {
        type: "aws-sqs-queue",
        name: "mails",
        metricType: "AverageValue",
        metadata: {
          queueURL: "https://sqs.eu-west-1.amazonaws.com/111111111111/mails",
          queueLength: "5",
          awsRegion: "eu-west-1",
        },
        authenticationRef,
      },
    ]);
    expect(describeQueueReader(["orders"], place)).to.deep.equal([
      {
        Effect: "Allow",
        Action: "sqs:GetQueueAttributes",
        Resource: ["arn:aws:sqs:eu-west-1:111111111111:orders"],
      },
    ]);
  });

  it("asks Kafka how far a group is behind", () => {
    const lags = [{ brokers: "b-1.kafka.example.com:9092", topic: "clicks", group: "shop", messages: 50 }];
    expect(triggersOf({ ...quiet, lags })).to.deep.equal([
      {
        type: "kafka",
        name: "clicks",
        metricType: "AverageValue",
        metadata: {
          bootstrapServers: "b-1.kafka.example.com:9092",
          consumerGroup: "shop",
          topic: "clicks",
          lagThreshold: "50",
        },
      },
    ]);
  });

  it("has the copies of a schedule there when it begins, on each of its days, by the clock of its place", () => {
    const schedules = {
      rush: { on: ["mon-fri", "24 dec"], from: "08:00", to: "10:00", copies: 10 },
    };
    const cron = (name: string, start: string, end: string): object => ({
      type: "cron",
      name,
      metadata: { timezone: "Europe/Rome", start, end, desiredReplicas: "10" },
    });
    // From 2 to 10 copies are four steps of two: 120 s until the first and 120 s between them.
    expect(triggersOf({ ...quiet, schedules, up: step }, { replicas: { min: 2, max: 10 } })).to.deep.equal([
      cron("rush", "52 7 * * MON-FRI", "0 10 * * MON-FRI"),
      cron("rush-2", "52 7 24 DEC *", "0 10 24 DEC *"),
    ]);
  });
});

describe("vertical autoscaler of a service", () => {
  const updateMode = (vertical: string): unknown =>
    dig(describeVertical(one({ scaling: { ...quiet, requestsPerSecond: 1, vertical } })), "updatePolicy");

  it("only tells what a copy needs, unless the row lets it set that", () => {
    expect(updateMode("advise")).to.deep.equal({ updateMode: "Off" });
    expect(updateMode("apply")).to.deep.equal({ updateMode: "Recreate" });
  });
});
