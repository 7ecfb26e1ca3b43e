import { defineStack } from "../../kernel/define.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { list } from "../../kernel/params.ts";
import { property } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { bucketParts } from "../../reading/buckets.ts";
import { partners } from "../../reading/relations.ts";

type Bucket = Node<Props<"aws:s3/bucket:Bucket">>;

/** Whether the bucket is tagged as one for evidence, or CloudTrail writes to it. */
function holdsEvidence(bucket: Bucket, graph: Graph, auditTags: readonly string[]): boolean {
  const isTagged = auditTags.some((tag) => {
    const [key = "", value] = tag.split("=");
    return property(bucket.props.tags, key) === value;
  });
  return isTagged || partners(bucket, graph, ["aws:cloudtrail/trail:Trail"], "s3BucketName").length > 0;
}

export const s3ObjectLockOnAuditBuckets = defineStack({
  name: "s3-object-lock-on-audit-buckets",
  description: "Nobody can change or delete what an audit will ask for.",
  severity: "high",
  controls: { fsbp: ["S3.15"], ckv: ["CKV_AWS_143"] },
  remediation:
    "Set objectLockEnabled when the bucket is made, and a default retention in aws.s3.BucketObjectLockConfiguration.",
  params: {
    auditTags: list(
      ["Purpose=audit"],
      "Tags, as key=value, of buckets for evidence beside those of CloudTrail. AWS Config cannot deliver to a locked one.",
    ),
  },
  checks: {
    "aws:s3/bucket:Bucket": [
      (bucket, graph, { auditTags }) =>
        bucket.props.objectLockEnabled !== true &&
        holdsEvidence(bucket, graph, auditTags) &&
        "objectLockEnabled is not true: set it, which is possible only while the bucket is made.",
      (bucket, graph, { auditTags }) => {
        if (!holdsEvidence(bucket, graph, auditTags)) return undefined;
        const found = partners(bucket, graph, bucketParts.objectLock, "bucket");
        const isKept = found.some(({ props }) => {
          const { mode, days = 0, years = 0 } = props.rule?.defaultRetention ?? {};
          return mode !== undefined && days + years > 0;
        });
        return (
          !isKept &&
          "no BucketObjectLockConfiguration gives the bucket a default retention: add one, or only objects that ask for it are locked."
        );
      },
    ],
  },
});
