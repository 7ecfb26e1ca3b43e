import { define } from "../../kernel/define.ts";
import { items } from "../../kernel/read.ts";

const tooMuch =
  /:iam::aws:policy\/(?:job-function\/)?(?:AdministratorAccess(?:-.*)?|PowerUserAccess|IAMFullAccess|SystemAdministrator|[\w-]*FullAccess(?:_?[vV]\d)?)$/;

/** Managed policies of AWS that hand over a service or the account. */
function judge(arn: string | undefined): string | false {
  return (
    arn !== undefined &&
    tooMuch.test(arn) &&
    `${arn.split("/").at(-1) ?? arn} is attached: attach a policy that names what is needed.`
  );
}

export const iamAdminManagedPoliciesDenied = define({
  name: "iam-admin-managed-policies-denied",
  description: "AWS's policies for administrators are attached to nothing.",
  severity: "critical",
  controls: { fsbp: ["IAM.1"], ckv: ["CKV_AWS_274", "CKV2_AWS_56"] },
  remediation: "Write a policy of your own with the actions and resources that are needed.",
  checks: {
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [({ policyArn }) => judge(policyArn)],
    "aws:iam/userPolicyAttachment:UserPolicyAttachment": [({ policyArn }) => judge(policyArn)],
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": [({ policyArn }) => judge(policyArn)],
    "aws:iam/role:Role": [({ managedPolicyArns }) => items(managedPolicyArns).map(judge)],
    "aws:iam/policyAttachment:PolicyAttachment": [
      () =>
        "PolicyAttachment detaches the policy from everything it does not name: use RolePolicyAttachment.",
    ],
  },
});
