import type { sns } from "@pulumi/aws";
import type { Properties } from "../model.ts";
import { Refusal } from "../model.ts";
import { same, text } from "../values.ts";
import type { AnyBehaviour, Context, Reference } from "./behaviour.ts";
import { ABSENT, behaviour } from "./behaviour.ts";
import { refuseDocument, several, statementsOf, unknownPrincipals } from "./iam/policy-documents.ts";
import { invalid, refuseFilter, refuseRedrive } from "./sns-filters.ts";
import { uuidOf } from "./uuid.ts";

const topicToken = "aws:sns/topic:Topic";

/** A topic by ARN; its subscriptions and its policy go with it. Codes: https://docs.aws.amazon.com/sns/latest/api/CommonErrors.html */
const toTopic: Reference = {
  to: topicToken,
  missing: { code: "NotFound", message: "Topic does not exist" },
  holds: false,
};

/** What a policy of a topic may speak of: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html */
const topicActions: ReadonlySet<string> = new Set([
  "sns:addpermission",
  "sns:deletetopic",
  "sns:getdataprotectionpolicy",
  "sns:gettopicattributes",
  "sns:listsubscriptionsbytopic",
  "sns:listtagsforresource",
  "sns:publish",
  "sns:putdataprotectionpolicy",
  "sns:receive",
  "sns:removepermission",
  "sns:settopicattributes",
  "sns:subscribe",
]);

function refuseTopicPolicy(policy: unknown, { account }: Pick<Context<unknown>, "account">): void {
  const code = "InvalidParameter";
  const document = refuseDocument(text(policy) ?? JSON.stringify(policy), "resource", { code });
  if (unknownPrincipals(document, account).length > 0) throw invalid("Policy Error: PrincipalNotFound");
  const actions = statementsOf(document).flatMap(({ Action }) => several(Action));
  if (actions.every((action) => topicActions.has(action.toLowerCase()))) return;
  throw invalid("Policy statement action out of service scope!");
}

/** What SNS gives a topic that comes without: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html */
function defaultPolicy(arn: string, accountId: string): string {
  return JSON.stringify({
    Id: "__default_policy_ID",
    Statement: [
      {
        Action: [...topicActions].filter((action) => action !== "sns:receive"),
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
        Effect: "Allow",
        Principal: { AWS: "*" },
        Resource: arn,
        Sid: "__default_statement_ID",
      },
    ],
    Version: "2008-10-17",
  });
}

interface Topic {
  readonly name?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly fifoTopic?: boolean | undefined;
}

