import { z } from "zod";

import { namedRecord } from "../../named-record.ts";

const seconds = z.int().min(0).max(3600);

/** A share of what is reserved; `none` where the metric must not count. */
const percentOrNone = z.union([z.int().min(1).max(100), z.literal("none")]);

export const replicas = z
  .strictObject({
    min: z.int().min(1).describe("copies that always run"),
    max: z.int().min(1).max(1000).describe("copies at most, so what the service may ever cost"),
  })
  .superRefine(({ min, max }, context) => {
    if (min > max)
      context.addIssue({
        code: "custom",
        path: ["min"],
        message: `min must not exceed max ${max}, got ${min}`,
      });
  })
  .describe("how few and how many copies the autoscaler may run; from two on a node can fail unnoticed");

const pace = z
  .strictObject({
    afterSeconds: seconds.describe("how long the signal must hold before anything happens"),
    pods: z.int().min(1).optional().describe("copies added or taken away at a time"),
    percent: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe("the same in percent of the copies there are; beside pods the larger step is taken"),
    everySeconds: z.int().min(1).max(1800).describe("the time between two such steps"),
    tolerance: z
      .number()
      .min(0)
      .max(0.99)
      .default(0)
      .describe(
        "how far a metric may stray from its target unanswered, as a share of it: with a target of 70 %, 0.5714 on the way down waits for 30 %",
      ),
  })
  .superRefine(({ pods, percent }, context) => {
    if (pods === undefined && percent === undefined)
      context.addIssue({
        code: "custom",
        path: ["pods"],
        message: "pods or percent must be set, got neither: a step has a size",
      });
  });

const metric = z.strictObject({
  query: z.string().min(1).describe("PromQL whose result is one number"),
  target: z.number().positive().describe("the value at which nothing changes"),
  per: z
    .enum(["copy", "service"])
    .default("copy")
    .describe("whether the target is each copy's share of the result, or the result itself"),
});

const queue = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]{1,75}(\.fifo)?$/, "a queue is named as in SQS")
    .describe("an SQS queue of this account and region"),
  messages: z.int().min(1).describe("messages waiting at which nothing changes"),
  per: z
    .enum(["copy", "service"])
    .default("copy")
    .describe("whether that is what each copy may have waiting, or all of them together"),
});

const lag = z.strictObject({
  brokers: z
    .string()
    .regex(/^[\w.-]+:\d+(,[\w.-]+:\d+)*$/, "brokers look like b-1.kafka.example.com:9092")
    .refine(
      (brokers) => !/\.svc(\.[\w.-]+)?:/.test(brokers),
      "brokers must be addresses in the VPC, not Services of the cluster: policies let KEDA reach those only",
    )
    .describe("where Kafka is first asked, in the VPC; the service itself also says it under reaches"),
  topic: z.string().min(1).describe("the topic that is read"),
  group: z.string().min(1).describe("the consumer group that reads it"),
  messages: z.int().min(1).describe("messages each copy may be behind"),
});

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time of day is in quotes, such as 08:00");

const weekday = "(mon|tue|wed|thu|fri|sat|sun)";
const month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)";
const dayOfMonth = "([1-9]|[12]\\d|3[01])";

/** When in the week, the month or the year a schedule holds. */
export const dayPattern = new RegExp(
  `^(daily|${weekday}(-${weekday})?|${dayOfMonth}(-${dayOfMonth})?|${dayOfMonth} ${month})$`,
);

const schedule = z.strictObject({
  on: z
    .array(
      z
        .string()
        .regex(
          dayPattern,
          "a day is daily, weekdays such as mon-fri, days of the month such as 28-31, or a date such as 24 dec",
        ),
    )
    .min(1)
    .describe("days: daily, weekdays such as mon-fri, days of the month such as 28-31, dates such as 24 dec"),
  from: clock.describe("when the copies are there; they are started as much earlier as the pace needs"),
  to: clock.describe("when they are no longer needed"),
  copies: z.int().min(1).describe("copies at least, in that time"),
});

export const scaling = z
  .strictObject({
    cpuPercent: percentOrNone
      .default(70)
      .describe("CPU in use, in percent of what is reserved; none does not count it"),
    memoryPercent: percentOrNone
      .default(80)
      .describe("memory in use, in percent of what is reserved; none does not count it"),
    requestsPerSecond: z
      .number()
      .positive()
      .optional()
      .describe("requests a copy answers per second, from the traces it sends"),
    latency: z
      .strictObject({
        milliseconds: z.int().min(1).describe("response time that must hold"),
        percentile: z.int().min(50).max(99).default(95).describe("share of the requests it must hold for"),
      })
      .optional()
      .describe("response time above which copies are added, from the traces it sends"),
    queues: z.array(queue).default([]).describe("SQS queues whose length counts"),
    lags: z.array(lag).default([]).describe("Kafka consumer groups whose lag counts"),
    metrics: namedRecord(
      /^[a-z][a-z0-9-]{0,30}$/,
      "a metric's name is lower case, digits and -, at most 31",
      metric,
    )
      .default({})
      .describe("further numbers in Prometheus, by a name of yours"),
    schedules: namedRecord(
      /^[a-z][a-z0-9-]{0,30}$/,
      "a schedule's name is lower case, digits and -, at most 31",
      schedule,
    )
      .default({})
      .describe("times at which more copies are there before the load is, by a name of yours"),
    timezone: z
      .string()
      .refine(
        (zone) => Intl.supportedValuesOf("timeZone").includes(zone),
        "a timezone looks like Europe/Rome",
      )
      .default("Europe/Rome")
      .describe("whose clock the schedules follow, summer time included"),
    vertical: z
      .enum(["off", "advise", "apply"])
      .default("off")
      .describe(
        "whether the vertical autoscaler learns what a copy needs (advise: read it with kubectl get vpa), and sets it too (apply)",
      ),
    up: pace
      .prefault({ afterSeconds: 0, pods: 4, percent: 100, everySeconds: 30 })
      .describe("how fast copies are added: at once, and twice as many every half minute"),
    down: pace
      .prefault({ afterSeconds: 300, pods: 1, everySeconds: 60 })
      .describe("how fast copies are taken away: late and one by one"),
  })
  .describe("when the number of copies changes, and how fast");

/** What changes the number of copies, and how fast. */
export type Scaling = Readonly<z.output<typeof scaling>>;

/** Size and rhythm of the steps in one direction. */
export type Pace = Scaling["up"];

/** One time at which more copies are there. */
export type Schedule = Scaling["schedules"][string];
