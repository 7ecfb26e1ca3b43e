import { define } from "../../kernel/define.ts";
import { onGrants } from "../../reading/identity-documents.ts";

/** Whether a resource is every resource: a wildcard, or an ARN of nothing else. */
function isEverywhere(resource: string): boolean {
  return /^(?:arn:(?:aws[a-z-]*:)?)?[*:/]+$/.test(resource);
}

export const iamNoFullAdmin = define({
  name: "iam-no-full-admin",
  description: "No policy grants everything on everything.",
  severity: "critical",
  controls: { fsbp: ["IAM.1"], cis: ["1.16"], ckv: ["CKV_AWS_62", "CKV_AWS_63", "CKV2_AWS_40"] },
  remediation: "Name the actions and the resources; PodIdentity takes a policy for one workload.",
  checks: onGrants(({ actions, exceptActions, resources, exceptResources }) => {
    const everything = actions.some((action) => /^[*:]+$/.test(action)) || exceptActions.length > 0;
    const everywhere = resources.some(isEverywhere) || exceptResources.length > 0;
    return (
      everything &&
      everywhere &&
      `policy allows ${exceptActions.length > 0 ? `everything but ${exceptActions.join(", ")}` : "every action"} on every resource: name both.`
    );
  }),
});
