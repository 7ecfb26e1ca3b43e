import { define } from "../../kernel/define.ts";
import { whole } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";

export const secretCmkAndRecovery = define({
  name: "secret-cmk-and-recovery",
  description: "Secrets are encrypted with a key of the account, can be restored, and are nobody else's.",
  severity: "medium",
  controls: { ckv: ["CKV_AWS_149"] },
  remediation: "Set kmsKeyId and leave recoveryWindowInDays unset, which gives thirty days.",
  params: { minRecoveryDays: whole(7, "Days that a deleted secret must be kept; AWS takes 7 to 30, or 0.") },
  checks: {
    "aws:secretsmanager/secret:Secret": [
      (secret) => !has(secret, "kmsKeyId") && "kmsKeyId is not set: name a key of the account.",
      ({ recoveryWindowInDays: days = 30 }, { params }) =>
        days < params.minRecoveryDays &&
        `recoveryWindowInDays is ${days}: keep a deleted secret ${params.minRecoveryDays} days or more in this stack.`,
    ],
    "aws:secretsmanager/secretPolicy:SecretPolicy": [
      ({ blockPublicPolicy }) =>
        blockPublicPolicy !== true &&
        "blockPublicPolicy is not true: set it, and Secrets Manager refuses a policy that lets in everyone.",
    ],
  },
});
