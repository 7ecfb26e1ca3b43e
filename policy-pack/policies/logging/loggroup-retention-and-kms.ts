import { define } from "../../kernel/define.ts";
import { flag, whole } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";

export const loggroupRetentionAndKms = define({
  name: "loggroup-retention-and-kms",
  description: "Log groups are encrypted and kept as long as the environment asks, not for ever.",
  severity: "medium",
  controls: { fsbp: ["CloudWatch.16"], ckv: ["CKV_AWS_66", "CKV_AWS_158", "CKV_AWS_338"] },
  remediation: "Set retentionInDays from the component's retention setting, and kmsKeyId from its key.",
  params: {
    minDays: whole(365, "Days a log must be kept."),
    maxDays: whole(3653, "Days after which keeping a log is a cost without a reason."),
    requireCmk: flag(true, "Whether the key must be named."),
  },
  checks: {
    "aws:cloudwatch/logGroup:LogGroup": [
      ({ retentionInDays: days = 0 }, { params: { minDays, maxDays } }) => {
        if (days === 0) return "retentionInDays is not set, so logs are kept and paid for ever: set it.";
        return (
          (days < minDays || days > maxDays) &&
          `retentionInDays is ${days}: keep logs ${minDays} to ${maxDays} days in this stack.`
        );
      },
      (group, { params }) =>
        params.requireCmk && !has(group, "kmsKeyId") && "kmsKeyId is not set: name a key of the account.",
    ],
  },
});
