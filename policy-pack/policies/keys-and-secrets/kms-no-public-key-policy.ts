import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { grants, isPublicGrant } from "../../reading/iam.ts";
import type { Statement } from "../../reading/iam.ts";

/** Whether a statement lets somebody of the account change the policy again: without one, a key is lost to AWS's support. */
function administers({ principals, actions }: Statement): boolean {
  const manages = actions.some((action) => ["*", "kms:*", "kms:put*", "kms:putkeypolicy"].includes(action));
  return manages && principals.some(({ kind }) => kind === "AWS");
}

function judge(policy: unknown): Findings {
  const allowed = grants(policy);
  return [
    ...allowed.map(
      (statement) =>
        isPublicGrant(statement) &&
        "policy lets everyone use the key: name the principals or add kms:CallerAccount.",
    ),
    allowed.length > 0 &&
      !allowed.some(administers) &&
      "policy leaves nobody who may change it: let the account's root do kms:*.",
  ];
}

export const kmsNoPublicKeyPolicy = define({
  name: "kms-no-public-key-policy",
  description: "Keys are for named principals, and stay in somebody's hands.",
  severity: "critical",
  controls: { fsbp: ["KMS.5"], ckv: ["CKV_AWS_33", "CKV2_AWS_64"] },
  remediation:
    "Use the EncryptionKey component, which lets the account administer the key and named services use it.",
  checks: {
    "aws:kms/key:Key": [({ policy }) => judge(policy)],
    "aws:kms/keyPolicy:KeyPolicy": [({ policy }) => judge(policy)],
  },
});
