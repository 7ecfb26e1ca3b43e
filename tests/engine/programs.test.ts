import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { countsOf } from "../../sandbox/inspection.ts";
import { defaultVpc, expected } from "./programs/expected.ts";
import { Sandbox } from "./sandbox.ts";

const root = resolve(import.meta.dirname, "../..");

/** How many things there are of each type. */
function counted(sandbox: Sandbox): Readonly<Record<string, number>> {
  return sandbox.account((account) =>
    Object.fromEntries(countsOf(account).map(({ token, count }) => [token, count])),
  );
}

describe("a program that is none of ours", function () {
  this.timeout(300_000);
  const flags = ["--skip-preview"];

  for (const { name, mistake, things, change } of expected) {
    it(`is refused for what AWS refuses, and then deployed, changed and destroyed: ${name}`, async () => {
      const sandbox = new Sandbox("dev", join(import.meta.dirname, "programs", name));
      try {
        const refused = await sandbox.engine("up", { flags, set: mistake.set });
        expect(refused.code, refused.output).not.to.equal(0);
        expect(refused.output.split("\n").map((line) => line.trim())).to.include(`error: ${mistake.answer}`);

        const deployed = await sandbox.engine("up", { flags });
        expect(deployed.code, deployed.output).to.equal(0);
        expect(counted(sandbox)).to.deep.equal(things);
        expect(deployed.output).not.to.contain("on their specification alone");

        // One update and nothing else: a second `up` without the change would do nothing.
        const changed = await sandbox.engine("up", { flags, set: [change.set] });
        expect(changed.output).to.contain(change.says);
        expect(changed.output).to.match(/^Changes +1 updated$/m);

        const destroyed = await sandbox.engine("destroy", { flags });
        expect(destroyed.code, destroyed.output).to.equal(0);
        const usesDefaultVpc = things["aws:ec2/subnet:Subnet"] === defaultVpc["aws:ec2/subnet:Subnet"];
        expect(counted(sandbox)).to.deep.equal(usesDefaultVpc ? defaultVpc : {});
      } finally {
        sandbox.remove();
      }
    });
  }
});

describe("the sandbox in a folder of somebody else", function () {
  this.timeout(300_000);
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "foreign-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    writeFileSync(join(folder, "package.json"), '{ "name": "shop" }\n');
    writeFileSync(join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
    writeFileSync(
      join(folder, "index.ts"),
      [
        'import * as aws from "@pulumi/aws";',
        'import * as eks from "@pulumi/eks";',
        'import * as k8s from "@pulumi/kubernetes";',
        'const cluster = new eks.Cluster("shop", { storageClasses: "gp2" });',
        'new k8s.core.v1.Namespace("shop", {}, { provider: cluster.provider });',
        "export const region = aws.getRegionOutput().region;",
      ].join("\n"),
    );
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const sandbox = (...args: readonly string[]): { readonly code: number | null; readonly output: string } => {
    // Not where there is none: in the default VPC of us-east-1 lies a subnet in a zone that EKS does not serve.
    const env = { ...process.env, AWS_REGION: "us-west-2" };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(root, "sandbox/bin.js"), "--", ...args],
      { cwd: folder, env, encoding: "utf8" },
    );
    return { code: status, output: stdout + stderr };
  };

  it("deploys a plain program whose stack has no settings yet, without touching its files", () => {
    const { code, output } = sandbox("pulumi", "up", "--yes", "--skip-preview");
    expect(code, output).to.equal(0);
    expect(output).to.contain(
      `sandbox: dev is a new stack, in an empty account: ${join(folder, ".sandbox/dev")}`,
    );
    expect(output).to.match(/^Changes +24 created$/m);
    expect(output).to.match(/^Policies +no policy pack ran$/m);
    expect(output).to.match(/^Outputs +region: us-west-2$/m);
    expect(readdirSync(folder).sort()).to.deep.equal([
      ".sandbox",
      "Pulumi.yaml",
      "index.ts",
      "node_modules",
      "package.json",
    ]);
  });

  it("changes nothing when it is deployed again", () => {
    const { code, output } = sandbox("pulumi", "up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(code, output).to.equal(0);
    expect(output).to.match(/^Changes +nothing changed$/m);
  });

  it("says nothing beside the command that changes nothing", () => {
    const { code, output } = sandbox("pulumi", "stack", "output", "region");
    expect({ code, output }).to.deep.equal({ code: 0, output: "us-west-2\n" });
  });

  it("lets the program's own settings be changed as ever", () => {
    expect(sandbox("pulumi", "config", "set", "aws:region", "eu-west-1").code).to.equal(0);
    expect(readFileSync(join(folder, "Pulumi.dev.yaml"), "utf8")).to.equal(
      "config:\n  aws:region: eu-west-1\n",
    );
    const { output } = sandbox("pulumi", "preview");
    expect(output).to.contain('region: "us-west-2" => "eu-west-1"');
  });

  it("says which program does not start", () => {
    expect(sandbox("pulumy", "up")).to.deep.equal({
      code: 1,
      output: "sandbox: pulumy does not start (spawn pulumy ENOENT)\n",
    });
  });
});
