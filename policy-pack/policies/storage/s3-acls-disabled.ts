import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { has, property } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";

/** The list that gives its owner everything and others nothing; S3 takes it even where access control lists are off. */
function isPrivate(acl: string | undefined): boolean {
  return acl === "private";
}

function judge(list: Props<"aws:s3/bucketAcl:BucketAcl">): Findings {
  if (has(list, "accessControlPolicy"))
    return "accessControlPolicy is set: grant by a bucket policy, which can be narrowed.";
  return (
    !isPrivate(list.acl) &&
    `acl is ${list.acl ?? "not set"}: take the access control list out, or leave it private.`
  );
}

export const s3AclsDisabled = define({
  name: "s3-acls-disabled",
  description: "Nobody gets at a bucket by an access control list, and all its objects are its owner's.",
  severity: "high",
  controls: {
    fsbp: ["S3.2", "S3.3", "S3.12"],
    ckv: ["CKV_AWS_20", "CKV_AWS_57", "CKV2_AWS_43", "CKV2_AWS_65"],
  },
  remediation:
    "Make buckets with the PrivateBucket component; let log writers in by the bucket's policy, as the newer kinds of delivery do.",
  checks: {
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": [
      ({ rule }) =>
        rule?.objectOwnership !== "BucketOwnerEnforced" &&
        `objectOwnership is ${rule?.objectOwnership ?? "not set"}: use BucketOwnerEnforced, which turns access control lists off.`,
    ],
    "aws:s3/bucketAcl:BucketAcl": [judge],
    "aws:s3/bucketAclV2:BucketAclV2": [judge],
    "aws:s3/bucket:Bucket": [
      (bucket) => {
        const acl = property(bucket, "acl");
        return (
          typeof acl === "string" &&
          !isPrivate(acl) &&
          `acl is ${acl}: take it out and grant by a bucket policy.`
        );
      },
      (bucket) => has(bucket, "grants") && "grants is set: grant by a bucket policy, which can be narrowed.",
    ],
  },
});
