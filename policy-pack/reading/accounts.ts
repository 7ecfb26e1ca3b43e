import type { PolicyProviderResource } from "@pulumi/policy";

import { json, property } from "../kernel/read.ts";
import { accountOf, grants, isNarrowing } from "./iam.ts";
import type { Statement } from "./iam.ts";

/** The accounts a provider is pinned to. */
export function ownAccounts(provider: PolicyProviderResource | undefined): readonly string[] {
  return pinnedAccounts(property(provider?.props, "allowedAccountIds"));
}

/** The accounts in a provider's `allowedAccountIds`; nested settings of a provider reach policies as JSON. */
export function pinnedAccounts(given: unknown): readonly string[] {
  const accounts: unknown = typeof given === "string" ? json(given) : given;
  return Array.isArray(accounts) ? accounts.map(String) : [];
}

/**
 * Accounts that a document lets in, which are neither the provider's own nor in `trusted`.
 * Without a provider that is pinned to an account nobody can tell which accounts are foreign: then there are none.
 */
export function foreignAccounts(
  document: unknown,
  provider: PolicyProviderResource | undefined,
  trusted: readonly string[],
): readonly { readonly account: string; readonly statement: Statement }[] {
  const own = ownAccounts(provider);
  if (own.length === 0) return [];
  return grants(document)
    .filter(({ conditions }) => !conditions.some(isNarrowing))
    .flatMap((statement) => {
      const accounts = statement.principals.map(accountOf).filter((account) => account !== undefined);
      return accounts.map((account) => ({ account, statement }));
    })
    .filter(({ account }) => ![...own, ...trusted].includes(account));
}
