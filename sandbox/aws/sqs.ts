import type { sqs } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, same, text } from "../values.ts";
import type { AnyBehaviour, Context, Reference } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { refuseDocument, several, statementsOf, unknownPrincipals } from "./iam/policy-documents.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";

const queueToken = "aws:sqs/queue:Queue";

const toQueue: Reference = {
  to: queueToken,
  missing: {
    code: "AWS.SimpleQueueService.NonExistentQueue",
    message: "The specified queue does not exist.",
  },
  holds: false,
};

interface Inputs {
  readonly name?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly fifoQueue?: boolean | undefined;
}

function nameOf({ inputs, hex }: Context<Inputs>): string {
  const suffix = inputs.fifoQueue === true ? ".fifo" : "";
  return inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}${suffix}`;
}

/** 80 characters, of which a FIFO queue's last five are `.fifo`: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
function refuseName(name: string, fifo: boolean): void {
  if (fifo !== name.endsWith(".fifo")) {
    throw new Refusal(
      "InvalidParameterValue",
      fifo
        ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
        : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  }
  if (name.length <= 80 && /^[A-Za-z0-9_-]+(?:\.fifo)?$/.test(name)) return;
  throw new Refusal(
    "InvalidParameterValue",
    "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
  );
}

/** What two queues of a name may not differ in, as SQS calls it: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const attributes = {
  delaySeconds: "DelaySeconds",
  kmsMasterKeyId: "KmsMasterKeyId",
  maxMessageSize: "MaximumMessageSize",
  messageRetentionSeconds: "MessageRetentionPeriod",
  policy: "Policy",
  receiveWaitTimeSeconds: "ReceiveMessageWaitTimeSeconds",
  redrivePolicy: "RedrivePolicy",
  visibilityTimeoutSeconds: "VisibilityTimeout",
} as const;

function refuseTwin(twin: unknown, inputs: unknown): void {
  const other = Object.entries(attributes).find(
    ([property]) => !same(at(twin, property), at(inputs, property)),
  );
  if (other === undefined) return;
  throw new Refusal(
    "QueueAlreadyExists",
    `A queue already exists with the same name and a different value for attribute ${other[1]}`,
  );
}

function complaintAboutCount(count: unknown): string | undefined {
  if (count === undefined || (Number(count) >= 1 && Number(count) <= 1000)) return undefined;
  return `Invalid value for maxReceiveCount: ${JSON.stringify(count)}, valid values are from 1 to 1000 both inclusive.`;
}

function complaintAboutTarget(policy: unknown, fifo: boolean, account: AccountView): string | undefined {
  const dead = account.find(queueToken, text(at(policy, "deadLetterTargetArn")) ?? "");
  if (dead === undefined) return "Dead letter target does not exist.";
  return dead.state.fifoQueue === fifo
    ? undefined
    : "Dead-letter queue must be same type of queue as the source.";
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
function refuseRedrive(redrivePolicy: unknown, fifo: boolean, account: AccountView): void {
  const given = text(redrivePolicy);
  if (given === undefined) return;
  const parsed: unknown = JSON.parse(given);
  const reason =
    complaintAboutCount(at(parsed, "maxReceiveCount")) ?? complaintAboutTarget(parsed, fifo, account);
  if (reason === undefined) return;
  throw new Refusal(
    "InvalidParameterValue",
    `Value ${given} for parameter RedrivePolicy is invalid. Reason: ${reason}`,
  );
}

/** Bytes of a policy, and actions of a statement: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
const policyQuotas = { size: 8192, actions: 7 } as const;

/** SQS says the same of every mistake in a policy. */
function refuseQueuePolicy(policy: unknown, account: AccountView): void {
  const wording = { code: "InvalidAttributeValue", says: "Invalid value for the parameter Policy." } as const;
  const written = text(policy) ?? JSON.stringify(policy);
  const document = refuseDocument(written, "resource", wording);
  if (unknownPrincipals(document, account).length > 0) throw new Refusal(wording.code, wording.says);
  const counts = statementsOf(document).map(({ Action }) => several(Action).length);
  const most = Math.max(...counts);
  if (most > policyQuotas.actions) {
    throw new Refusal("OverLimit", `${most} Actions were found, maximum allowed is ${policyQuotas.actions}.`);
  }
  if (Buffer.byteLength(JSON.stringify(document)) <= policyQuotas.size) return;
  throw new Refusal("OverLimit", "Submitted policy is over max allowed size.");
}

interface Fifo extends Inputs {
  readonly contentBasedDeduplication?: boolean | undefined;
  readonly deduplicationScope?: string | undefined;
  readonly fifoThroughputLimit?: string | undefined;
}

const isStandard = ({ fifoQueue }: Fifo): boolean => fifoQueue !== true;

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const fifoRules: readonly Rule<Fifo>[] = [
  {
    // The provider's word, before SQS is asked.
    when: (inputs) => isStandard(inputs) && inputs.contentBasedDeduplication === true,
    code: "InvalidParameter",
    says: "content-based deduplication can only be set for FIFO queue",
  },
  {
    when: (inputs) => isStandard(inputs) && (inputs.deduplicationScope ?? "") !== "",
    code: "InvalidAttributeName",
    says: "You can specify the DeduplicationScope only when FifoQueue is set to true.",
  },
  {
    when: (inputs) => isStandard(inputs) && (inputs.fifoThroughputLimit ?? "") !== "",
    code: "InvalidAttributeName",
    says: "You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
  },
];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const queue = behaviour<sqs.QueueArgs, sqs.QueueState>(queueToken, {
  autoname: { property: "name", max: 80, suffix: ({ fifoQueue }) => (fifoQueue === true ? ".fifo" : "") },
  id: (context) => `https://sqs.${context.region}.amazonaws.com/${context.accountId}/${nameOf(context)}`,
  outputs: ({ id, accountId, region, inputs }) => {
    const name = id.slice(id.lastIndexOf("/") + 1);
    return {
      arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
      kmsDataKeyReusePeriodSeconds: 300,
      name,
      sqsManagedSseEnabled: inputs.kmsMasterKeyId === undefined,
      url: id,
      ...(inputs.fifoQueue === true && { deduplicationScope: "queue", fifoThroughputLimit: "perQueue" }),
    };
  },
  refuses: (context, before) => {
    const { inputs, account, region } = context;
    const name = nameOf(context);
    refuseName(name, inputs.fifoQueue === true);
    refuseFirst(fifoRules, inputs);
    const twin = before === undefined ? account.find(queueToken, name, region) : undefined;
    if (twin !== undefined) refuseTwin(twin.state, inputs);
    if (inputs.policy !== undefined) refuseQueuePolicy(inputs.policy, account);
    refuseRedrive(inputs.redrivePolicy, inputs.fifoQueue === true, account);
  },
  // The provider waits until every attribute can be seen everywhere, and until a deleted queue cannot.
  seconds: { create: 26, update: 26, delete: 4 },
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const queuePolicy = behaviour<sqs.QueuePolicyArgs, sqs.QueuePolicyState>("aws:sqs/queuePolicy:QueuePolicy", {
  references: {
    queueUrl: toQueue,
  },
  id: ({ inputs }) => inputs.queueUrl,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs, account }) => {
    refuseQueuePolicy(inputs.policy, account);
  },
  seconds: { create: 26, update: 26, delete: 1 },
});

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const redrivePolicy = behaviour<sqs.RedrivePolicyArgs, sqs.RedrivePolicyState>(
  "aws:sqs/redrivePolicy:RedrivePolicy",
  {
    references: { queueUrl: toQueue },
    id: ({ inputs }) => inputs.queueUrl,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account }) => {
      const source = account.find(queueToken, inputs.queueUrl);
      refuseRedrive(inputs.redrivePolicy, source?.state.fifoQueue === true, account);
    },
    seconds: { create: 26, update: 26, delete: 26 },
  },
);

/** Queues, who may use them, and where failures go. */
export const queues: readonly AnyBehaviour[] = [queue, queuePolicy, redrivePolicy];
