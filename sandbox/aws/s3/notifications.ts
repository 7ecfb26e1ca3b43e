import type { s3 } from "@pulumi/aws";
import type { AccountView, Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { matches } from "../iam/actions.ts";
import { namesService } from "../iam/grants.ts";
import { readDocument, statementsOf } from "../iam/statements.ts";
import { mayCall } from "../lambda/callers.ts";
import { toBucket } from "./references.ts";

const service = "s3.amazonaws.com";

/** Where a notification goes, and whether the destination lets S3 in. */
const destinations = [
  [
    "topics",
    "topicArn",
    (account: AccountView, arn: string) => letsIn(account, arn, "aws:sns/topicPolicy:TopicPolicy", "arn"),
  ],
  [
    "queues",
    "queueArn",
    (account: AccountView, arn: string) =>
      letsIn(account, arn, "aws:sqs/queuePolicy:QueuePolicy", "queueUrl"),
  ],
  [
    "lambdaFunctions",
    "lambdaFunctionArn",
    (account: AccountView, arn: string) => mayCall(account, service, arn),
  ],
] as const;

/** Destinations may lie in another account, whose policies nobody here sees. */
function isOwn({ accountId }: AccountView, arn: string): boolean {
  return arn.split(":")[4] === accountId;
}

/** A topic's or a queue's policy is its own, or a resource beside it. */
function letsIn(account: AccountView, arn: string, policyToken: string, of: string): boolean {
  return account.named(arn).some(({ id, state }) => {
    const beside = account
      .all(policyToken)
      .filter((policy) => policy.state[of] === id || policy.state[of] === arn)
      .map((policy) => policy.state.policy);
    const documents = [beside.length > 0 ? undefined : state.policy, ...beside];
    return documents.some((document) => namesService(withoutOwner(document), service));
  });
}

/** The policy that SNS gives a topic by itself lets the account's own requests in, which those of S3 are not. */
function withoutOwner(document: unknown): Properties {
  const read = readDocument(document);
  const others = statementsOf(read).filter(
    ({ Condition }) => at(Condition, "StringEquals.AWS:SourceOwner") === undefined,
  );
  return { ...read, Statement: others };
}

interface Filter {
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** All that a bucket is to tell, whoever is told. */
function filtersOf(inputs: unknown): readonly Filter[] {
  return destinations.flatMap(([kind]) =>
    list(at(inputs, kind)).map((one) => ({
      events: list(at(one, "events")).map(String),
      prefix: text(at(one, "filterPrefix")) ?? "",
      suffix: text(at(one, "filterSuffix")) ?? "",
    })),
  );
}

/** Whether two lists of events have one in common: `s3:ObjectCreated:*` stands for all of its kind. */
function shareEvent(some: readonly string[], others: readonly string[]): boolean {
  return some.some((one) => others.some((other) => matches(one, other) || matches(other, one)));
}

function overlap(one: Filter, other: Filter): boolean {
  const prefixes = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
  const suffixes = one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix);
  return prefixes && suffixes && shareEvent(one.events, other.events);
}

/** An event is told once: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html */
function refuseOverlap(filters: readonly Filter[]): void {
  const pair = filters.flatMap((one, index) =>
    filters.slice(index + 1).flatMap((other) => (overlap(one, other) ? [[one, other]] : [])),
  )[0];
  if (pair === undefined) return;
  throw new Refusal(
    "InvalidArgument",
    pair.some(({ prefix, suffix }) => prefix !== "" || suffix !== "")
      ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules if the prefixes are overlapping for the same event type."
      : "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
  );
}

/** S3 sends to no FIFO queue and no FIFO topic: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
function isFifo(arn: string): boolean {
  return arn.endsWith(".fifo");
}

/**
 * S3 asks each destination whether it may send, at once: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html.
 * A program whose notification does not wait for the permission fails here as it does at AWS.
 */
const notification = behaviour<s3.BucketNotificationArgs, s3.BucketNotificationState>(
  "aws:s3/bucketNotification:BucketNotification",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account }) => {
      refuseOverlap(filtersOf(inputs));
      const closed = destinations.some(([kind, property, isOpen]) =>
        list(inputs[kind])
          .map((one) => text(at(one, property)) ?? "")
          .some((arn) => isFifo(arn) || (isOwn(account, arn) && !isOpen(account, arn))),
      );
      if (!closed) return;
      throw new Refusal("InvalidArgument", "Unable to validate the following destination configurations");
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Whom a bucket tells what happens in it. */
export const bucketNotifications: readonly AnyBehaviour[] = [notification];
