import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";
import { pinnedAccounts } from "../../reading/accounts.ts";

export const providerAccountPinned = define({
  name: "provider-account-pinned",
  description: "Resources are made by a provider that is held to the stack's own account.",
  severity: "high",
  remediation:
    "Set account.allowedAccountIds; providers.ts makes the provider, and default ones are disabled.",
  params: { accounts: list([], "Ids of the stack's accounts; with none listed, any one.") },
  checks: {
    "pulumi:providers:aws": [
      (_, { name }) =>
        /^default(?:_|$)/.test(name) &&
        "it is the default provider, which uses whatever account a machine is logged in to: pass one explicitly.",
      ({ allowedAccountIds }) =>
        pinnedAccounts(allowedAccountIds).length === 0 &&
        "allowedAccountIds is not set, so it works in whatever account a machine is logged in to: set it.",
      ({ allowedAccountIds }, { params: { accounts } }) =>
        pinnedAccounts(allowedAccountIds).map(
          (account) =>
            accounts.length > 0 &&
            !accounts.includes(account) &&
            `allowedAccountIds lets in ${account}: name the stack's account, ${accounts.join(" or ")}.`,
        ),
      (provider) =>
        !has(provider, "defaultTags") &&
        "defaultTags is not set: set the tags that every resource must have.",
    ],
    "*": [
      (_, { type }) =>
        type.startsWith("aws-native:") &&
        "aws-native has types of its own, which no policy here looks at: use the provider aws.",
    ],
  },
});
