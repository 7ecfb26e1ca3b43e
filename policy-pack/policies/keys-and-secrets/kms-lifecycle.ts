import { define } from "../../kernel/define.ts";
import { whole } from "../../kernel/params.ts";

export const kmsLifecycle = define({
  name: "kms-lifecycle",
  description: "Keys rotate, and cannot be deleted in a hurry.",
  severity: "high",
  controls: { fsbp: ["KMS.3", "KMS.4"], cis: ["3.6"], ckv: ["CKV_AWS_7"] },
  remediation: "Use the EncryptionKey component.",
  params: { minDeletionDays: whole(30, "Days that must pass between asking to delete a key and losing it.") },
  checks: {
    "aws:kms/key:Key": [
      ({ enableKeyRotation, customerMasterKeySpec: spec = "SYMMETRIC_DEFAULT" }) =>
        spec === "SYMMETRIC_DEFAULT" &&
        enableKeyRotation !== true &&
        "enableKeyRotation is not true: set it.",
      ({ deletionWindowInDays: days = 30 }, { params }) =>
        days < params.minDeletionDays &&
        `deletionWindowInDays is ${days}: wait ${params.minDeletionDays} days, since what a deleted key encrypted is lost.`,
      ({ bypassPolicyLockoutSafetyCheck }) =>
        bypassPolicyLockoutSafetyCheck === true && "bypassPolicyLockoutSafetyCheck is true: leave it unset.",
    ],
  },
});
