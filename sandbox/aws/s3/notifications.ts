import type { s3 } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { namesService } from "../iam/grants.ts";
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
    return [state.policy, ...beside].some((document) => namesService(document, service));
  });
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
      const closed = destinations.some(([kind, property, isOpen]) =>
        list(inputs[kind])
          .map((one) => text(at(one, property)) ?? "")
          .some((arn) => isOwn(account, arn) && !isOpen(account, arn)),
      );
      if (!closed) return;
      throw new Refusal("InvalidArgument", "Unable to validate the following destination configurations");
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Whom a bucket tells what happens in it. */
export const bucketNotifications: readonly AnyBehaviour[] = [notification];
