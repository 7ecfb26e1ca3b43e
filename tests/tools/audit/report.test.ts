import { expect } from "chai";

import { policies } from "../../../policy-pack/policies.ts";
import { readEvents } from "../../../sandbox/events.ts";
import { junitOf } from "../../../tools/audit/junit.ts";
import { auditOf } from "../../../tools/audit/report.ts";
import { sarifOf } from "../../../tools/audit/sarif.ts";
import { tableOf } from "../../../tools/audit/table.ts";

const few = policies.filter(({ name }) =>
  ["rds-not-public", "checks-deferred", "kms-lifecycle"].includes(name),
);
const urn = "urn:pulumi:dev::groundwork::platform:index:Database$aws:rds/instance:Instance::orders";

/** A line of the engine's report. */
const event = (policyName: string, enforcementLevel: string, message: string, resourceUrn?: string): string =>
  JSON.stringify({ policyEvent: { policyName, enforcementLevel, message, resourceUrn } });

const log = [
  event(
    "checks-deferred",
    "advisory",
    "What a preview cannot decide is counted, and decided in the update before the resource is made.\n1 check.",
  ),
  event(
    "rds-not-public",
    "mandatory",
    "Databases are reached from inside the network only.\npubliclyAccessible is <true> & more: leave it unset.",
    urn,
  ),
].join("\n");
const audit = auditOf("dev", few, readEvents(log));

describe("an audit", () => {
  it("puts what would stop a deployment first, and says what it is about", () => {
    expect(audit.findings).to.deep.equal([
      {
        ...{ policy: "rds-not-public", level: "mandatory", severity: "critical", urn },
        subject: "aws:rds/instance:Instance::orders",
        message: "publiclyAccessible is <true> & more: leave it unset.",
      },
      {
        ...{ policy: "checks-deferred", level: "advisory", severity: "low", urn: "" },
        ...{ subject: "the stack", message: "1 check." },
      },
    ]);
  });

  it("fits a terminal", () => {
    const lines = tableOf(audit).split("\n");
    expect(lines.at(-1)).to.equal("dev: 3 policies, 1 mandatory and 1 advisory findings.");
    expect(lines.find((line) => line.includes("rds-not-public"))).to.include("critical");
    expect(tableOf({ ...audit, findings: [] })).to.equal(
      "dev: 3 policies, 0 mandatory and 0 advisory findings.",
    );
  });

  it("is SARIF with every field that a code scanning service asks for", () => {
    const [{ tool, results, automationDetails }] = sarifOf(audit).runs;
    expect(sarifOf(audit)).to.include({ version: "2.1.0" });
    expect(automationDetails.id).to.equal("audit/dev/");
    expect(tool.driver.rules.map(({ id }) => id)).to.have.members(few.map(({ name }) => name));
    expect(tool.driver.rules.find(({ id }) => id === "rds-not-public")).to.deep.include({
      helpUri: "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-2",
      properties: { "security-severity": "9.5" },
    });
    expect(results.map(({ ruleId, level }) => `${level} ${ruleId}`)).to.deep.equal([
      "error rds-not-public",
      "warning checks-deferred",
    ]);
    expect(results[0]?.locations).to.deep.equal([
      {
        physicalLocation: { artifactLocation: { uri: "Pulumi.dev.yaml" } },
        logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" }],
      },
    ]);
    const fingerprints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    expect(new Set(fingerprints).size).to.equal(2);
  });

  it("is a test report in which only what would stop a deployment fails", () => {
    const report = junitOf(audit);
    expect(report).to.include(
      '<testsuite name="policies of dev" tests="3" failures="1" errors="0" skipped="0">',
    );
    expect(report).to.include(
      'message="aws:rds/instance:Instance::orders: publiclyAccessible is &lt;true> &amp; more: leave it unset."',
    );
    expect(report).to.match(/name="checks-deferred">\s*<system-out>/);
    expect(report).to.include('name="kms-lifecycle"/>');
  });
});