function nameOf({ inputs, hex }: Context<Topic>): string {
  const suffix = inputs.fifoTopic === true ? ".fifo" : "";
  return inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}${suffix}`;
}

/** 256 characters, of which a FIFO topic's last five are `.fifo`: https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
function isName(name: string, fifo: boolean): boolean {
  const stem = fifo ? name.replace(/\.fifo$/, "") : name;
  return name.length <= 256 && (stem !== name || !fifo) && /^[A-Za-z0-9_-]+$/.test(stem);
}

/** What two topics of a name may not differ in. */
function refuseTwin(twin: Properties, inputs: Properties): void {
  if (!same(twin.tags ?? {}, inputs.tags ?? {})) {
    throw invalid("Tags Reason: Topic already exists with different tags");
  }
  if (["deliveryPolicy", "displayName", "kmsMasterKeyId"].every((key) => same(twin[key], inputs[key])))
    return;
  throw invalid("Attributes Reason: Topic already exists with different attributes");
}

/** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html. The same topic again is no mistake; one with other tags is. */
const topic = behaviour<sns.TopicArgs, sns.TopicState>(topicToken, {
  autoname: { property: "name", max: 256, suffix: ({ fifoTopic }) => (fifoTopic === true ? ".fifo" : "") },
  id: (context) => `arn:aws:sns:${context.region}:${context.accountId}:${nameOf(context)}`,
  outputs: ({ id, accountId, inputs }) => ({
    arn: id,
    beginningArchiveTime: ABSENT,
    name: id.slice(id.lastIndexOf(":") + 1),
    owner: accountId,
    policy: defaultPolicy(id, accountId),
    signatureVersion: 1,
    tracingConfig: "PassThrough",
    ...(inputs.fifoTopic === true && { fifoThroughputScope: "Topic" }),
  }),
  refuses: (context, before) => {
    const { inputs, account, region } = context;
    const name = nameOf(context);
    if (!isName(name, inputs.fifoTopic === true)) throw invalid("Topic Name");
    if (inputs.policy !== undefined) refuseTopicPolicy(inputs.policy, context);
    if (inputs.contentBasedDeduplication === true && inputs.fifoTopic !== true) {
      // The provider's word, before SNS is asked.
      throw new Refusal("InvalidParameter", "content-based deduplication can only be set for FIFO topics");
    }
    const twin = before === undefined ? account.find(topicToken, name, region) : undefined;
    if (twin !== undefined) refuseTwin(twin.state, { ...inputs });
  },
  seconds: { create: 2, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html */
const topicPolicy = behaviour<sns.TopicPolicyArgs, sns.TopicPolicyState>("aws:sns/topicPolicy:TopicPolicy", {
  references: { arn: toTopic },
  id: ({ inputs }) => inputs.arn,
  outputs: ({ accountId }) => ({ owner: accountId }),
  keys: () => [],
  refuses: (context) => {
    refuseTopicPolicy(context.inputs.policy, context);
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What an endpoint looks like, by protocol, and what SNS says of another: https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const endpoints: Readonly<Record<string, readonly [form: RegExp, complaint: string]>> = {
  email: [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "Email address"],
  "email-json": [/^[^@\s]+@[^@\s]+\.[^@\s]+$/, "Email address"],
  firehose: [/^arn:aws:firehose:/, "Firehose endpoint ARN"],
  http: [/^http:\/\//, "Endpoint must match the specified protocol"],
  https: [/^https:\/\//, "Endpoint must match the specified protocol"],
  lambda: [/^arn:aws:lambda:/, "Lambda endpoint ARN"],
  sms: [/^\+?[\d\s()-]+$/, "Phone number is not valid"],
  sqs: [/^arn:aws:sqs:/, "SQS endpoint ARN"],
};

/** A person must confirm these by a link: https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html */
const confirmed: readonly unknown[] = ["email", "email-json", "http", "https"];

function isPending({ protocol, endpointAutoConfirms }: SubscriptionInputs): boolean {
  return confirmed.includes(protocol) && endpointAutoConfirms !== true;
}

interface SubscriptionInputs {
  readonly protocol: string;
  readonly endpointAutoConfirms?: boolean | undefined;
}

/** Topics are given by ARN: by then the SDK has put it in the place of a topic. */
function arnOf(given: unknown): string {
  return text(given) ?? "";
}

/** A FIFO topic tells queues only, and a FIFO queue is told by nothing else: https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html */
function refuseKind(topic: string, { protocol, endpoint }: { protocol: string; endpoint: string }): void {
  if (topic.endsWith(".fifo") && protocol !== "sqs") throw invalid(`Invalid protocol type: ${protocol}`);
  if (protocol !== "sqs" || !endpoint.endsWith(".fifo") || topic.endsWith(".fifo")) return;
  throw invalid(
    "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
  );
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const subscription = behaviour<sns.TopicSubscriptionArgs, sns.TopicSubscriptionState>(
  "aws:sns/topicSubscription:TopicSubscription",
  {
    references: { topic: { ...toTopic, anyRegion: true } },
    id: ({ inputs, hex }) => `${arnOf(inputs.topic)}:${uuidOf(hex(32))}`,
    outputs: ({ id, accountId, inputs }) => ({
      arn: id,
      confirmationWasAuthenticated: !isPending(inputs),
      ownerId: accountId,
      pendingConfirmation: isPending(inputs),
      ...(inputs.filterPolicy !== undefined && { filterPolicyScope: "MessageAttributes" }),
    }),
    refuses: ({ inputs }, before) => {
      const [form, complaint] = endpoints[inputs.protocol] ?? [/^/, ""];
      if (!form.test(inputs.endpoint)) throw invalid(complaint);
      refuseKind(arnOf(inputs.topic), inputs);
      const during = before === undefined ? "Attributes Reason: " : "";
      refuseFilter(inputs, during);
      refuseRedrive(inputs.redrivePolicy, arnOf(inputs.topic).endsWith(".fifo"), during);
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Topics and who is told. */
export const topics: readonly AnyBehaviour[] = [topic, topicPolicy, subscription];
