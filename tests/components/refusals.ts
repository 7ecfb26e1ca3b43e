import { expect } from "chai";
import type { z } from "zod";

import { describeProblems, findProblems } from "../../config-problems.ts";

/** What is wrong, the change to valid settings that makes it so, and the lines of the report. */
export type Refusal = readonly [what: string, change: Readonly<Record<string, unknown>>, ...lines: string[]];

/** One test per row: the changed settings are refused with exactly these lines. */
export function itRefuses(
  schema: z.ZodType,
  valid: Readonly<Record<string, unknown>>,
  refusals: readonly Refusal[],
): void {
  for (const [what, change, ...lines] of refusals) {
    it(`refuses ${what}`, () => {
      expect(reportOf(schema, { ...valid, ...change })).to.deep.equal(lines);
    });
  }
}

/** The report on settings, line by line and without its heading; empty for valid ones. */
export function reportOf(schema: z.ZodType, given: unknown): readonly string[] {
  const [, ...lines] = describeProblems("settings", findProblems(schema, given)).split("\n");
  return lines.map((line) => line.trim());
}
