import { expect } from "chai";
import type { Tier } from "../../components/network/plan.ts";
import { planSubnets } from "../../components/network/plan.ts";
import { Sandbox } from "./sandbox.ts";

/** The types that a detailed preview says it would replace. */
function replaced(output: string): readonly string[] {
  return [...output.matchAll(/^\s*\+-(\S+): \(replace\)/gm)].map(([, type = ""]) => type);
}

describe("the dev stack in the sandbox", function () {
  this.timeout(300_000);
  const sandbox = new Sandbox("dev");
  let undisturbed: readonly string[] = [];
  after(() => {
    sandbox.remove();
  });

  it("is deployed by the real engine with the policy pack", async () => {
    const { code, output } = await sandbox.engine("up");
    expect(output).to.contain("AWS was not touched.");
    expect(code, output).to.equal(0);
    expect(sandbox.policies().violations.filter(({ level }) => level === "mandatory")).to.deep.equal([]);
    expect(sandbox.policies().policies.length).to.be.at.least(30);
    undisturbed = sandbox.things();
  });

  it("does not change when it is deployed again", async () => {
    const { code, output } = await sandbox.engine("up", { flags: ["--expect-no-changes", "--skip-preview"] });
    expect(code, output).to.equal(0);
    expect(output).to.contain("Changes    nothing changed");
  });

  it("is found as it was left by a refresh", async () => {
    const { code, output } = await sandbox.run(
      "pulumi",
      "refresh",
      "--yes",
      "--stack",
      "dev",
      "--expect-no-changes",
    );
    expect(code, output).to.equal(0);
  });

  it("updates a database in place when its storage grows", async () => {
    const set = ["database.storageGb=30"];
    const { output } = await sandbox.engine("preview", { set, flags: ["--diff"] });
    expect(replaced(output)).to.deep.equal([]);
    expect(output).to.contain("~ aws:rds/instance:Instance: (update)");
    expect(output).to.contain("~ allocatedStorage: 20 => 30");
    const { code, output: told } = await sandbox.engine("up", { set, flags: ["--skip-preview"] });
    expect(code, told).to.equal(0);
    expect(told).to.match(/^Changes +\d+ updated$/m);
    expect(sandbox.things()).to.deep.equal(undisturbed);
  });

  it("refuses to make storage smaller again, as RDS does, and stays as it was", async () => {
    const { code, output } = await sandbox.engine("up");
    expect(code).not.to.equal(0);
    expect(output).to.contain("InvalidParameterCombination: ");
    expect(sandbox.things()).to.deep.equal(undisturbed);
  });

  it("shows in preview that a subnet with another block is replaced, and its neighbours are not", async () => {
    const planned = planSubnets("10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]);
    const blocksOf = (tier: Tier): readonly string[] =>
      planned.filter((subnet) => subnet.tier === tier).map(({ cidr }) => cidr);
    const moved = ["10.0.250.0/24", ...blocksOf("public").slice(1)];
    const blocks = { public: moved, private: blocksOf("private"), database: blocksOf("database") };
    const set = [`network.subnets=${JSON.stringify(blocks)}`];
    const { output } = await sandbox.engine("preview", { set, flags: ["--diff"] });
    const subnets = replaced(output).filter((type) => type === "aws:ec2/subnet:Subnet");
    expect(subnets, output).to.have.length(1);
    expect(output).to.contain(`~ cidrBlock: "${blocksOf("public")[0] ?? ""}" => "10.0.250.0/24"`);
  });

  it("leaves an empty account when it is destroyed", async () => {
    const { code, output } = await sandbox.engine("destroy");
    expect(code, output).to.equal(0);
    expect(sandbox.things()).to.deep.equal([]);
  });

  it("ends as an undisturbed deployment does after one that was interrupted half-way", async () => {
    const { code } = await sandbox.interruptedUp(Math.floor(undisturbed.length / 2));
    expect(code).not.to.equal(0);
    const half = sandbox.things().length;
    expect(half).to.be.lessThan(undisturbed.length);
    const again = await sandbox.engine("up", { flags: ["--skip-preview"] });
    expect(again.code, again.output).to.equal(0);
    expect(sandbox.things()).to.deep.equal(undisturbed);
  });
});
