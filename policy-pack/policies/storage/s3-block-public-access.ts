import { defineStack } from "../../kernel/define.ts";
import { partners } from "../../reading/relations.ts";

export const s3BlockPublicAccess = defineStack({
  name: "s3-block-public-access",
  description: "Every bucket has a public access block.",
  severity: "critical",
  controls: { fsbp: ["S3.8"], cis: ["2.1.4"], ckv: ["CKV2_AWS_6"], avd: ["AVD-AWS-0094"] },
  remediation:
    "Make buckets with the PrivateBucket component, or give the bucket an aws.s3.BucketPublicAccessBlock.",
  checks: {
    "aws:s3/bucket:Bucket": [
      (bucket, graph) => {
        const type = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
        return (
          partners(bucket, graph, [type], "bucket").length === 0 &&
          "no BucketPublicAccessBlock points to the bucket: add one with all four flags true."
        );
      },
    ],
  },
});
