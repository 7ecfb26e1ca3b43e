import { define } from "../../kernel/define.ts";

const remedy = "people come through IAM Identity Center, programs through a role.";

function forbidden(what: string): () => string {
  return () => `${what}: ${remedy}`;
}

export const iamNoUsers = define({
  name: "iam-no-users",
  description: "Nobody has credentials that last.",
  severity: "high",
  controls: {
    fsbp: ["IAM.2"],
    cis: ["1.11", "1.12", "1.13", "1.14", "1.15", "1.21"],
    ckv: ["CKV_AWS_40", "CKV_AWS_273"],
  },
  remediation: "Make a role for whoever needs access; a user to break the glass with needs an exemption.",
  checks: {
    "aws:iam/user:User": [forbidden("an IAM user has a password or keys that last")],
    "aws:iam/accessKey:AccessKey": [forbidden("an access key lasts until somebody deletes it")],
    "aws:iam/userLoginProfile:UserLoginProfile": [forbidden("a password lasts until somebody changes it")],
    "aws:iam/userPolicy:UserPolicy": [forbidden("a policy of a user is for credentials that last")],
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": [
      forbidden("a policy is attached to a user, whose credentials last"),
    ],
  },
});
