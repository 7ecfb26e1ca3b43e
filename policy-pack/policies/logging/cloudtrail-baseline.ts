import { define } from "../../kernel/define.ts";
import { flag } from "../../kernel/params.ts";
import { has, items } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";

type Trail = Props<"aws:cloudtrail/trail:Trail">;

/** Whether reads and writes of objects are recorded, by either form of selector. */
function recordsObjects({ eventSelectors, advancedEventSelectors }: Trail): boolean {
  const byType = items(eventSelectors).flatMap(({ dataResources }) => items(dataResources));
  const byField = items(advancedEventSelectors).flatMap(({ fieldSelectors }) => items(fieldSelectors));
  return (
    byType.some(({ type }) => type === "AWS::S3::Object") ||
    byField.some(
      ({ field, equals }) => field === "resources.type" && items(equals).includes("AWS::S3::Object"),
    )
  );
}

export const cloudtrailBaseline = define({
  name: "cloudtrail-baseline",
  description: "The trail sees every region and every change, and shows whether anybody touched it.",
  severity: "high",
  controls: {
    fsbp: ["CloudTrail.1", "CloudTrail.2", "CloudTrail.4", "CloudTrail.5"],
    cis: ["3.1", "3.2", "3.5", "3.8", "3.9"],
    ckv: ["CKV_AWS_35", "CKV_AWS_36", "CKV_AWS_67"],
  },
  remediation: "Make one trail for all regions, with validation, a key and a log group.",
  params: {
    requireDataEvents: flag(true, "Whether the trail must record reads and writes of S3 objects."),
  },
  checks: {
    "aws:cloudtrail/trail:Trail": [
      ({ isMultiRegionTrail }) =>
        isMultiRegionTrail !== true &&
        "isMultiRegionTrail is not true: set it, or what happens in other regions is not seen.",
      ({ includeGlobalServiceEvents }) =>
        includeGlobalServiceEvents === false &&
        "includeGlobalServiceEvents is false: leave it unset, or changes in IAM are not seen.",
      ({ enableLogging }) => enableLogging === false && "enableLogging is false: leave it unset.",
      ({ enableLogFileValidation }) =>
        enableLogFileValidation !== true &&
        "enableLogFileValidation is not true: set it, or nobody can tell whether a log was changed.",
      (trail) => !has(trail, "kmsKeyId") && "kmsKeyId is not set: name a key of the account.",
      (trail) =>
        !has(trail, "cloudWatchLogsGroupArn") &&
        "cloudWatchLogsGroupArn is not set: name a log group, or no alarm can be raised.",
      (trail, { params }) =>
        params.requireDataEvents &&
        !recordsObjects(trail) &&
        "no selector is for AWS::S3::Object, so reads and writes of objects are not seen: add one.",
    ],
  },
});
