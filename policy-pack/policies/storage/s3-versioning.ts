import { defineStack } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { fits } from "../../kernel/urn.ts";
import { bucketParts } from "../../reading/buckets.ts";
import { partners } from "../../reading/relations.ts";

export const s3Versioning = defineStack({
  name: "s3-versioning",
  description: "What is overwritten or deleted in a bucket can be brought back.",
  severity: "medium",
  controls: { fsbp: ["S3.14"], ckv: ["CKV_AWS_21"] },
  remediation:
    "Make buckets with the PrivateBucket component; list buckets of passing things in unversionedBuckets.",
  params: {
    unversionedBuckets: list(
      [],
      "Globs on logical names of buckets whose content is not worth a second version.",
    ),
  },
  checks: {
    "aws:s3/bucket:Bucket": [
      (bucket, graph, { unversionedBuckets }) => {
        if (unversionedBuckets.some((glob) => fits(glob, bucket.name))) return undefined;
        const found = partners(bucket, graph, bucketParts.versioning, "bucket");
        if (found.length === 0)
          return "no BucketVersioning points to the bucket: add one whose status is Enabled.";
        return found.map(({ props }) => {
          const status = props.versioningConfiguration?.status;
          return status !== "Enabled" && `versioning is ${status ?? "not set"}: set its status to Enabled.`;
        });
      },
    ],
  },
});
