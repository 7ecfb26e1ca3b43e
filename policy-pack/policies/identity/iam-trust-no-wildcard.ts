import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { foreignAccounts } from "../../reading/accounts.ts";
import { grants, isEveryone, isLimiting } from "../../reading/iam.ts";
import type { Condition } from "../../reading/iam.ts";

function isExternalId(condition: Condition): boolean {
  return condition.key === "sts:externalid" && isLimiting(condition);
}

export const iamTrustNoWildcard = define({
  name: "iam-trust-no-wildcard",
  description: "Roles name who may assume them.",
  severity: "critical",
  controls: { ckv: ["CKV_AWS_60", "CKV_AWS_61"] },
  remediation:
    "Name the service or the role; another account needs sts:ExternalId or aws:PrincipalOrgID as well.",
  params: { trustedAccounts: list([], "Account ids that may assume roles beside the stack's own.") },
  checks: {
    "aws:iam/role:Role": [
      ({ assumeRolePolicy }) =>
        grants(assumeRolePolicy).map(
          ({ principals, exceptPrincipals }) =>
            (principals.some(isEveryone) || exceptPrincipals.length > 0) &&
            "assumeRolePolicy trusts everyone: name the principals.",
        ),
      ({ assumeRolePolicy }, { provider, params }) =>
        foreignAccounts(assumeRolePolicy, provider, params.trustedAccounts)
          .filter(({ statement }) => !statement.conditions.some(isExternalId))
          .map(
            ({ account }) =>
              `assumeRolePolicy trusts account ${account} without sts:ExternalId or aws:PrincipalOrgID: add one.`,
          ),
    ],
  },
});
