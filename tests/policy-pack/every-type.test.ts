import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import type { Levels } from "../../policy-pack/kernel/levels.ts";
import { levels } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { compliant, resourceOf } from "./fixtures/compliant.ts";
import { password, tags, UNKNOWN } from "./fixtures/values.ts";
import { analyze } from "./support/engine.ts";

/** What one policy says in prod about a resource of a type that it does not name. */
async function found(
  policy: string,
  type: string,
  props: Readonly<Record<string, unknown>>,
  given: Levels = levels.prod,
): Promise<readonly string[]> {
  const setup = { stack: "prod", levels: given, exemptions: [], today: "2026-11-21" };
  const findings = await analyze(new Pack(policies, setup), [resourceOf(type, props)]);
  expect(JSON.stringify(findings)).not.to.include(password);
  return findings.filter((finding) => finding.policy === policy).map(({ message }) => message);
}

describe("tags-required, on every type", () => {
  const vault = "aws:backup/vault:Vault";

  it("counts the tags that come from the provider", async () => {
    expect(await found("tags-required", vault, { tags: {}, tagsAll: tags })).to.deep.equal([]);
  });

  it("objects to a resource that can have tags and has none", async () => {
    expect(await found("tags-required", vault, { tagsAll: {} })).to.deep.equal([
      "tags Environment, Project, Owner, CostCenter, DataClassification, ManagedBy are missing: set them in the provider's defaultTags.",
    ]);
  });

  it("reads tags that are a list", async () => {
    const { CostCenter: _, ...some } = tags;
    const listed = Object.entries(some).map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
    expect(await found("tags-required", "aws:autoscaling/group:Group", { tags: listed })).to.deep.equal([
      "tags CostCenter are missing: set them in the provider's defaultTags.",
    ]);
  });

  it("asks nothing of what cannot have tags, nor of another cloud", async () => {
    expect(await found("tags-required", "aws:ec2/route:Route", {})).to.deep.equal([]);
    expect(await found("tags-required", "gcp:storage/bucket:Bucket", { tags: {} })).to.deep.equal([]);
  });
});

describe("no-plaintext-secrets, on every type", () => {
  const policy = "no-plaintext-secrets";
  const remedy = "keep it in Secrets Manager and give its name.";
  const env = [
    { name: "LOG_LEVEL", value: "info" },
    { name: "DB_PASSWORD", value: password },
  ];

  it("reads the variables of a release by their names", async () => {
    const values = { grafana: { env } };
    expect(await found(policy, "kubernetes:helm.sh/v3:Release", { values })).to.deep.equal([
      `values.grafana.env[1].value holds a credential, by its name: ${remedy}`,
    ]);
  });

  it("reads the definitions of containers, which are JSON", async () => {
    const containerDefinitions = JSON.stringify([{ name: "api", environment: env }]);
    expect(
      await found(policy, "aws:ecs/taskDefinition:TaskDefinition", { containerDefinitions }),
    ).to.deep.equal([
      `containerDefinitions[0].environment[1].value holds a credential, by its name: ${remedy}`,
    ]);
  });

  it("waits for definitions that are not known yet", async () => {
    const props = { containerDefinitions: UNKNOWN };
    expect(await found("checks-deferred", "aws:ecs/taskDefinition:TaskDefinition", props)).to.deep.equal([
      "1 check deferred until the update: no-plaintext-secrets 1.",
    ]);
  });
});

describe("k8s-pss-baseline, where AppArmor is set by an annotation", () => {
  const key = "container.apparmor.security.beta.kubernetes.io/api";
  const judge = (profile: string): Promise<readonly string[]> =>
    found("k8s-pss-baseline", "kubernetes:core/v1:Pod", {
      ...{ metadata: { annotations: { [key]: profile, note: "unconfined" } } },
      spec: { containers: [{ name: "api" }] },
    });

  it("objects when it is turned off", async () => {
    expect(await judge("unconfined")).to.deep.equal([
      `annotation ${key} breaks the control AppArmor: take it out.`,
    ]);
  });

  it("passes the runtime's own profile", async () => {
    expect(await judge("runtime/default")).to.deep.equal([]);
  });
});

describe("rds-managed-master-password, where a level lists the database", () => {
  const policy = "rds-managed-master-password";
  const type = "aws:rds/instance:Instance";
  const written = { ...compliant[type], manageMasterUserPassword: undefined, passwordWo: UNKNOWN };
  const given = {
    ...levels.prod,
    [policy]: { enforcementLevel: "mandatory", requireCmk: true, writeOnly: ["subject"] },
  };

  it("takes a password that is only written, which a source of read replicas needs", async () => {
    expect(await found(policy, type, written, given)).to.deep.equal([]);
    expect(await found(policy, type, written)).to.have.length(1);
  });

  it("still wants a password to be written", async () => {
    expect(await found(policy, type, { ...written, passwordWo: undefined }, given)).to.have.length(1);
  });
});
