import { expect } from "chai";

import { image, problems } from "./settings.ts";
import type { Change } from "./settings.ts";

const scaling = (change: Change): Change => ({ items: { shop: { image, scaling: change } } });
const noon = { on: ["daily"], from: "11:00", to: "13:00", copies: 4 };

const refusals: Readonly<Record<string, readonly [Change, ...string[]]>> = {
  "nothing to scale on": [
    scaling({ cpuPercent: "none", memoryPercent: "none" }),
    "items.shop.scaling.cpuPercent: cpuPercent must be set where nothing else counts, got none: no copy would ever be added",
  ],
  "two autoscalers that answer the same metrics": [
    scaling({ vertical: "apply" }),
    "items.shop.scaling.vertical: vertical must not be apply beside cpuPercent 70, got apply: both would answer the same metric, so say cpuPercent: none or vertical: advise",
    "items.shop.scaling.vertical: vertical must not be apply beside memoryPercent 80, got apply: both would answer the same metric, so say memoryPercent: none or vertical: advise",
  ],
  "a pace without a step": [
    scaling({ up: { afterSeconds: 0, everySeconds: 60 } }),
    "items.shop.scaling.up.pods: pods or percent must be set, got neither: a step has a size",
  ],
  "a pace without a step beside a schedule, which would wait for it for ever": [
    scaling({ up: { afterSeconds: 0, everySeconds: 60 }, schedules: { noon } }),
    "items.shop.scaling.up.pods: pods or percent must be set, got neither: a step has a size",
  ],
  "a schedule above the maximum": [
    scaling({ schedules: { noon: { ...noon, copies: 21 } } }),
    "items.shop.scaling.schedules.noon.copies: copies must lie above replicas.min 2 and not above replicas.max 20, got 21",
  ],
  "a schedule that changes nothing": [
    scaling({ schedules: { noon: { ...noon, copies: 2 } } }),
    "items.shop.scaling.schedules.noon.copies: copies must lie above replicas.min 2 and not above replicas.max 20, got 2",
  ],
  "a schedule that ends before it begins": [
    scaling({ schedules: { noon: { ...noon, to: "11:00" } } }),
    "items.shop.scaling.schedules.noon.to: to must be later than from 11:00 on the same day, got 11:00",
  ],
  "a schedule whose copies must be started the day before": [
    scaling({
      up: { afterSeconds: 120, pods: 2, everySeconds: 120 },
      schedules: { night: { ...noon, from: "00:05", copies: 10 } },
    }),
    "items.shop.scaling.schedules.night.from: from must be 8 minutes after midnight or more, got 00:05: at this pace 10 copies need that long, so let it begin later or scaling.up be faster",
  ],
  "a day nobody knows": [
    scaling({ schedules: { noon: { ...noon, on: ["holidays"] } } }),
    "items.shop.scaling.schedules.noon.on.0: a day is daily, weekdays such as mon-fri, days of the month such as 28-31, or a date such as 24 dec",
  ],
  "a place without a clock": [
    scaling({ timezone: "Rome" }),
    "items.shop.scaling.timezone: a timezone looks like Europe/Rome",
  ],
  "one queue twice": [
    scaling({
      queues: [
        { name: "orders", messages: 1 },
        { name: "orders", messages: 2 },
      ],
    }),
    "items.shop.scaling.queues.1: orders must be the name of one trigger, got it twice: requests, latency, metrics, schedules, queues and lags share their names",
  ],
  "a number that is called as the platform's own": [
    scaling({ latency: { milliseconds: 200 }, metrics: { latency: { query: "up", target: 1 } } }),
    "items.shop.scaling.metrics.latency: latency must be the name of one trigger, got it twice: requests, latency, metrics, schedules, queues and lags share their names",
  ],
  "a schedule that is called as another's second day": [
    scaling({ schedules: { noon: { ...noon, on: ["mon", "tue"] }, "noon-2": noon } }),
    "items.shop.scaling.schedules.noon-2: noon-2 must be the name of one trigger, got it twice: requests, latency, metrics, schedules, queues and lags share their names",
  ],
  "a broker that policies keep KEDA from": [
    scaling({ lags: [{ brokers: "kafka.streams.svc:9092", topic: "clicks", group: "shop", messages: 5 }] }),
    "items.shop.scaling.lags.0.brokers: brokers must be addresses in the VPC, not Services of the cluster: policies let KEDA reach those only",
  ],
};

describe("scaling that contradicts itself", () => {
  for (const [what, [change, ...messages]] of Object.entries(refusals)) {
    it(`refuses ${what}`, () => {
      expect(problems(change)).to.deep.equal(messages);
    });
  }
});
