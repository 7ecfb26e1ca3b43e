import { define } from "../../kernel/define.ts";
import { onGrants } from "../../reading/identity-documents.ts";

export const iamNoServiceWildcards = define({
  name: "iam-no-service-wildcards",
  description: "Policies name actions instead of whole services.",
  severity: "high",
  controls: { fsbp: ["IAM.21"], ckv: ["CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"] },
  remediation: "List the actions that the workload calls; a prefix such as s3:Get* is fine.",
  checks: onGrants(({ actions }) => {
    const services = actions.filter((action) => /^[a-z0-9-]+:\*+$/.test(action));
    return services.length > 0 && `policy allows ${services.join(", ")}: name the actions.`;
  }),
});
