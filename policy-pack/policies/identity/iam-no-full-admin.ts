import { define } from "../../kernel/define.ts";
import { isEverywhere } from "../../reading/iam.ts";
import { onGrants } from "../../reading/identity-documents.ts";

export const iamNoFullAdmin = define({
  name: "iam-no-full-admin",
  description: "No policy grants everything on everything.",
  severity: "critical",
  controls: { fsbp: ["IAM.1"], cis: ["1.16"], ckv: ["CKV_AWS_62", "CKV_AWS_63", "CKV2_AWS_40"] },
  remediation: "Name the actions and the resources; PodIdentity takes a policy for one workload.",
  checks: onGrants((statement) => {
    const { actions, exceptActions } = statement;
    const everything = actions.some((action) => /^[*:]+$/.test(action)) || exceptActions.length > 0;
    return (
      everything &&
      isEverywhere(statement) &&
      `policy allows ${exceptActions.length > 0 ? `everything but ${exceptActions.join(", ")}` : "every action"} on every resource: name both.`
    );
  }),
});
