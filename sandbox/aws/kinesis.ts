import type { kinesis } from "@pulumi/aws";
import type { AccountView, Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { roleOf, trusts } from "./iam/grants.ts";
import { toServiceRole } from "./iam/references.ts";
import { toKey } from "./kms.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";

const streamToken = "aws:kinesis/stream:Stream";
const deliveryToken = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream";

interface Inputs {
  readonly name?: string | undefined;
  readonly shardCount?: number | undefined;
  readonly streamModeDetails?: { readonly streamMode: string } | undefined;
  readonly encryptionType?: string | undefined;
  readonly kmsKeyId?: string | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

const onDemand = ({ inputs }: Request): boolean => inputs.streamModeDetails?.streamMode === "ON_DEMAND";

/** Codes: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html, API_UpdateShardCount.html */
const rules: readonly Rule<Request>[] = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined && account.find(streamToken, inputs.name ?? "", region) !== undefined,
    code: "ResourceInUseException",
    says: ({ inputs, account }) =>
      `Stream ${inputs.name ?? ""} under account ${account.accountId} already exists.`,
  },
  {
    when: (request) => !onDemand(request) && request.inputs.shardCount === undefined,
    code: "ValidationException",
    says: "ShardCount must be specified in PROVISIONED mode.",
  },
  {
    when: (request) => onDemand(request) && request.inputs.shardCount !== undefined,
    code: "ValidationException",
    says: "ShardCount must not be specified in ON_DEMAND mode.",
  },
  {
    when: ({ inputs }) => inputs.encryptionType === "KMS" && inputs.kmsKeyId === undefined,
    code: "InvalidArgumentException",
    says: "KMS Key Id required when setting encryption_type is not set as NONE",
  },
  {
    when: ({ inputs, before }) =>
      before !== undefined && Number(inputs.shardCount) > 2 * Number(before.state.shardCount),
    code: "LimitExceededException",
    says: ({ inputs, before }) =>
      `UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: ${String(before?.state.shardCount)} Target shard count: ${String(inputs.shardCount)}`,
  },
];

/** https://docs.aws.amazon.com/streams/latest/dev/amazon-kinesis-streams.html */
const stream = behaviour<kinesis.StreamArgs, kinesis.StreamState>(streamToken, {
  autoname: { property: "name", max: 128 },
  references: {
    kmsKeyId: toKey("KMSNotFoundException", "Invalid keyId {value}"),
  },
  id: ({ inputs, name, accountId, region }) =>
    `arn:aws:kinesis:${region}:${accountId}:stream/${inputs.name ?? name}`,
  outputs: ({ id }) => ({ arn: id, streamModeDetails: { streamMode: "PROVISIONED" } }),
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst<Request>(rules, { inputs, account, region, before });
  },
  seconds: { create: 25, update: 30, delete: 25 },
});

const unassumable = "Firehose is unable to assume role {value}. Please check the role provided.";

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html */
const delivery = behaviour<kinesis.FirehoseDeliveryStreamArgs, kinesis.FirehoseDeliveryStreamState>(
  deliveryToken,
  {
    autoname: { property: "name", max: 64 },
    references: {
      "extendedS3Configuration.roleArn": toServiceRole("InvalidArgumentException", unassumable),
      "kinesisSourceConfiguration.roleArn": toServiceRole("InvalidArgumentException", unassumable),
      "extendedS3Configuration.bucketArn": {
        to: "aws:s3/bucket:Bucket",
        missing: {
          code: "InvalidArgumentException",
          message: "The specified bucket does not exist: {value}",
        },
        holds: false,
        anyRegion: true,
      },
      "kinesisSourceConfiguration.kinesisStreamArn": {
        to: streamToken,
        missing: { code: "InvalidArgumentException", message: "Stream {value} not found." },
        holds: false,
      },
    },
    id: ({ inputs, name, accountId, region }) =>
      `arn:aws:firehose:${region}:${accountId}:deliverystream/${inputs.name ?? name}`,
    outputs: ({ id, before }) => ({
      arn: id,
      destinationId: "destinationId-000000000001",
      versionId: String(Number(before?.state.versionId ?? 0) + 1),
    }),
    refuses: ({ inputs, account, region }, before) => {
      if (before === undefined && account.find(deliveryToken, inputs.name ?? "", region) !== undefined) {
        throw new Refusal(
          "ResourceInUseException",
          `Firehose ${inputs.name ?? ""} under accountId ${account.accountId} already exists`,
        );
      }
      refusePrefix(inputs.extendedS3Configuration);
      refuseRole(account, inputs.extendedS3Configuration?.roleArn);
    },
    settles: ["versionId"],
    seconds: { create: 60, update: 10, delete: 60 },
  },
);

interface Prefixes {
  readonly prefix?: string | undefined;
  readonly errorOutputPrefix?: string | undefined;
}

/** https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html */
function refusePrefix({ prefix = "", errorOutputPrefix = "" }: Prefixes = {}): void {
  if (!prefix.includes("!{") || errorOutputPrefix !== "") return;
  throw new Refusal(
    "InvalidArgumentException",
    "Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
  );
}

function refuseRole(account: AccountView, arn: string | undefined): void {
  const role = roleOf(account, arn);
  if (role === undefined || trusts(role, "firehose.amazonaws.com")) return;
  throw new Refusal("InvalidArgumentException", unassumable.replace("{value}", arn ?? ""));
}

/** Records on their way. */
export const streams: readonly AnyBehaviour[] = [stream, delivery];
