import { createRequire } from "node:module";

import type { Builder } from "junit-report-builder";

import { isMandatory } from "./report.ts";
import type { Audit } from "./report.ts";

// The package is CommonJS and describes itself as a module, so its types do not fit what an import of it gives.
const reports: unknown = createRequire(import.meta.url)("junit-report-builder");

function isBuilder(value: unknown): value is Builder {
  return typeof value === "object" && value !== null && "testSuite" in value;
}

/** A report with nothing in it. */
function newReport(): Builder {
  if (!isBuilder(reports)) throw new Error("junit-report-builder is not what its types say");
  return reports.newBuilder();
}

/** The audit as a test report: each policy is a test, which fails for what would stop a deployment and prints the rest. */
export function junitOf({ stack, rules, findings }: Audit): string {
  const builder = newReport();
  const suite = builder.testSuite().name(`policies of ${stack}`);
  for (const { name } of rules) {
    const test = suite.testCase().className(`policies.${stack}`).name(name);
    const found = findings.filter(({ policy }) => policy === name);
    const lines = (mandatory: boolean): readonly string[] =>
      found
        .filter((finding) => isMandatory(finding) === mandatory)
        .map(({ subject, message }) => `${subject}: ${message}`);
    const [stopping, warning] = [lines(true), lines(false)];
    if (stopping.length > 0) test.failure(stopping.join("\n"), "mandatory");
    if (warning.length > 0) test.standardOutput(warning.join("\n"));
  }
  return builder.build();
}
