import type { iam } from "@pulumi/aws";

import type { Permissions } from "./rows/access.ts";

/** Where the resources of this stack are. */
export interface Place {
  readonly region: string;
  readonly accountId: string;
}

/** A variable that tells a service where something is. */
export interface Address {
  readonly variable: string;
  readonly addressIn: (place: Place) => string;
}

type Statement = iam.PolicyStatement;

const allow = (actions: readonly string[], ...resources: readonly string[]): Statement => ({
  Effect: "Allow",
  Action: [...actions],
  Resource: [...resources],
});

/** Actions of each way of access: no wildcard, nothing that changes the resource itself (AWS Service Authorization Reference). */
const objects = {
  read: ["s3:GetObject"],
  write: ["s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"],
};
const messages = {
  send: ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
  consume: [
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:GetQueueAttributes",
    "sqs:GetQueueUrl",
  ],
};
const items = {
  read: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"],
  write: ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"],
};
const cipher = {
  encrypt: ["kms:Encrypt", "kms:GenerateDataKey"],
  decrypt: ["kms:Decrypt"],
};

const both = (one: readonly string[], other: readonly string[]): readonly string[] => [
  ...new Set([...one, ...other]),
];

function bucketStatements({ bucket, prefix = "", access }: Permissions["s3"][number]): Statement[] {
  const contents = allow(
    access === "readWrite" ? both(objects.read, objects.write) : objects[access],
    `arn:aws:s3:::${bucket}/${prefix}*`,
  );
  // Without the right to list, a missing object is told as forbidden.
  const listing = allow(["s3:ListBucket"], `arn:aws:s3:::${bucket}`);
  if (access === "write") return [contents];
  return [
    contents,
    prefix === "" ? listing : { ...listing, Condition: { StringLike: { "s3:prefix": `${prefix}*` } } },
  ];
}

const invoke = ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"];

/** A model's id that begins with where it may be computed, such as `eu.` or `global.`, names an inference profile. */
const inferenceProfile = /^(us|us-gov|eu|apac|au|ca|jp|global)\.(.+)$/;

/**
 * A model of the region; or a profile and, by way of it alone, its model in whatever region it picks (Amazon Bedrock User Guide,
 * "Prerequisites for inference profiles").
 */
function modelStatements(
  { model }: Permissions["bedrock"][number],
  { region, accountId }: Place,
): Statement[] {
  const [, , profiled] = inferenceProfile.exec(model) ?? [];
  if (profiled === undefined) return [allow(invoke, `arn:aws:bedrock:${region}::foundation-model/${model}`)];
  const profile = `arn:aws:bedrock:${region}:${accountId}:inference-profile/${model}`;
  return [
    allow(invoke, profile),
    {
      ...allow(invoke, `arn:aws:bedrock:*::foundation-model/${profiled}`),
      Condition: { StringLike: { "bedrock:InferenceProfileArn": profile } },
    },
  ];
}

type Planner<Line> = (line: Line, place: Place) => Statement[];
type Planners = { readonly [Service in keyof Permissions]: Planner<Permissions[Service][number]> };

/** What one line of each kind becomes. */
const planners: Planners = {
  s3: bucketStatements,
  sqs: ({ queue, access }, { region, accountId }) => [
    allow(
      access === "sendAndConsume" ? both(messages.send, messages.consume) : messages[access],
      `arn:aws:sqs:${region}:${accountId}:${queue}`,
    ),
  ],
  sns: ({ topic }, place) => [allow(["sns:Publish"], topicArn(topic, place))],
  dynamodb: ({ table, access }, { region, accountId }) => {
    const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${table}`;
    const actions = access === "readWrite" ? both(items.read, items.write) : items[access];
    return [allow(actions, arn, `${arn}/index/*`)];
  },
  secrets: ({ secret }, { region, accountId }) => [
    // Secrets Manager ends every ARN with a hyphen and six characters of its own.
    allow(
      ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      `arn:aws:secretsmanager:${region}:${accountId}:secret:${secret}-??????`,
    ),
  ],
  kms: ({ key, access }, { region, accountId }) => [
    allow(
      access === "both" ? both(cipher.encrypt, cipher.decrypt) : cipher[access],
      `arn:aws:kms:${region}:${accountId}:key/${key}`,
    ),
  ],
  ses: ({ identity }, { region, accountId }) => [
    allow(["ses:SendEmail", "ses:SendRawEmail"], `arn:aws:ses:${region}:${accountId}:identity/${identity}`),
  ],
  bedrock: modelStatements,
};

/** The policy statements of a service, line by line: as little as each needs, on exactly what it names. */
export function describePermissions(permissions: Permissions, place: Place): readonly Statement[] {
  const plan = <Line>(lines: readonly Line[], planner: Planner<Line>): Statement[] =>
    lines.flatMap((line) => planner(line, place));
  return [
    ...plan(permissions.s3, planners.s3),
    ...plan(permissions.sqs, planners.sqs),
    ...plan(permissions.sns, planners.sns),
    ...plan(permissions.dynamodb, planners.dynamodb),
    ...plan(permissions.secrets, planners.secrets),
    ...plan(permissions.kms, planners.kms),
    ...plan(permissions.ses, planners.ses),
    ...plan(permissions.bedrock, planners.bedrock),
  ];
}

/** True where AWS's APIs are called, by whatever line. */
export function callsAws(permissions: Permissions): boolean {
  return Object.values(permissions).some((lines) => lines.length > 0);
}

/** The address of a queue of this account. */
export function queueUrl(queue: string, { region, accountId }: Place): string {
  return `https://sqs.${region}.amazonaws.com/${accountId}/${queue}`;
}

function topicArn(topic: string, { region, accountId }: Place): string {
  return `arn:aws:sns:${region}:${accountId}:${topic}`;
}

/** The variables that lines ask for. */
export function describeAddresses({ s3, sqs, sns, dynamodb }: Permissions): readonly Address[] {
  const named = (variable: string | undefined, addressIn: Address["addressIn"]): Address[] =>
    variable === undefined ? [] : [{ variable, addressIn }];
  return [
    ...s3.flatMap(({ variable, bucket }) => named(variable, () => bucket)),
    ...sqs.flatMap(({ variable, queue }) => named(variable, (place) => queueUrl(queue, place))),
    ...sns.flatMap(({ variable, topic }) => named(variable, (place) => topicArn(topic, place))),
    ...dynamodb.flatMap(({ variable, table }) => named(variable, () => table)),
  ];
}
