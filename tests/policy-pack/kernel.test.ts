import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import { define, defineStack } from "../../policy-pack/kernel/define.ts";
import type { Definition } from "../../policy-pack/kernel/definition.ts";
import type { Exemption } from "../../policy-pack/kernel/exemptions.ts";
import { flag } from "../../policy-pack/kernel/params.ts";
import { policies } from "../../policy-pack/policies.ts";
import { compliant, resourceOf } from "./fixtures/compliant.ts";
import { password, secret, UNKNOWN } from "./fixtures/values.ts";
import { analyze } from "./support/engine.ts";
import type { Finding, GraphResource } from "./support/engine.ts";

const type = "aws:rds/instance:Instance";
const publicDatabase = resourceOf(type, { ...compliant[type], publiclyAccessible: true }, { name: "orders" });

/** The policies that these tests are about; others may object to the same resources. */
const few = policies.filter(
  ({ name, kind }) =>
    kind === "run" ||
    ["rds-not-public", "rds-encrypted", "rds-managed-master-password"].includes(name) ||
    ["s3-no-public-bucket-policy", "no-plaintext-secrets"].includes(name),
);

interface Situation {
  readonly stack?: string;
  readonly exemptions?: readonly Exemption[];
  readonly definitions?: readonly Definition[];
}

function judge(resources: readonly GraphResource[], situation: Situation = {}): Promise<readonly Finding[]> {
  const { stack = "prod", exemptions = [], definitions = few } = situation;
  return analyze(new Pack(definitions, { stack, levels: {}, exemptions, today: "2026-11-21" }), resources);
}

const lines = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ policy, message }) => `${policy}: ${message}`);

describe("an exemption", () => {
  const exemption: Exemption = {
    ...{
      policy: "rds-not-public",
      stack: "prod",
      resource: "aws:rds/instance:Instance::ord*",
      reason: "migration",
    },
    ...{ owner: "team-orders", ticket: "OPS-1", expires: "2026-11-21", approvedBy: "security" },
  };
  const where = "OPS-1 (rds-not-public on aws:rds/instance:Instance::ord*, team-orders)";
  const violation = "rds-not-public: publiclyAccessible is true: leave it unset.";

  it("lets the finding pass through its last day, and shows in the report", async () => {
    expect(lines(await judge([publicDatabase], { exemptions: [exemption] }))).to.deep.equal([
      "exemptions-used: 1 exemption used: OPS-1 rds-not-public x1 until 2026-11-21.",
    ]);
  });

  it("is a finding itself once it has expired, and excuses nothing any more", async () => {
    const expired = { ...exemption, expires: "2026-11-20" };
    expect(lines(await judge([publicDatabase], { exemptions: [expired] }))).to.deep.equal([
      violation,
      `exemptions-valid: exemption ${where}: it expired on 2026-11-20: mend the resource, or have it renewed.`,
    ]);
  });

  it("is a finding when nothing needs it", async () => {
    const database = resourceOf(type, compliant[type], { name: "orders" });
    expect(lines(await judge([database], { exemptions: [exemption] }))).to.deep.equal([
      `exemptions-valid: exemption ${where}: nothing needs it any more: remove it.`,
    ]);
  });

  it("is not called unneeded while its check waits for the update", async () => {
    const database = resourceOf(
      type,
      { ...compliant[type], publiclyAccessible: UNKNOWN },
      { name: "orders" },
    );
    expect(lines(await judge([database], { exemptions: [exemption] }))).to.deep.equal([
      "checks-deferred: 1 check deferred until the update: rds-not-public 1.",
    ]);
  });

  it("needs an approval for a critical policy, except in dev and staging", async () => {
    const { approvedBy: _, ...unapproved } = { ...exemption, stack: "*" };
    expect(lines(await judge([publicDatabase], { exemptions: [unapproved] }))).to.deep.equal([
      violation,
      `exemptions-valid: exemption ${where}: the policy is critical: outside dev and staging it needs approvedBy.`,
    ]);
    const inStaging = resourceOf(type, publicDatabase.props, { name: "orders", stack: "staging" });
    expect(await judge([inStaging], { exemptions: [unapproved], stack: "staging" })).to.have.length(1);
  });

  it("holds for the stack of the resource where nobody says which stack is judged", async () => {
    expect(lines(await judge([publicDatabase], { exemptions: [exemption], stack: "" }))).to.deep.equal([]);
  });

  it("is of no effect for another resource, another policy or another stack", async () => {
    const others = [{ resource: "*::invoices" }, { policy: "rds-encrypted" }, { stack: "dev" }];
    for (const other of others) {
      const findings = await judge([publicDatabase], { exemptions: [{ ...exemption, ...other }] });
      expect(lines(findings)[0]).to.equal(violation);
    }
  });

  it("is a finding when it names no policy", async () => {
    const misspelt = { ...exemption, policy: "rds-not-pubic" };
    expect(lines(await judge([], { exemptions: [misspelt] }))).to.deep.equal([
      "exemptions-valid: exemption OPS-1 (rds-not-pubic on aws:rds/instance:Instance::ord*, team-orders): there is no policy of that name.",
    ]);
  });
});

