import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { copyProgram } from "../../tools/bench/variants.ts";
import { Sandbox } from "./sandbox.ts";

/** The first line of the README's block below a heading. */
function firstCommand(heading: string): string {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const [, block = ""] = /```sh\n([^`]*)```/.exec(readme.slice(readme.indexOf(`## ${heading}`))) ?? [];
  return block.split("\n")[0] ?? "";
}

describe("what the README says", function () {
  this.timeout(120_000);

  it("stops a deployment that makes a bucket public, before anything is made", async () => {
    const folder = mkdtempSync(join(tmpdir(), "public-bucket-"));
    copyProgram(folder);
    execFileSync("sh", ["-c", firstCommand("Try to break it")], { cwd: folder });
    const sandbox = new Sandbox("dev", folder);
    const { code, output } = await sandbox.engine("up");
    expect(code).not.to.equal(0);
    expect(output).to.contain("blockPublicPolicy is not true");
    const mandatory = sandbox.policies().violations.filter(({ level }) => level === "mandatory");
    expect(mandatory.map(({ policy }) => policy)).to.include("s3-public-access-block-flags");
    expect(sandbox.things()).to.deep.equal([]);
    sandbox.remove();
    rmSync(folder, { recursive: true });
  });

  it("stops a deployment of prod without the policy pack with one line that says how to run it", async () => {
    const sandbox = new Sandbox("prod");
    const without = ["env", "-u", "PULUMI_OPTION_POLICY_PACK"];
    const { code, output } = await sandbox.run(
      ...without,
      "pulumi",
      "up",
      "--yes",
      "--skip-preview",
      "--stack",
      "prod",
    );
    expect(code).not.to.equal(0);
    expect(output).to.contain(
      "the prod stack is only deployed with the policy pack: make up STACK=prod, or PULUMI_OPTION_POLICY_PACK=policy-pack npx pulumi up --stack prod",
    );
    expect(sandbox.things()).to.deep.equal([]);
    sandbox.remove();
  });
});
