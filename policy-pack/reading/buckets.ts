import type { Graph, Node } from "../kernel/graph.ts";
import type { Props } from "../kernel/tokens.ts";
import { partners } from "./relations.ts";

/** The resources that configure a bucket, by what they configure: each has an older name that programs still use. */
export const bucketParts = {
  encryption: [
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2",
  ],
  lifecycle: [
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2",
  ],
  logging: ["aws:s3/bucketLogging:BucketLogging", "aws:s3/bucketLoggingV2:BucketLoggingV2"],
  objectLock: [
    "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration",
    "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2",
  ],
  versioning: ["aws:s3/bucketVersioning:BucketVersioning", "aws:s3/bucketVersioningV2:BucketVersioningV2"],
} as const;

type Bucket = Node<Props<"aws:s3/bucket:Bucket">>;

/** Whether other buckets write their access logs here. */
export function takesAccessLogs(bucket: Bucket, graph: Graph): boolean {
  return partners(bucket, graph, bucketParts.logging, "targetBucket").length > 0;
}