describe("a check", () => {
  const metadata = { description: "It works.", severity: "low", remediation: "Mend it." } as const;

  it("that crashes becomes a finding, which does not repeat what it choked on", async () => {
    const fragile = define({
      ...{ ...metadata, name: "fragile-policy" },
      checks: {
        "aws:iam/policy:Policy": [
          ({ policy }) => String(JSON.parse(typeof policy === "string" ? policy : "{}")),
        ],
      },
    });
    const policy = resourceOf("aws:iam/policy:Policy", { policy: `{ ${password}` });
    const findings = await judge([policy], { definitions: [fragile] });
    expect(findings).to.have.length(1);
    expect(findings[0]?.message).to.match(
      /^the policy crashed \(SyntaxError at test\.ts:\d+\): nothing is proven about this resource\.$/,
    );
    expect(findings[0]?.level).to.equal("mandatory");
  });

  it("that crashes over one resource does not keep a stack policy from judging the next", async () => {
    const fragile = defineStack({
      ...{ ...metadata, name: "fragile-policy" },
      checks: {
        "aws:s3/bucket:Bucket": [
          ({ name }) => {
            if (name === "first") throw new RangeError("no");
            return "seen.";
          },
        ],
      },
    });
    const buckets = ["first", "second"].map((name) => resourceOf("aws:s3/bucket:Bucket", {}, { name }));
    const findings = await judge(buckets, { definitions: [fragile] });
    expect(findings.map(({ urn }) => urn.split("::").at(-1))).to.deep.equal(["first", "second"]);
    expect(findings[1]?.message).to.equal("seen.");
  });

  it("is deferred alone: the others of the policy are decided", async () => {
    const props = { ...compliant[type], storageEncrypted: UNKNOWN, kmsKeyId: undefined };
    expect(lines(await judge([resourceOf(type, props)]))).to.deep.equal([
      "rds-encrypted: kmsKeyId is not set: name a key of the account.",
      "checks-deferred: 1 check deferred until the update: rds-encrypted 1.",
    ]);
  });

  it("is counted once as deferred, however often the engine asks about the stack", async () => {
    const waiting = defineStack({
      ...{ ...metadata, name: "waiting-policy" },
      checks: { "aws:s3/bucket:Bucket": [({ outputs }) => `it is ${String(outputs.arn)}.`] },
    });
    const onTheRun = policies.filter(({ name }) => name === "checks-deferred");
    const pack = new Pack([waiting, ...onTheRun], {
      stack: "prod",
      levels: {},
      exemptions: [],
      today: "2026-11-21",
    });
    const bucket = resourceOf("aws:s3/bucket:Bucket", {}, { outputs: { arn: UNKNOWN } });
    const once = ["checks-deferred: 1 check deferred until the update: waiting-policy 1."];
    expect(lines(await analyze(pack, [bucket]))).to.deep.equal(once);
    expect(lines(await analyze(pack, [bucket]))).to.deep.equal(once);
  });

  it("gets the settings of its stack, and those left out by default", async () => {
    const strict = define({
      ...{ ...metadata, name: "strict-policy" },
      params: { strict: flag(true, "Whether it objects.") },
      checks: { "aws:s3/bucket:Bucket": [(_, { params }) => params.strict && "strict."] },
    });
    const bucket = resourceOf("aws:s3/bucket:Bucket", {});
    const withLevels = (levels: Readonly<Record<string, Readonly<Record<string, boolean>>>>) =>
      analyze(new Pack([strict], { stack: "prod", levels, exemptions: [], today: "2026-11-21" }), [bucket]);
    expect(lines(await withLevels({}))).to.deep.equal(["strict-policy: strict."]);
    expect(lines(await withLevels({ "strict-policy": { strict: false } }))).to.deep.equal([]);
  });

  it("of a stack policy sees what was asked for, not what was answered", async () => {
    const looking = defineStack({
      ...{ ...metadata, name: "looking-policy" },
      checks: { "aws:s3/bucket:Bucket": [({ props }) => `asked for ${props.bucket ?? "nothing"}.`] },
    });
    const bucket = resourceOf(
      "aws:s3/bucket:Bucket",
      { bucket: "asked" },
      { outputs: { bucket: "answered" } },
    );
    expect(lines(await judge([bucket], { definitions: [looking] }))).to.deep.equal([
      "looking-policy: asked for asked.",
    ]);
  });
});

describe("a secret value", () => {
  it("is judged like any other, and in no finding", async () => {
    const props = { ...compliant[type], password: secret(password), tags: { Password: secret(password) } };
    const findings = await judge([resourceOf(type, props)]);
    expect(findings.map(({ policy }) => policy)).to.include.members([
      "rds-managed-master-password",
      "no-plaintext-secrets",
    ]);
    expect(JSON.stringify(findings)).not.to.include(password);
  });
});
