import type { Trigger } from "../../engine/model.ts";
import { seconds } from "../../stack/quantities.ts";
import { cronIsActive } from "./cron.ts";

/** What KEDA's scalers may ask the simulated world. */
export interface World {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Messages that wait for the workload, and those being worked on. */
  readonly waiting: number;
  readonly inFlight: number;
  /** Partitions of its topic. */
  readonly partitions: number;
  /** Requests per second that the workload receives, and the 95th percentile of its response in seconds. */
  readonly requestsPerSecond: number;
  readonly p95Seconds: number;
  /** Whether the source of this trigger answers. */
  readonly reachable: boolean;
}

/** A trigger's answer: the metric for the HPA, and whether it wants the workload to run at all. */
export interface Answer {
  readonly value: number;
  readonly active: boolean;
}

type Scaler = (trigger: Trigger, world: World) => number | undefined;

/** Sources: keda.sh/docs/2.20/scalers/ and pkg/scalers in kedacore/keda. */
const scalers: Readonly<Record<string, Scaler>> = {
  // Outside its hours the scaler asks for one copy: `defaultDesiredReplicas` of cron_scaler.go.
  cron: (trigger, world) => (isOpen(trigger, world) ? Number(trigger.metadata.desiredReplicas) : 1),
  "aws-sqs-queue": ({ metadata }, { waiting, inFlight }) =>
    Math.round(waiting + (metadata.scaleOnInFlight === "false" ? 0 : inFlight)),
  kafka: kafkaLag,
  "apache-kafka": kafkaLag,
  prometheus: prometheus,
  "aws-cloudwatch": (_, { requestsPerSecond }) => requestsPerSecond * 60,
};

/**
 * More consumers than partitions would idle: the lag is cut there unless the trigger allows them. The scaler divides whole numbers, so
 * a lag that makes less than one consumer too many is not cut.
 */
function kafkaLag({ metadata, target }: Trigger, { waiting, partitions }: World): number {
  const lag = Math.floor(waiting);
  const isTooMuch = Math.floor(lag / target) > partitions;
  return isTooMuch && metadata.allowIdleConsumers !== "true" ? partitions * target : lag;
}

/**
 * The two questions that a scaler asks of Prometheus, told apart by their functions: a quantile of a histogram is the response time, a
 * rate the requests. A factor at the end, such as `* 60`, is kept. A quantile is in milliseconds where the metric's name says so, and is
 * always taken for the 95th.
 */
function prometheus({ metadata }: Trigger, { requestsPerSecond, p95Seconds }: World): number | undefined {
  const { query = "" } = metadata;
  const factor = Number(/\*\s*(\d+(?:\.\d+)?)\s*\)*\s*$/.exec(query)?.[1] ?? 1);
  if (query.includes("histogram_quantile")) {
    return p95Seconds * factor * (/millisecond|_ms\b/.test(query) ? 1000 : 1);
  }
  if (/\b(rate|irate)\(/.test(query)) return requestsPerSecond * factor;
  const window = /\bincrease\(.*\[(\d+[smh])\]/.exec(query);
  return window === null ? undefined : requestsPerSecond * seconds(window[1], 60);
}

/** Asks a trigger; `undefined` where its source is not reachable or nothing here can stand for it. */
export function ask(trigger: Trigger, world: World): Answer | undefined {
  if (!world.reachable) return undefined;
  const value = scalers[trigger.type]?.(trigger, world);
  if (value === undefined) return undefined;
  if (trigger.type === "cron") return { value, active: isOpen(trigger, world) };
  return { value, active: value > trigger.activation };
}

function isOpen({ metadata }: Trigger, { time }: World): boolean {
  const { start = "", end = "", timezone = "Etc/UTC" } = metadata;
  return cronIsActive({ start, end, timezone }, time);
}

/** True where the simulation has an answer for triggers of this kind. */
export function isSimulated(trigger: Trigger): boolean {
  if (trigger.type === "cpu" || trigger.type === "memory") return true;
  const idle = {
    time: 0,
    waiting: 0,
    inFlight: 0,
    partitions: 1,
    requestsPerSecond: 0,
    p95Seconds: 0,
    reachable: true,
  };
  return scalers[trigger.type]?.(trigger, idle) !== undefined;
}
