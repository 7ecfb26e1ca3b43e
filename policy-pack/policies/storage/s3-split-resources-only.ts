import { define } from "../../kernel/define.ts";
import { has } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";

/** Settings that the provider still takes on the bucket itself, and deprecates. */
const inline: readonly (keyof Props<"aws:s3/bucket:Bucket">)[] = [
  "accelerationStatus",
  "acl",
  "corsRules",
  "grants",
  "lifecycleRules",
  "logging",
  "objectLockConfiguration",
  "policy",
  "replicationConfiguration",
  "requestPayer",
  "serverSideEncryptionConfiguration",
  "versioning",
  "website",
];

export const s3SplitResourcesOnly = define({
  name: "s3-split-resources-only",
  description: "A bucket is configured by resources of its own, which the other bucket policies read.",
  severity: "low",
  remediation:
    "Move the setting to its own resource, such as aws.s3.BucketVersioning; aws.s3.Bucket replaces BucketV2.",
  checks: {
    "aws:s3/bucket:Bucket": [
      (bucket) =>
        inline
          .filter((key) => has(bucket, key))
          .map((key) => `${key} is set on the bucket: use its own resource.`),
    ],
    "aws:s3/bucketV2:BucketV2": [
      () => "BucketV2 is the old name of Bucket and escapes the policies on buckets: use aws.s3.Bucket.",
    ],
  },
});
