import { expect } from "chai";
import { join } from "node:path";

import { policies } from "../../policy-pack/policies.ts";
import { PackCopy } from "./pack-copy.ts";
import { Sandbox } from "./sandbox.ts";

const program = join(import.meta.dirname, "fixtures/policies");
const critical = policies.filter(({ severity }) => severity === "critical");
const pack = ["--policy-pack", join(import.meta.dirname, "../../policy-pack")];

describe("a program that breaks every critical policy, in the sandbox", function () {
  this.timeout(120_000);
  const sandbox = new Sandbox("careless", program);
  after(() => {
    sandbox.remove();
  });

  /** The critical policies that stopped the last run. */
  const stopping = (): readonly string[] => {
    const names = new Set(critical.map(({ name }) => name));
    const found = sandbox.policies().violations.filter(({ level }) => level === "mandatory");
    return [...new Set(found.map(({ policy }) => policy))].filter((policy) => names.has(policy)).sort();
  };

  it("is stopped by each of them in a preview", async () => {
    const { code, output } = await sandbox.engine("preview", { flags: pack });
    expect(code, output).not.to.equal(0);
    expect(stopping()).to.deep.equal(critical.map(({ name }) => name).sort());
  });

  it("cannot be let pass by a configuration that loosens a policy", async () => {
    const config = join(program, "loose.json");
    const flags = [...pack, "--policy-pack-config", config];
    const { code, output } = await sandbox.engine("preview", { flags });
    expect(code).not.to.equal(0);
    expect(output).to.contain("a configuration may only tighten the policies of careless:");
    expect(output).to.contain("rds-not-public is mandatory and may not become advisory");
    expect(output).to.contain("kms-lifecycle.minDeletionDays is neither this stack's nor a stricter stack's");
    expect(output).to.contain("rds-not-pubic is not a policy");
  });
});

describe("a program that breaks one critical policy, in the sandbox", function () {
  this.timeout(60_000);
  const sandbox = new Sandbox("careless", program);
  const pack = new PackCopy("prod", "mandatory", ({ severity }) => severity === "critical");
  after(() => {
    sandbox.remove();
    pack.remove();
  });

  for (const { name, kind } of critical) {
    // How resources relate is judged when all are registered: in an update that is after they are made, so its preview must stop it.
    const flags = kind === "resource" ? ["--skip-preview"] : [];
    const when = kind === "resource" ? "before the resource is made" : "in its preview";

    it(`is stopped by ${name} in an update, ${when}`, async () => {
      const { code, output } = await sandbox.engine("up", {
        set: [`breaks=${name}`],
        flags: ["--policy-pack", pack.folder, ...flags],
      });
      const { violations } = sandbox.policies();
      expect(code, output).not.to.equal(0);
      expect(new Set(violations.map(({ policy }) => policy)), output).to.deep.equal(new Set([name]));
      expect(sandbox.things()).to.deep.equal([]);
    });
  }
});

describe("a program that leaves out what policies may mend, in the sandbox", function () {
  this.timeout(60_000);
  const sandbox = new Sandbox("dev", join(import.meta.dirname, "fixtures/remedies"));
  const mending = ["alb-hardened", "cost-gp3-storage", "tags-required"];
  const pack = new PackCopy("dev", "remediate", ({ name }) => mending.includes(name));
  after(() => {
    sandbox.remove();
    pack.remove();
  });

  it("is deployed as the policies want it, and stays so", async () => {
    const flags = ["--policy-pack", pack.folder];
    const { code, output } = await sandbox.engine("up", { flags });
    expect(code, output).to.equal(0);
    const made = new Map(
      sandbox.account((account) => [...account.everything()].map(({ urn, inputs }) => [nameOf(urn), inputs])),
    );
    expect(made.get("front")).to.include({ dropInvalidHeaderFields: true });
    expect(made.get("scratch")).to.include({ type: "gp3" });
    expect(made.get("scratch"))
      .to.have.property("tagsAll")
      .that.includes({
        ...{ Environment: "dev", Project: "unfinished", ManagedBy: "pulumi", Owner: "platform-team" },
      });
    const again = await sandbox.engine("up", { flags: [...flags, "--expect-no-changes"] });
    expect(again.code, again.output).to.equal(0);
  });
});

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}
