import { defineStack } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { has, items, text } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";
import { bucketParts } from "../../reading/buckets.ts";
import { partners } from "../../reading/relations.ts";

export const s3KmsEncryption = defineStack({
  name: "s3-kms-encryption",
  description: "Buckets are encrypted with a key of the account.",
  severity: "medium",
  controls: { fsbp: ["S3.17"], ckv: ["CKV_AWS_19", "CKV_AWS_145"] },
  remediation:
    "Give the PrivateBucket component a keyArn; list buckets whose writer cannot use KMS in sseS3Buckets.",
  params: {
    sseS3Buckets: list(
      [],
      "Globs on logical names of buckets that must stay on S3's own keys, such as those of S3 access logs.",
    ),
  },
  checks: {
    "aws:s3/bucket:Bucket": [
      (bucket, graph, { sseS3Buckets }) => {
        if (sseS3Buckets.some((glob) => fits(glob, bucket.name))) return undefined;
        const found = partners(bucket, graph, bucketParts.encryption, "bucket");
        const rules = found.flatMap(({ props }) => items(props.rules));
        if (rules.length === 0)
          return "no BucketServerSideEncryptionConfiguration points to the bucket: add one with aws:kms.";
        return rules.flatMap(({ applyServerSideEncryptionByDefault: byDefault, bucketKeyEnabled }) => [
          !text(byDefault?.sseAlgorithm).startsWith("aws:kms") &&
            `sseAlgorithm is ${byDefault?.sseAlgorithm ?? "not set"}: use aws:kms.`,
          !has(byDefault, "kmsMasterKeyId") && "kmsMasterKeyId is not set: name a key of the account.",
          bucketKeyEnabled !== true &&
            "bucketKeyEnabled is not true: set it, or every object costs a call to KMS.",
        ]);
      },
    ],
  },
});
