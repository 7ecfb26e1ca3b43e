import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { items, text } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";
import { ownAccounts } from "../../reading/accounts.ts";

/** Whether a principal is of the stack's account, as far as that is known, and goes by one of the names. */
function isListed(principal: string, accounts: readonly string[], names: readonly string[]): boolean {
  const [, account = "", name = ""] = /^arn:[^:]*:iam::(\d{12}):(.+)$/.exec(principal) ?? [];
  const isOwn = accounts.length === 0 || accounts.includes(account);
  return isOwn && names.some((glob) => fits(glob, name));
}

export const eksAdminAllowList = define({
  name: "eks-admin-allow-list",
  description: "Only listed principals administer the cluster.",
  severity: "critical",
  controls: { "cis-eks": ["4.1.1", "4.1.7"] },
  remediation:
    "Give people the access policies edit or view, or add the role to admins in the pack's levels, which is reviewed.",
  params: {
    admins: list(
      [],
      "Globs on roles and users of the stack's account that may administer the cluster: role/name.",
    ),
  },
  checks: {
    "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
      ({ policyArn, principalArn = "" }, { params, provider }) =>
        text(policyArn).endsWith("/AmazonEKSClusterAdminPolicy") &&
        !isListed(principalArn, ownAccounts(provider), params.admins) &&
        `${principalArn} becomes an administrator of the cluster: name it in admins if that is meant.`,
    ],
    "aws:eks/accessEntry:AccessEntry": [
      ({ kubernetesGroups }) =>
        items(kubernetesGroups).includes("system:masters") &&
        "kubernetesGroups holds system:masters, which no RBAC rule can limit: associate an access policy instead.",
    ],
  },
});
