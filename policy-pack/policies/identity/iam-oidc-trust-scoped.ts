import { define } from "../../kernel/define.ts";
import { grants } from "../../reading/iam.ts";
import type { Condition, Statement } from "../../reading/iam.ts";

/** Whether one of the conditions holds a claim of the token to exact values. */
function pins(conditions: readonly Condition[], claim: string): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      key.endsWith(`:${claim}`) &&
      operator === "StringEquals" &&
      values.length > 0 &&
      !values.some((value) => value.includes("*")),
  );
}

function isOidc({ principals }: Statement): boolean {
  return principals.some(
    ({ kind, id }) => kind === "Federated" && (id.includes(":oidc-provider/") || id === "*"),
  );
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
        grants(assumeRolePolicy)
          .filter(isOidc)
          .flatMap(({ conditions }) =>
            ["sub", "aud"].map(
              (claim) =>
                !pins(conditions, claim) &&
                `assumeRolePolicy does not hold the claim ${claim} to exact values: add StringEquals on it, or any token of the provider fits.`,
            ),
          ),
    ],
  },
});
