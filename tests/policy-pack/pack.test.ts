import { expect } from "chai";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import type { PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";

import { Answers } from "../../policy-pack/kernel/answers.ts";
import { Pack } from "../../policy-pack/kernel/pack.ts";
import type { Setup } from "../../policy-pack/kernel/pack.ts";
import { levelOf, levelProblems } from "../../policy-pack/kernel/levels.ts";
import { levels, levelsFor } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { ownExemptions } from "./support/violations.ts";

const folder = join(import.meta.dirname, "../../policy-pack/policies");
const strength = ["disabled", "advisory", "remediate", "mandatory"];
const setup = { stack: "prod", levels: levels.prod, exemptions: [], today: "2026-11-21" };
const controlForms = {
  fsbp: /^[A-Z][A-Za-z0-9]+\.\d+$/,
  cis: /^\d+(\.\d+){1,2}$/,
  "cis-eks": /^\d+\.\d+\.\d+$/,
  pss: /^(baseline|restricted)$/,
  ckv: /^CKV2?_(AWS|K8S)_\d+$/,
  avd: /^AVD-AWS-\d{4}$/,
};

/** What the engine is told of the policies. */
const infos = (given: Setup): readonly PolicyInfo[] =>
  new Answers(new Pack(policies, given), { name: "groundwork", version: "0.0.0" }).info().getPoliciesList();

describe("the policy pack", () => {
  it("has thirty policies or more", () => {
    expect(policies.length).to.be.at.least(30);
  });

  it("lists every file under policies, each named as its policy", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && basename(file) !== "index.ts",
    );
    expect(files.map((file) => basename(file, ".ts")).sort()).to.deep.equal(
      policies.map(({ name }) => name).sort(),
    );
  });

  it("shows the engine every policy under a name of its own", () => {
    const names = infos(setup).map((info) => info.getName());
    expect(new Set(names).size).to.equal(names.length).and.equal(policies.length);
  });

  it("hands over the policies on the run itself last", () => {
    const onTheRun = policies.filter(({ kind }) => kind === "run").map(({ name }) => name);
    const names = infos(setup).map((info) => info.getName());
    expect(onTheRun).to.include.members(["checks-deferred", "exemptions-used", "exemptions-valid"]);
    expect(names.slice(-onTheRun.length)).to.have.members(onTheRun);
  });

  for (const { name, description, remediation, controls } of policies) {
    it(`describes ${name} in whole sentences, with its remedy and well-formed controls`, () => {
      expect(name).to.match(/^[a-z0-9]+(-[a-z0-9]+)+$/);
      expect(description).to.match(/^[A-Z].*\.$/);
      expect(remediation).to.match(/^[A-Z].*\.$/);
      for (const [framework, ids] of Object.entries(controls ?? {})) {
        for (const id of ids) expect(id).to.match(controlForms[framework as keyof typeof controlForms]);
      }
    });
  }

  it("shows a policy's first control and all of them as tags", () => {
    const policy = infos(setup).find((info) => info.getName() === "rds-not-public");
    expect(policy?.getFramework()?.toObject()).to.deep.equal({
      ...{ name: "AWS Security Hub controls (FSBP)", version: "1.0.0", reference: "RDS.2" },
      specification: "Databases are reached from inside the network only.",
    });
    expect(policy?.getUrl()).to.equal(
      "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
    );
    expect(policy?.getTagsList()).to.deep.equal(["fsbp:RDS.2", "cis:2.3.3", "ckv:CKV_AWS_17"]);
  });

  it("looks only at types that the SDKs have", () => {
    const types = policies.flatMap((policy) => (policy.kind === "run" ? [] : [...policy.checks.keys()]));
    const named = types.filter((type) => type !== "*" && !type.startsWith("pulumi:providers:"));
    const unknown = named.filter((type) => tokenOf(type) !== type);
    expect(unknown).to.deep.equal([]);
  });
});

/** The token of the SDK's class at the place where the type's name says it is. */
function tokenOf(type: string): string | undefined {
  const [provider = "", module = "", name = ""] = type.split(":");
  const path = provider === "aws" ? [module.split("/")[0] ?? "", name] : [...kubernetesPath(module), name];
  const found = path.reduce<unknown>(
    (from, step) => (from as Readonly<Record<string, unknown>> | undefined)?.[step],
    provider === "aws" ? aws : kubernetes,
  );
  return (found as { readonly __pulumiType?: string } | undefined)?.__pulumiType;
}

/** `rbac.authorization.k8s.io/v1` is `rbac.v1` in the SDK. */
function kubernetesPath(module: string): readonly string[] {
  const [group = "", version = ""] = module.split("/");
  return [group.split(".")[0] ?? "", version];
}

describe("the levels", () => {
  for (const [stack, given] of Object.entries(levels)) {
    it(`of ${stack} name every policy, and nothing else`, () => {
      expect(levelProblems(given, policies)).to.deep.equal([]);
    });
  }

  it("stand in the same order in every stack", () => {
    expect(Object.keys(levels.dev)).to.deep.equal(Object.keys(levels.prod));
    expect(Object.keys(levels.staging)).to.deep.equal(Object.keys(levels.prod));
  });

  it("are never weaker in prod than in staging, nor in staging than in dev", () => {
    const weaker = policies.filter(({ name }) => {
      const [dev, staging, prod] = [levels.dev, levels.staging, levels.prod].map((given) =>
        strength.indexOf(levelOf(given, name)),
      );
      return !((dev ?? 9) <= (staging ?? -1) && (staging ?? 9) <= (prod ?? -1));
    });
    expect(weaker.map(({ name }) => name)).to.deep.equal([]);
  });

  it("are mandatory for every critical policy in every stack", () => {
    const critical = policies.filter(({ severity }) => severity === "critical");
    expect(critical).to.have.length.of.at.least(20);
    for (const given of Object.values(levels)) {
      expect(
        critical.filter(({ name }) => levelOf(given, name) !== "mandatory").map(({ name }) => name),
      ).to.deep.equal([]);
    }
  });

  it("of a stack nobody has thought of are those of prod", () => {
    expect(levelsFor("prod-eu-2")).to.equal(levels.prod);
    expect(levelsFor("dev")).to.equal(levels.dev);
    expect(levelsFor("")).to.equal(levels.prod);
  });

  it("are refused with every mistake at once", () => {
    const two = policies.filter(({ name }) => ["rds-not-public", "kms-lifecycle"].includes(name));
    const mistaken = {
      "rds-not-pubic": "mandatory",
      "kms-lifecycle": { enforcementLevel: "must", days: 3 },
    };
    expect(levelProblems(mistaken, two)).to.deep.equal([
      "rds-not-public has no level",
      "rds-not-pubic is not a policy",
      "kms-lifecycle is given no minDeletionDays",
      "kms-lifecycle has no level must",
      "kms-lifecycle has no setting days",
    ]);
  });

  it("give the engine a policy's settings as defaults of its schema", () => {
    const dev = infos({ ...setup, stack: "dev", levels: levels.dev });
    const schema = dev.find((info) => info.getName() === "kms-lifecycle")?.getConfigschema();
    expect(schema?.getProperties()?.toJavaScript()).to.have.nested.property("minDeletionDays.default", 7);
  });
});

describe("exemptions.yaml", () => {
  it("can be read", () => {
    expect(() => ownExemptions()).not.to.throw();
  });
});
