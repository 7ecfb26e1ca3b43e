import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { expect } from "chai";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

import { Answers } from "../../../policy-pack/kernel/answers.ts";
import { Exemptions } from "../../../policy-pack/kernel/exemptions.ts";
import type { Exemption } from "../../../policy-pack/kernel/exemptions.ts";
import { levelNumbers } from "../../../policy-pack/kernel/info.ts";
import { floorProblems, levelOf } from "../../../policy-pack/kernel/levels.ts";
import { Pack } from "../../../policy-pack/kernel/pack.ts";
import { levelsFor, stricterThan } from "../../../policy-pack/levels/levels.ts";
import { policies } from "../../../policy-pack/policies.ts";
import { compliant, resourceOf } from "../fixtures/compliant.ts";
import { analyze } from "../support/engine.ts";

const few = policies.filter(({ name }) =>
  ["rds-not-public", "kms-lifecycle", "s3-kms-encryption"].includes(name),
);
const today = "2026-11-21";

function packOf(stack: string): Pack {
  const levels = levelsFor(stack);
  return new Pack(few, { stack, levels, stricter: stricterThan(stack), exemptions: [], today });
}

type Level = keyof typeof levelNumbers;
type Configured = Readonly<Record<string, readonly [Level, Readonly<Record<string, number>>?]>>;

/** Tells the pack what the engine makes of its own levels and a `--policy-pack-config`. */
function configure(pack: Pack, given: Configured): void {
  const request = new analyzer.ConfigureAnalyzerRequest();
  for (const [policy, [level, settings = {}]] of Object.entries(given)) {
    const config = new analyzer.PolicyConfig();
    config.setEnforcementlevel(levelNumbers[level]);
    config.setProperties(struct.Struct.fromJavaScript({ ...settings }));
    request.getPolicyconfigMap().set(policy, config);
  }
  new Answers(pack, { name: "groundwork", version: "0.0.0" }).configure(request);
}

describe("a configuration from outside", () => {
  it("may repeat the stack's own levels, and tighten them", async () => {
    const type = "aws:rds/instance:Instance";
    const pack = packOf("dev");
    configure(pack, { "rds-not-public": ["mandatory"], "s3-kms-encryption": ["mandatory"] });
    expect(pack.rulings.map(({ definition, level }) => `${definition.name} ${level}`)).to.have.members([
      ...["rds-not-public mandatory", "s3-kms-encryption mandatory", "kms-lifecycle mandatory"],
    ]);
    const database = resourceOf(type, { ...compliant[type], publiclyAccessible: true });
    expect((await analyze(pack, [database])).map(({ policy }) => policy)).to.deep.equal(["rds-not-public"]);
  });

  it("may ask for the settings of a stricter stack, and is judged by them", async () => {
    const type = "aws:kms/key:Key";
    const pack = packOf("dev");
    const key = resourceOf(type, { ...compliant[type], deletionWindowInDays: 7 }, { stack: "dev" });
    expect(await analyze(packOf("dev"), [key])).to.deep.equal([]);
    configure(pack, { "kms-lifecycle": ["mandatory", { minDeletionDays: 30 }] });
    expect(await analyze(pack, [key])).to.have.length(1);
  });

  it("is refused with everything in it that is looser, or names no policy", () => {
    expect(() => {
      configure(packOf("prod"), {
        "rds-not-public": ["advisory"],
        "s3-kms-encryption": ["disabled"],
        "kms-lifecycle": ["mandatory", { minDeletionDays: 7 }],
        "rds-not-pubic": ["mandatory"],
      });
    }).to.throw(
      [
        "a configuration may only tighten the policies of prod:",
        "kms-lifecycle.minDeletionDays is neither this stack's nor a stricter stack's",
        "rds-not-pubic is not a policy",
        "rds-not-public is mandatory and may not become advisory",
        "s3-kms-encryption is mandatory and may not become disabled",
      ].join("\n"),
    );
  });
});

describe("the floor of critical policies", () => {
  const weak = { ...levelsFor("prod"), "rds-not-public": "advisory" };
  const exemption: Exemption = {
    ...{ policy: "rds-not-public", stack: "prod", resource: "*", reason: "a migration" },
    ...{ owner: "team", ticket: "OPS-3", expires: "2027-01-01" },
  };
  const problems = (stack: string, exemptions: readonly Exemption[] = []): readonly string[] =>
    floorProblems(weak, few, stack, new Exemptions(exemptions, stack, today));

  it("is mandatory in production, and in every stack nobody has thought of", () => {
    const sentence =
      "rds-not-public is critical and may not be advisory without an approved exemption for the whole stack";
    expect(problems("prod")).to.deep.equal([sentence]);
    expect(problems("prod-eu-2")).to.deep.equal([sentence]);
    expect(problems("dev")).to.deep.equal([]);
  });

  it("gives way to an exemption for the whole stack that somebody approved", () => {
    expect(problems("prod", [{ ...exemption, approvedBy: "security" }])).to.deep.equal([]);
    expect(problems("prod", [exemption])).to.have.length(1);
    expect(
      problems("prod", [{ ...exemption, approvedBy: "security", expires: "2026-11-20" }]),
    ).to.have.length(1);
    expect(problems("prod", [{ ...exemption, approvedBy: "security", resource: "aws:*" }])).to.have.length(1);
  });

  it("is kept by the levels of production", () => {
    expect(
      floorProblems(levelsFor("prod"), policies, "prod", new Exemptions([], "prod", today)),
    ).to.deep.equal([]);
    expect(levelOf(levelsFor("prod"), "rds-not-public")).to.equal("mandatory");
  });
});
