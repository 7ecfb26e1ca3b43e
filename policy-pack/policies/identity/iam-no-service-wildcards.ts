import { define } from "../../kernel/define.ts";
import { isEverywhere, isLimiting } from "../../reading/iam.ts";
import type { Statement } from "../../reading/iam.ts";
import { onGrants } from "../../reading/identity-documents.ts";
import { scopedActions } from "../../reading/scoped-actions.ts";

const service = /^[a-z0-9-]+:\*+$/;

function wholeServices({ actions }: Statement): string | false {
  const services = actions.filter((action) => service.test(action));
  return services.length > 0 && `policy allows ${services.join(", ")}: name the actions.`;
}

/** A whole service is the other finding, and everything is iam-no-full-admin's. */
function writesEverywhere(statement: Statement): string | false {
  if (!isEverywhere(statement) || statement.conditions.some(isLimiting)) return false;
  const named = statement.actions.filter((action) => !service.test(action));
  const found = [...new Set(named.flatMap(scopedActions))];
  const more = found.length > 5 ? ` and ${found.length - 5} more` : "";
  return (
    found.length > 0 &&
    `policy allows ${found.slice(0, 5).join(", ")}${more} on every resource, though a statement can name some: name the resources, or add a condition.`
  );
}

export const iamNoServiceWildcards = define({
  name: "iam-no-service-wildcards",
  description:
    "Policies name actions instead of whole services, and the resources of whatever changes something.",
  severity: "high",
  controls: { fsbp: ["IAM.21"], ckv: ["CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"] },
  remediation:
    "List the actions that the workload calls and the resources it may change; a prefix such as s3:Get* is fine.",
  checks: onGrants((statement) => [wholeServices(statement), writesEverywhere(statement)]),
});
