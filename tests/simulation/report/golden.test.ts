import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { readProfile } from "../../../simulation/load/profile.ts";
import { markdownOf, reportOf } from "../../../simulation/report/report.ts";
import { judge } from "../../../simulation/report/verdicts.ts";
import { clusterOf } from "../fixture.ts";

const folder = join(import.meta.dirname, "golden");
const profiles = join(import.meta.dirname, "../../../simulation/profiles");

/** The report of one of our profiles over the fixture. */
function reportOn(name: string): string {
  const file = `${name}.yaml`;
  const profile = readProfile(file, readFileSync(join(profiles, file), "utf8"));
  const cluster = clusterOf();
  return markdownOf(reportOf(cluster, profile, 1, judge({ cluster, profile, seed: 1 })), profile);
}

/** `UPDATE_GOLDEN=1 mocha tests/simulation/golden.test.ts` writes them again; the difference is for a reviewer to read. */
describe("the golden reports", () => {
  for (const file of readdirSync(profiles)) {
    const name = file.replace(/\.yaml$/, "");
    it(`say of ${name} what they said before`, () => {
      const path = join(folder, `${name}.md`);
      const report = reportOn(name);
      if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, report);
      expect(existsSync(path), `there is no ${path}: write it with UPDATE_GOLDEN=1`).to.equal(true);
      expect(report).to.equal(readFileSync(path, "utf8"));
    });
  }
});
