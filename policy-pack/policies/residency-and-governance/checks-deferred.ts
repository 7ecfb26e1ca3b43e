import { defineRun } from "../../kernel/define.ts";
import { count } from "../../kernel/findings.ts";

export const checksDeferred = defineRun({
  name: "checks-deferred",
  description:
    "What a preview cannot decide is counted, and decided in the update before the resource is made.",
  severity: "low",
  remediation: "Nothing; a chosen name instead of a generated one makes a value known earlier.",
  check: ({ deferrals }) => {
    const counts = Map.groupBy(deferrals, ({ policy }) => policy);
    const parts = [...counts].map(([policy, found]) => `${policy} ${String(found.length)}`);
    return (
      parts.length > 0 &&
      `${count(deferrals.length, "check")} deferred until the update: ${parts.join(", ")}.`
    );
  },
});
