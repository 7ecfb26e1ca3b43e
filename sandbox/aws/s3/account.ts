import type { s3 } from "@pulumi/aws";
import type { AnyBehaviour } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";
import { toBucket } from "./references.ts";

const quick = { create: 1, update: 1, delete: 1 } as const;

/** For all buckets of the account at once: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_PutPublicAccessBlock.html */
const accountBlock = refined<s3.AccountPublicAccessBlockArgs, s3.AccountPublicAccessBlockState>(
  "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock",
  {
    scope: "global",
    id: ({ inputs, accountId }) => inputs.accountId ?? accountId,
    keys: () => [],
    // The provider waits until it is in force everywhere.
    seconds: { create: 10, update: 10, delete: 1 },
  },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketMetricsConfiguration.html */
const metric = refined<s3.BucketMetricArgs, s3.BucketMetricState>("aws:s3/bucketMetric:BucketMetric", {
  references: { bucket: toBucket },
  id: ({ inputs, name }) => `${inputs.bucket}:${inputs.name ?? name}`,
  keys: () => [],
  seconds: quick,
});

/** Days after which an object may be in each archive, at least: https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html */
const leastDays: Readonly<Record<string, number>> = { ARCHIVE_ACCESS: 90, DEEP_ARCHIVE_ACCESS: 180 };

const tiering = refined<
  s3.BucketIntelligentTieringConfigurationArgs,
  s3.BucketIntelligentTieringConfigurationState
>("aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration", {
  references: { bucket: toBucket },
  id: ({ inputs, name }) => `${inputs.bucket}:${inputs.name ?? name}`,
  keys: () => [],
  rules: [
    {
      when: ({ inputs }) =>
        inputs.tierings.some(({ accessTier, days }) => days < (leastDays[accessTier] ?? 0) || days > 730),
      code: "InvalidArgument",
      says: "Days must be between 90 and 730 for ARCHIVE_ACCESS, and between 180 and 730 for DEEP_ARCHIVE_ACCESS",
    },
  ],
  seconds: quick,
});

/** What holds for all buckets, and how one is measured and tiered. */
export const bucketManagement: readonly AnyBehaviour[] = [accountBlock, metric, tiering];
