import { defineStack } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { fits } from "../../kernel/urn.ts";
import { bucketParts, takesAccessLogs } from "../../reading/buckets.ts";
import { partners } from "../../reading/relations.ts";

export const s3AccessLogging = defineStack({
  name: "s3-access-logging",
  description: "Who did what with a bucket is written to another one.",
  severity: "medium",
  controls: { fsbp: ["S3.9", "CloudTrail.7"], cis: ["3.4"], ckv: ["CKV_AWS_18"] },
  remediation:
    "Give the bucket an aws.s3.BucketLogging; what logs are written to needs none, list it in logBuckets if this stack does not show it.",
  params: {
    logBuckets: list([], "Globs on logical names of buckets that hold logs written from outside this stack."),
  },
  checks: {
    "aws:s3/bucket:Bucket": [
      (bucket, graph, { logBuckets }) => {
        if (logBuckets.some((glob) => fits(glob, bucket.name))) return undefined;
        const found = partners(bucket, graph, bucketParts.logging, "bucket");
        const own = partners(bucket, graph, bucketParts.logging, "targetBucket").map(({ urn }) => urn);
        if (found.length === 0)
          return (
            !takesAccessLogs(bucket, graph) &&
            "no BucketLogging points to the bucket: add one whose targetBucket is a bucket for logs."
          );
        return (
          found.some(({ urn }) => own.includes(urn)) &&
          "the bucket logs to itself, and each log is logged again: name another targetBucket."
        );
      },
    ],
  },
});
