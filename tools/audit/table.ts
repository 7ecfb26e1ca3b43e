import Table from "cli-table3";

import { count } from "../../policy-pack/kernel/findings.ts";
import { isMandatory } from "./report.ts";
import type { Audit } from "./report.ts";

/** Columns of the terminal that each column of the table takes. */
const widths = [11, 10, 34, 50, 70];

/** The audit for the terminal. */
export function tableOf({ stack, rules, findings }: Audit): string {
  const mandatory = findings.filter(isMandatory).length;
  const advisory = findings.length - mandatory;
  const summary = `${stack}: ${count(rules.length, "policy").replace("policys", "policies")}, ${String(mandatory)} mandatory and ${String(advisory)} advisory findings.`;
  if (findings.length === 0) return summary;
  const table = new Table({
    head: ["level", "severity", "policy", "resource", "finding"],
    colWidths: widths,
    wordWrap: true,
    wrapOnWordBoundary: false,
    style: { head: [], border: [] },
  });
  for (const { level, severity, policy, subject, message } of findings) {
    table.push([level, severity, policy, subject, message]);
  }
  return `${table.toString()}\n${summary}`;
}
