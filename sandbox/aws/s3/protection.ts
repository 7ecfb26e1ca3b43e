import type { s3 } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { at } from "../../values.ts";
import type { AnyBehaviour, Plain } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";
import type { Request } from "../specification/refined.ts";
import { bucketToken, settingOf, toBucket, versioningToken } from "./references.ts";

/** Whether a bucket keeps every version; one with an object lock always does. */
function keepsVersions(account: AccountView, bucket: string): boolean {
  const setting = settingOf(account, versioningToken, bucket);
  return (
    at(setting?.state, "versioningConfiguration.status") === "Enabled" ||
    account.find(bucketToken, bucket)?.state.objectLockEnabled === true
  );
}

type ReplicationRequest = Request<Plain<s3.BucketReplicationConfigArgs>>;

/** Names of the buckets of this account that get copies; those of other accounts are not known. */
function targetsOf({ inputs, accountId }: ReplicationRequest): readonly string[] {
  const own = inputs.rules.filter(({ destination }) => [undefined, accountId].includes(destination.account));
  return own.map(({ destination }) => destination.bucket.replace("arn:aws:s3:::", ""));
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
const replication = refined<s3.BucketReplicationConfigArgs, s3.BucketReplicationConfigState>(
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    keys: () => [],
    rules: [
      {
        when: ({ inputs, account }) => !keepsVersions(account, inputs.bucket),
        code: "InvalidRequest",
        says: "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
      },
      {
        when: (asked) => targetsOf(asked).some((name) => asked.account.find(bucketToken, name) === undefined),
        code: "InvalidRequest",
        says: "Destination bucket must exist.",
      },
      {
        when: (asked) => targetsOf(asked).some((name) => !keepsVersions(asked.account, name)),
        code: "InvalidRequest",
        says: "Destination bucket must have versioning enabled.",
      },
      {
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-add-config.html#replication-config-min-rule-config
        when: ({ inputs }) =>
          inputs.rules.some(
            ({ filter, deleteMarkerReplication }) =>
              filter !== undefined && deleteMarkerReplication === undefined,
          ),
        code: "InvalidRequest",
        says: "DeleteMarkerReplication must be specified for this version of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.",
      },
    ],
    seconds: { create: 2, update: 2, delete: 1 },
  },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
const objectLock = refined<s3.BucketObjectLockConfigurationArgs, s3.BucketObjectLockConfigurationState>(
  "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    keys: () => [],
    rules: [
      {
        when: ({ inputs, account }) => !keepsVersions(account, inputs.bucket),
        code: "InvalidBucketState",
        says: "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      },
    ],
    seconds: { create: 2, update: 2, delete: 1 },
  },
);

/** What keeps objects from being lost. */
export const bucketProtection: readonly AnyBehaviour[] = [replication, objectLock];
