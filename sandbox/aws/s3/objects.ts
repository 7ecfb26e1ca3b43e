import { createHash } from "node:crypto";
import type { s3 } from "@pulumi/aws";
import type { AccountView, Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, text } from "../../values.ts";
import type { AnyBehaviour, Context, Reference } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { toKey } from "../kms.ts";
import { refuseAcl } from "./access.ts";
import { encryptionToken, objectTokens, settingOf, toBucket, versioningToken } from "./references.ts";

const [objectToken = "", olderToken = ""] = objectTokens;
const keyMissing = { code: "KMS.NotFoundException", message: "Key '{value}' does not exist" } as const;
const toObjectKey = toKey(keyMissing.code, keyMissing.message);

/** A bucket cannot go before its objects. */
const toFullBucket: Reference = { ...toBucket, holds: true };

interface Inputs {
  readonly bucket: unknown;
  readonly key?: string | undefined;
  readonly acl?: string | undefined;
  readonly content?: string | undefined;
  readonly contentBase64?: string | undefined;
  readonly source?: unknown;
  readonly kmsKeyId?: string | undefined;
}

/** Buckets are given by name: by then the SDK has put it in the place of a bucket. */
function bucketOf({ bucket }: Inputs): string {
  return text(bucket) ?? "";
}

function keyOf({ inputs, name }: Pick<Context<Inputs>, "inputs" | "name">): string {
  return inputs.key ?? name;
}

/** What a bucket does to an object that says nothing: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html */
function encryptionOf(
  account: AccountView,
  bucket: string,
): { algorithm: string; keyId: string | undefined } {
  const rule = at(
    settingOf(account, encryptionToken, bucket)?.state,
    "rules[0].applyServerSideEncryptionByDefault",
  );
  return {
    algorithm: text(at(rule, "sseAlgorithm")) ?? "AES256",
    keyId: text(at(rule, "kmsMasterKeyId")),
  };
}

/** The object's content as the checksum of S3 sees it; a file or archive of the program counts by its own digest. */
function digestOf(inputs: Inputs): string {
  const { content, contentBase64, source } = inputs;
  const bytes =
    contentBase64 === undefined
      ? Buffer.from(content ?? (source === undefined ? "" : JSON.stringify(source)))
      : Buffer.from(contentBase64, "base64");
  return createHash("md5").update(bytes).digest("hex");
}

function outputsOf(context: Context<Inputs>) {
  const { inputs, account, hex } = context;
  const bucket = bucketOf(inputs);
  const { algorithm, keyId } = encryptionOf(account, bucket);
  const versioned =
    at(settingOf(account, versioningToken, bucket)?.state, "versioningConfiguration.status") === "Enabled";
  return {
    arn: `arn:aws:s3:::${bucket}/${keyOf(context)}`,
    bucketKeyEnabled: false,
    contentType: "application/octet-stream",
    etag: digestOf(inputs),
    key: keyOf(context),
    serverSideEncryption: inputs.kmsKeyId === undefined ? algorithm : "aws:kms",
    storageClass: "STANDARD",
    ...(keyId !== undefined && { kmsKeyId: keyId }),
    versionId: versioned ? hex(32, `version/${digestOf(inputs)}`) : "",
  };
}

/** An object cannot be encrypted with a key that is gone, which nobody has noticed until then. */
function refuseObject({ inputs, account }: Context<Inputs>): void {
  const bucket = bucketOf(inputs);
  if (inputs.acl !== undefined && inputs.acl !== "private") refuseAcl(account, bucket, inputs.acl);
  const { keyId } = encryptionOf(account, bucket);
  if (keyId === undefined || inputs.kmsKeyId !== undefined || toObjectKey.foreign?.test(keyId) === true)
    return;
  const known = account.named(keyId).some(({ token }) => toObjectKey.to.includes(token));
  if (!known) throw new Refusal(keyMissing.code, keyMissing.message.replace("{value}", keyId));
}

const shared = {
  references: { bucket: toFullBucket, kmsKeyId: toObjectKey },
  id: (context: Context<Inputs>) => `${bucketOf(context.inputs)}/${keyOf(context)}`,
  keys: (state: Properties) => [state.arn],
  refuses: refuseObject,
  seconds: { create: 1, update: 1, delete: 1 },
} as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html */
const object = behaviour<s3.BucketObjectv2Args, s3.BucketObjectv2State>(objectToken, {
  ...shared,
  outputs: (context) => ({
    ...outputsOf(context),
    // Checksums come with the algorithm asked for, and the provider asks for none by itself.
    checksumCrc32: ABSENT,
    checksumCrc32c: ABSENT,
    checksumCrc64nvme: ABSENT,
    checksumSha1: ABSENT,
    checksumSha256: ABSENT,
  }),
});

/** The same under its older name. */
const olderObject = behaviour<s3.BucketObjectArgs, s3.BucketObjectState>(olderToken, {
  ...shared,
  outputs: outputsOf,
});

/** What buckets hold. */
export const bucketObjects: readonly AnyBehaviour[] = [object, olderObject];
