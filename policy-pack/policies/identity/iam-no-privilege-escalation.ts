import { define } from "../../kernel/define.ts";
import { covers, isBroad, isLimiting } from "../../reading/iam.ts";
import type { Statement } from "../../reading/iam.ts";
import { onGrants } from "../../reading/identity-documents.ts";

/**
 * Actions by which an identity makes itself an administrator, if it may use them on any role or user.
 * Source: IAM User Guide, "Permissions boundaries" and "Granting a user permissions to pass a role"; the public list of IAM
 * escalation methods by Rhino Security Labs.
 */
const steps = [
  ...["iam:passrole", "iam:createpolicyversion", "iam:setdefaultpolicyversion", "iam:updateassumerolepolicy"],
  ...["iam:attachrolepolicy", "iam:attachuserpolicy", "iam:attachgrouppolicy"],
  ...["iam:putrolepolicy", "iam:putuserpolicy", "iam:putgrouppolicy"],
  ...["iam:deleterolepermissionsboundary", "iam:deleteuserpermissionsboundary"],
  ...["iam:addusertogroup", "iam:createaccesskey", "iam:createloginprofile", "iam:updateloginprofile"],
  "sts:assumerole",
];

/** Conditions that keep an escalation within bounds. To whom a role is passed does not: the service may be one's own to command. */
const bounds = ["iam:permissionsboundary", "iam:policyarn", "aws:resourcetag/", "iam:resourcetag/"];

function isBounded({ conditions }: Statement): boolean {
  return conditions.some(
    (condition) => bounds.some((key) => condition.key.startsWith(key)) && isLimiting(condition),
  );
}

export const iamNoPrivilegeEscalation = define({
  name: "iam-no-privilege-escalation",
  description: "No policy lets its holder give itself more rights.",
  severity: "high",
  controls: { ckv: ["CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_288"] },
  remediation:
    "Name the roles that may be passed or changed, or hold the statement to a permissions boundary.",
  checks: onGrants((statement) => {
    const found = steps.filter((action) => covers(statement, action));
    return (
      found.length > 0 &&
      isBroad(statement) &&
      !isBounded(statement) &&
      `policy allows ${found.join(", ")} on every role or user, which is a way to every right: name the resources.`
    );
  }),
});
