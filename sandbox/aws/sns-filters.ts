import { Refusal } from "../model.ts";
import { at, isRecord, text } from "../values.ts";
import { complaintAboutPattern } from "./event-patterns.ts";

/** How SNS says that it does not take something. */
export function invalid(what: string): Refusal {
  return new Refusal("InvalidParameter", `Invalid parameter: ${what}`);
}

/** Keys of a filter, at whatever depth: https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const keyQuota = 5;

function keysOf(policy: unknown): readonly string[] {
  if (Array.isArray(policy)) return policy.flatMap(keysOf);
  if (!isRecord(policy)) return [];
  return Object.entries(policy).flatMap(([key, value]) =>
    Array.isArray(value) && key !== "$or" ? [key] : keysOf(value),
  );
}

function isNested(policy: unknown): boolean {
  return isRecord(policy) && Object.values(policy).some(isRecord);
}

/** One that says nothing lets everything through. */
function complaintAboutFilter(policy: unknown): string | undefined {
  if (isRecord(policy) && Object.keys(policy).length === 0) return undefined;
  const complaint = complaintAboutPattern(policy);
  if (complaint !== undefined || new Set(keysOf(policy)).size <= keyQuota) return complaint;
  return `Filter policy can not have more than ${keyQuota} keys`;
}

/** What a subscription lets through. */
export interface Filtered {
  readonly filterPolicy?: string | undefined;
  readonly filterPolicyScope?: string | undefined;
}

/** @throws Refusal for a filter that is none, in the words of SNS without the place that it adds. */
export function refuseFilter({ filterPolicy, filterPolicyScope }: Filtered, during: string): void {
  if (filterPolicy === undefined || filterPolicy === "") return;
  const policy: unknown = JSON.parse(filterPolicy);
  if (filterPolicyScope !== "MessageBody" && isNested(policy)) {
    throw invalid("Filter policy scope MessageAttributes does not support nested filter policy");
  }
  const complaint = complaintAboutFilter(policy);
  if (complaint !== undefined) throw invalid(`${during}FilterPolicy: ${complaint}`);
}

/** @throws Refusal for dead letters that cannot go there: https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html */
export function refuseRedrive(redrivePolicy: string | undefined, fifo: boolean, during: string): void {
  if (redrivePolicy === undefined || redrivePolicy === "") return;
  const target = text(at(JSON.parse(redrivePolicy), "deadLetterTargetArn")) ?? "";
  if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:/.test(target)) {
    throw invalid(`${during}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
  }
  if (!fifo || target.endsWith(".fifo")) return;
  throw invalid(
    `${during}RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
  );
}
