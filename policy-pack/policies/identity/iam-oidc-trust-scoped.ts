import { define } from "../../kernel/define.ts";
import { grants } from "../../reading/iam.ts";
import type { Condition, Statement } from "../../reading/iam.ts";

/**
 * The claims that say for whom a token is and whose it is. The providers that IAM knows by a name instead of an ARN have claims of their
 * own (IAM User Guide, "Available keys for AWS web identity federation").
 */
const claimsOf: Readonly<Record<string, readonly string[]>> = {
  "cognito-identity.amazonaws.com": ["amr", "aud"],
  "graph.facebook.com": ["id", "app_id"],
  "www.amazon.com": ["user_id", "app_id"],
};

/** Whether one of the conditions holds a claim of the token to exact values; a claim with several values needs `ForAnyValue`. */
function pins(conditions: readonly Condition[], claim: string): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      key.endsWith(`:${claim}`) &&
      /^(?:ForAnyValue:)?StringEquals$/.test(operator) &&
      values.length > 0 &&
      !values.some((value) => value.includes("*")),
  );
}

/** The claims that a statement must hold: of every provider of tokens it trusts. SAML has assertions instead. */
function claims({ principals }: Statement): readonly string[] {
  const providers = principals.filter(
    ({ kind, id }) => kind === "Federated" && !id.includes(":saml-provider/"),
  );
  return [...new Set(providers.flatMap(({ id }) => claimsOf[id] ?? ["sub", "aud"]))];
}

export const iamOidcTrustScoped = define({
  name: "iam-oidc-trust-scoped",
  description: "Roles for tokens from outside name the token's subject and audience.",
  severity: "critical",
  controls: { "cis-eks": ["5.2.1"], ckv: ["CKV_AWS_358"] },
  remediation:
    "Add StringEquals conditions on the provider's sub and aud claims, without wildcards; in the cluster use PodIdentity.",
  checks: {
    "aws:iam/role:Role": [
      ({ assumeRolePolicy }) =>
        grants(assumeRolePolicy).flatMap((statement) =>
          claims(statement).map(
            (claim) =>
              !pins(statement.conditions, claim) &&
              `assumeRolePolicy does not hold the claim ${claim} to exact values: add StringEquals on it, or any token of the provider fits.`,
          ),
        ),
    ],
  },
});
