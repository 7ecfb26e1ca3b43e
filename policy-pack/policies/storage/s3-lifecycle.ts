import { defineStack } from "../../kernel/define.ts";
import type { StackCheck } from "../../kernel/definition.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { whole } from "../../kernel/params.ts";
import { has, items } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { bucketParts, takesAccessLogs } from "../../reading/buckets.ts";
import { partners } from "../../reading/relations.ts";

type Bucket = Props<"aws:s3/bucket:Bucket">;
type Lifecycle = Props<"aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration">;
type Rule = NonNullable<Lifecycle["rules"]>[number];

const filters = ["and", "objectSizeGreaterThan", "objectSizeLessThan", "prefix", "tag"];

/** Whether a rule is for every object: a filter leaves the others as they are. */
function isForAll(rule: Rule): boolean {
  return !has(rule, "prefix") && !filters.some((key) => has(rule.filter, key));
}

/** The rules in force for the whole bucket. Without any configuration only the first check speaks. */
function rulesOf(bucket: Node<Bucket>, graph: Graph): readonly Rule[] | undefined {
  const found = partners(bucket, graph, bucketParts.lifecycle, "bucket");
  if (found.length === 0) return undefined;
  const rules = found.flatMap(({ props }) => items(props.rules));
  return rules.filter((rule) => rule.status === "Enabled" && isForAll(rule));
}

const endsUploads: StackCheck<Bucket, { readonly maxUploadDays: number }> = (bucket, graph, params) => {
  const rules = rulesOf(bucket, graph);
  if (rules === undefined)
    return "no BucketLifecycleConfiguration points to the bucket: add one that ends unfinished uploads and expires what is old.";
  const ended = rules.map(({ abortIncompleteMultipartUpload: upload }) => upload?.daysAfterInitiation ?? 0);
  return (
    !ended.some((days) => days > 0 && days <= params.maxUploadDays) &&
    `no rule for the whole bucket ends unfinished uploads within ${params.maxUploadDays} days: add abortIncompleteMultipartUpload, or their parts are paid for ever.`
  );
};

const expiresVersions: StackCheck<Bucket, unknown> = (bucket, graph) => {
  const rules = rulesOf(bucket, graph);
  if (rules === undefined || rules.some((rule) => has(rule, "noncurrentVersionExpiration"))) return undefined;
  const isVersioned = partners(bucket, graph, bucketParts.versioning, "bucket").some(
    ({ props }) => props.versioningConfiguration?.status === "Enabled",
  );
  return (
    isVersioned &&
    "no rule for the whole bucket expires old versions: add noncurrentVersionExpiration, or each is kept and paid for ever."
  );
};

const expiresLogs: StackCheck<Bucket, unknown> = (bucket, graph) => {
  const rules = rulesOf(bucket, graph);
  const expires = rules?.some(({ expiration }) => has(expiration, "days") || has(expiration, "date"));
  return (
    expires === false &&
    takesAccessLogs(bucket, graph) &&
    "other buckets log here and no rule for the whole bucket expires objects: add expiration.days."
  );
};

export const s3Lifecycle = defineStack({
  name: "s3-lifecycle",
  description: "Buckets let go of what nobody needs: unfinished uploads, old versions, old logs.",
  severity: "low",
  controls: { fsbp: ["S3.10", "S3.13"], ckv: ["CKV2_AWS_61", "CKV_AWS_300"] },
  remediation: "Set oldVersionRetentionDays and expireDays of the PrivateBucket component.",
  params: { maxUploadDays: whole(7, "Days after which the parts of an unfinished upload are given up.") },
  checks: { "aws:s3/bucket:Bucket": [endsUploads, expiresVersions, expiresLogs] },
});
