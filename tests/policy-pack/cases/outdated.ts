import type { Cases } from "./case.ts";

const outdated = (name: string) => [
  {
    ...{ when: "it exists", patch: {} },
    finds: `${name}V2 is the old name of ${name}: use aws.s3.${name}, with an alias to the old type.`,
  },
];

/** Types that the provider keeps under their old names only: each is found by being there. */
export const outdatedBuckets: Cases = {
  "aws:s3/bucketV2:BucketV2": outdated("Bucket"),
  "aws:s3/bucketAccelerateConfigurationV2:BucketAccelerateConfigurationV2": outdated(
    "BucketAccelerateConfiguration",
  ),
  "aws:s3/bucketAclV2:BucketAclV2": outdated("BucketAcl"),
  "aws:s3/bucketCorsConfigurationV2:BucketCorsConfigurationV2": outdated("BucketCorsConfiguration"),
  "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": outdated(
    "BucketLifecycleConfiguration",
  ),
  "aws:s3/bucketLoggingV2:BucketLoggingV2": outdated("BucketLogging"),
  "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": outdated(
    "BucketObjectLockConfiguration",
  ),
  "aws:s3/bucketRequestPaymentConfigurationV2:BucketRequestPaymentConfigurationV2": outdated(
    "BucketRequestPaymentConfiguration",
  ),
  "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": outdated(
    "BucketServerSideEncryptionConfiguration",
  ),
  "aws:s3/bucketVersioningV2:BucketVersioningV2": outdated("BucketVersioning"),
  "aws:s3/bucketWebsiteConfigurationV2:BucketWebsiteConfigurationV2": outdated("BucketWebsiteConfiguration"),
};
