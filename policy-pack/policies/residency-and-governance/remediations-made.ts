import { defineRun } from "../../kernel/define.ts";
import { count } from "../../kernel/findings.ts";
import { parseUrn } from "../../kernel/urn.ts";

export const remediationsMade = defineRun({
  name: "remediations-made",
  description: "What the policies change by themselves is told.",
  severity: "low",
  remediation: "Set the inputs in the program: a stack whose levels do not mend refuses them.",
  check: ({ mendings }) => {
    const byResource = Map.groupBy(mendings, ({ urn }) => urn);
    const lines = [...byResource].map(([urn, made]) => {
      const parts = made.map(({ policy, paths }) => `${policy}: ${paths.join(", ")}`);
      return `${parseUrn(urn).name} (${parts.join("; ")})`;
    });
    return lines.length > 0 && `${count(lines.length, "resource")} mended: ${lines.join(", ")}.`;
  },
});
