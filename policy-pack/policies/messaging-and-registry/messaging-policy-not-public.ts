import { define } from "../../kernel/define.ts";
import type { ResourceCheck } from "../../kernel/definition.ts";
import { flag } from "../../kernel/params.ts";
import { actionsOf, isPublicGrant, refusesPlainText, statements } from "../../reading/iam.ts";

type Check = ResourceCheck<{ readonly policy?: unknown }, { readonly requireTls: boolean }>;

const closed: Check = ({ policy }) =>
  statements(policy)
    .filter(isPublicGrant)
    .map((open) => `policy allows everyone ${actionsOf(open)}: name the principals or add aws:SourceArn.`);

const encrypted: Check = ({ policy }, { params }) => {
  const found = statements(policy);
  return (
    params.requireTls &&
    found.length > 0 &&
    !found.some(refusesPlainText) &&
    "policy refuses nobody without TLS: deny everyone whose aws:SecureTransport is false."
  );
};

export const messagingPolicyNotPublic = define({
  name: "messaging-policy-not-public",
  description: "Queues and topics take messages from named senders only, and deliver none in the clear.",
  severity: "critical",
  controls: {
    fsbp: ["SQS.3", "SNS.4"],
    ckv: ["CKV_AWS_72", "CKV_AWS_168", "CKV_AWS_169", "CKV_AWS_385", "CKV_AWS_387"],
  },
  remediation: "Name the sending service and tie it to its source with aws:SourceArn or aws:SourceAccount.",
  params: {
    requireTls: flag(true, "Whether the policy of a queue or a topic must refuse what comes without TLS."),
  },
  checks: {
    "aws:sqs/queuePolicy:QueuePolicy": [closed, encrypted],
    "aws:sqs/queue:Queue": [closed, encrypted],
    "aws:sns/topicPolicy:TopicPolicy": [closed, encrypted],
    "aws:sns/topic:Topic": [closed, encrypted],
    "aws:sns/topicSubscription:TopicSubscription": [
      ({ protocol }) => protocol === "http" && "protocol is http: deliver to https.",
    ],
  },
});
