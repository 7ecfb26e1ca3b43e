import { defineRun } from "../../kernel/define.ts";
import { covers, lacksApproval } from "../../kernel/exemptions.ts";
import type { Exemption } from "../../kernel/exemptions.ts";
import type { Run } from "../../kernel/run.ts";

/** An exemption is in use if it excused a finding, or may yet excuse one of a check that is only deferred. */
function isUsed(entry: Exemption, { exemptions, deferrals }: Run): boolean {
  return exemptions.uses(entry) > 0 || deferrals.some(({ policy, urn }) => covers(entry, policy, urn));
}

function shortcoming(entry: Exemption, run: Run): string | undefined {
  const definition = run.definitions.find(({ name }) => name === entry.policy);
  if (definition === undefined) return "there is no policy of that name";
  if (run.exemptions.expired(entry))
    return `it expired on ${entry.expires}: mend the resource, or have it renewed`;
  if (lacksApproval(entry, definition, run.stack)) {
    return "the policy is critical: outside dev and staging it needs approvedBy";
  }
  return isUsed(entry, run) ? undefined : "nothing needs it any more: remove it";
}

export const exemptionsValid = defineRun({
  name: "exemptions-valid",
  description: "Every exemption is needed, approved and in date.",
  severity: "medium",
  remediation: "Edit exemptions.yaml.",
  check: (run) =>
    run.exemptions.entries.map((entry) => {
      const problem = shortcoming(entry, run);
      return (
        problem &&
        `exemption ${entry.ticket} (${entry.policy} on ${entry.resource}, ${entry.owner}): ${problem}.`
      );
    }),
});
