import { defineRun } from "../../kernel/define.ts";
import { count } from "../../kernel/findings.ts";

export const exemptionsUsed = defineRun({
  name: "exemptions-used",
  description: "What is exempted stays visible.",
  severity: "low",
  remediation: "Nothing, until the exemption expires.",
  check: ({ exemptions }) => {
    const used = exemptions.entries.filter((entry) => exemptions.uses(entry) > 0);
    const lines = used.map(
      (entry) => `${entry.ticket} ${entry.policy} x${String(exemptions.uses(entry))} until ${entry.expires}`,
    );
    return lines.length > 0 && `${count(lines.length, "exemption")} used: ${lines.join("; ")}.`;
  },
});
