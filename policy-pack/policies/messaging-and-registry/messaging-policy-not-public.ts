import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { actionsOf, isPublicGrant, statements } from "../../reading/iam.ts";

function judge(policy: unknown): Findings {
  return statements(policy)
    .filter(isPublicGrant)
    .map((open) => `policy allows everyone ${actionsOf(open)}: name the principals or add aws:SourceArn.`);
}

export const messagingPolicyNotPublic = define({
  name: "messaging-policy-not-public",
  description: "Queues and topics take messages from named senders only, and deliver none in the clear.",
  severity: "critical",
  controls: {
    fsbp: ["SQS.3", "SNS.4"],
    ckv: ["CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_169", "CKV_AWS_385", "CKV_AWS_387"],
  },
  remediation: "Name the sending service and tie it to its source with aws:SourceArn or aws:SourceAccount.",
  checks: {
    "aws:sqs/queuePolicy:QueuePolicy": [({ policy }) => judge(policy)],
    "aws:sqs/queue:Queue": [({ policy }) => judge(policy)],
    "aws:sns/topicPolicy:TopicPolicy": [({ policy }) => judge(policy)],
    "aws:sns/topic:Topic": [({ policy }) => judge(policy)],
    "aws:sns/topicSubscription:TopicSubscription": [
      ({ protocol }) => protocol === "http" && "protocol is http: deliver to https.",
    ],
  },
});
