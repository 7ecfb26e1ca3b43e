import type { s3 } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, text } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { refuseBucketName, websiteDomainOf, websiteZoneOf } from "./names.ts";
import { bucketToken, objectTokens, settingOf, toBucket, versioningToken } from "./references.ts";

/** What the bucket itself still tells of its settings: that of a new one, as others are resources of their own by now. */
const asNew = {
  requestPayer: "BucketOwner",
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-bucket-encryption.html
  serverSideEncryptionConfiguration: {
    rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" }, bucketKeyEnabled: false },
  },
};

/** Public ACLs want the public access block off, and a new bucket has it on: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
function refusePublicAcl(acl: unknown): void {
  if (!/^(?:public|authenticated)-/.test(text(acl) ?? "")) return;
  throw new Refusal(
    "InvalidBucketAclWithBlockPublicAccessError",
    "Bucket cannot have public ACLs set with BlockPublicAccess enabled",
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html. With `forceDestroy` the provider empties it first. */
function keepsFull({ id, state }: Stored, holders: readonly Stored[], account: AccountView): void {
  if (state.forceDestroy === true || !holders.some(({ token }) => objectTokens.includes(token))) return;
  const versions = settingOf(account, versioningToken, id) === undefined;
  throw new Refusal(
    "BucketNotEmpty",
    `The bucket you tried to delete is not empty${versions ? "" : ". You must delete all versions in the bucket."}`,
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/CostAllocTagging.html */
function refuseTags(tags: Readonly<Record<string, string>> = {}): void {
  if (!Object.keys(tags).some((name) => name.startsWith("aws:"))) return;
  throw new Refusal("InvalidTag", "System tags cannot be added/updated by requester");
}

function isWebsite(inputs: unknown): boolean {
  return at(inputs, "website") !== undefined;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
const bucket = behaviour<s3.BucketArgs, s3.BucketState>(bucketToken, {
  autoname: { property: "bucket", max: 63, lower: true },
  id: ({ inputs, hex }) => inputs.bucket ?? `${inputs.bucketPrefix ?? ""}${hex(26, "name")}`,
  outputs: ({ id, region, inputs }) => ({
    arn: `arn:aws:s3:::${id}`,
    bucket: id,
    bucketDomainName: `${id}.s3.amazonaws.com`,
    bucketRegion: region,
    bucketRegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
    hostedZoneId: websiteZoneOf(region) ?? ABSENT,
    objectLockEnabled: false,
    websiteDomain: isWebsite(inputs) ? websiteDomainOf(region) : ABSENT,
    websiteEndpoint: isWebsite(inputs) ? `${id}.${websiteDomainOf(region)}` : ABSENT,
    ...asNew,
  }),
  keys: (state) => [state.arn],
  refuses: ({ inputs, account }, before) => {
    refuseTags(inputs.tags);
    if (before !== undefined) return;
    refusePublicAcl(at(inputs, "acl"));
    if (inputs.bucket !== undefined) refuseBucketName(inputs.bucket, account);
  },
  keeps: keepsFull,
  seconds: { create: 2, update: 2, delete: 1 },
});

/** An object lock needs every version: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html */
function isLocked(account: AccountView, name: string): boolean {
  return account.find(bucketToken, name)?.state.objectLockEnabled === true;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
const versioning = behaviour<s3.BucketVersioningArgs, s3.BucketVersioningState>(versioningToken, {
  references: { bucket: toBucket },
  id: ({ inputs }) => inputs.bucket,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs, account }, before) => {
    const { status } = inputs.versioningConfiguration;
    const was = text(at(before?.state, "versioningConfiguration.status"));
    // A bucket that has had versions can only suspend them; the provider says so before S3 is asked.
    if (status === "Disabled" && was !== undefined && was !== "Disabled") {
      throw new Refusal(
        "InvalidParameter",
        `versioning_configuration.status cannot be updated from '${was}' to 'Disabled'`,
      );
    }
    if (status === "Enabled" || !isLocked(account, inputs.bucket)) return;
    throw new Refusal(
      "InvalidBucketState",
      "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
    );
  },
  seconds: { create: 2, update: 2, delete: 1 },
});

/** Buckets, and whether they keep old versions. */
export const buckets: readonly AnyBehaviour[] = [bucket, versioning];
