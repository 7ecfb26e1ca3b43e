import { define } from "../../kernel/define.ts";
import { has } from "../../kernel/read.ts";

export const messagingEncrypted = define({
  name: "messaging-encrypted",
  description: "Queues and topics are encrypted.",
  severity: "medium",
  controls: { fsbp: ["SQS.1", "SNS.1"], ckv: ["CKV_AWS_26", "CKV_AWS_27", "CKV2_AWS_73"] },
  remediation: "Give the topic kmsMasterKeyId; leave the queue's sqsManagedSseEnabled unset, or name a key.",
  checks: {
    "aws:sqs/queue:Queue": [
      (queue) =>
        queue.sqsManagedSseEnabled === false &&
        !has(queue, "kmsMasterKeyId") &&
        "sqsManagedSseEnabled is false and kmsMasterKeyId is not set: leave the first unset, or set the second.",
    ],
    "aws:sns/topic:Topic": [
      (topic) => !has(topic, "kmsMasterKeyId") && "kmsMasterKeyId is not set: name a key of the account.",
    ],
  },
});
