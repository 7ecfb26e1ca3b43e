import type { AccountView, Properties } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, list, text } from "../values.ts";

/**
 * What a provider does with credentials of an account that it is not to work in:
 * https://www.pulumi.com/registry/packages/aws/installation-configuration/#configuration-options
 */
export function refuseAccount(account: AccountView, settings: Properties): void {
  const accountId = accountOfCredentials(settings) ?? account.accountId;
  const allowed = list(settings.allowedAccountIds);
  const isAllowed = allowed.length === 0 || allowed.includes(accountId);
  if (isAllowed && !list(settings.forbiddenAccountIds).includes(accountId)) return;
  throw new Refusal("InvalidProviderConfig", `AWS account ID not allowed: ${accountId}`);
}

/** The account of the role that the provider takes on, the last one of several; `undefined` where it takes on none. */
function accountOfCredentials({ assumeRoles, assumeRoleWithWebIdentity }: Properties): string | undefined {
  const chain = [assumeRoleWithWebIdentity, ...list(assumeRoles)];
  const [role] = chain.flatMap((one) => text(at(one, "roleArn")) ?? []).toReversed();
  return role?.split(":")[4];
}
