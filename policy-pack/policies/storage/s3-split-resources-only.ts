import { define } from "../../kernel/define.ts";
import { has } from "../../kernel/read.ts";

/** Settings that the provider still takes on the bucket itself, and deprecates. */
const inline = [
  "acl",
  "corsRules",
  "grants",
  "lifecycleRules",
  "loggings",
  "policy",
  "replicationConfiguration",
  "serverSideEncryptionConfiguration",
  "versioning",
  "websites",
] as const;

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
