import { onValues, places } from "../../helm/release.ts";
import { define } from "../../kernel/define.ts";

/** A text, or a whole section where the chart makes a Secret of it. */
function isGiven(value: unknown): boolean {
  if (typeof value === "object" && value !== null) return Object.keys(value).length > 0;
  return value !== undefined && value !== null && value !== "";
}

export const helmNoInlineSecret = define({
  name: "helm-no-inline-secret",
  description: "The values of a chart name a Secret and hold none.",
  severity: "high",
  controls: { "cis-eks": ["4.4.1"] },
  remediation:
    "Keep it in Secrets Manager, bring it in with an ExternalSecret, and give the chart the name of that Secret: values are kept in the state and in the cluster.",
  checks: {
    "kubernetes:helm.sh/v3:Release": [
      onValues((values, { secrets = [] }) =>
        secrets
          .flatMap((path) => places(values, path))
          .filter(({ value }) => isGiven(value))
          .map(({ path }) => `${path} holds a credential: name an existing Secret instead.`),
      ),
    ],
  },
});
