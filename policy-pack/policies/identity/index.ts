import type { Definition } from "../../kernel/definition.ts";
import { iamAdminManagedPoliciesDenied } from "./iam-admin-managed-policies-denied.ts";
import { iamNoDecryptAllKeys } from "./iam-no-decrypt-all-keys.ts";
import { iamNoFullAdmin } from "./iam-no-full-admin.ts";
import { iamNoMixedPolicyManagement } from "./iam-no-mixed-policy-management.ts";
import { iamNoPrivilegeEscalation } from "./iam-no-privilege-escalation.ts";
import { iamNoServiceWildcards } from "./iam-no-service-wildcards.ts";
import { iamNoUsers } from "./iam-no-users.ts";
import { iamOidcTrustScoped } from "./iam-oidc-trust-scoped.ts";
import { iamTrustNoWildcard } from "./iam-trust-no-wildcard.ts";

/** The policies on identity. */
export const identity: readonly Definition[] = [
  iamAdminManagedPoliciesDenied,
  iamNoDecryptAllKeys,
  iamNoFullAdmin,
  iamNoMixedPolicyManagement,
  iamNoPrivilegeEscalation,
  iamNoServiceWildcards,
  iamNoUsers,
  iamOidcTrustScoped,
  iamTrustNoWildcard,
];
