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

/** The provider keeps these for programs from before its version 7, and will take them away. */
function outdated(name: string): () => string {
  return () => `${name}V2 is the old name of ${name}: use aws.s3.${name}, with an alias to the old type.`;
}

export const s3SplitResourcesOnly = define({
  name: "s3-split-resources-only",
  description:
    "A bucket is configured by resources of its own, under the names that the provider goes on with.",
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
    "aws:s3/bucketV2:BucketV2": [outdated("Bucket")],
    "aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2": [
      outdated("BucketAccelerateConfiguration"),
    ],
    "aws:s3/bucketAclV2:BucketAclV2": [outdated("BucketAcl")],
    "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2": [outdated("BucketCorsConfiguration")],
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": [
      outdated("BucketLifecycleConfiguration"),
    ],
    "aws:s3/bucketLoggingV2:BucketLoggingV2": [outdated("BucketLogging")],
    "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": [
      outdated("BucketObjectLockConfiguration"),
    ],
    "aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2": [
      outdated("BucketRequestPaymentConfiguration"),
    ],
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": [
      outdated("BucketServerSideEncryptionConfiguration"),
    ],
    "aws:s3/bucketVersioningV2:BucketVersioningV2": [outdated("BucketVersioning")],
    "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": [
      outdated("BucketWebsiteConfiguration"),
    ],
  },
});
