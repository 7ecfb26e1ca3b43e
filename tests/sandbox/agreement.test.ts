import { expect } from "chai";
import { agreementTable, runAgreement, runBySpecification } from "../../sandbox/agreement/agreement.ts";
import { candidatesFor } from "../../sandbox/agreement/candidates.ts";
import { aspects } from "../../sandbox/agreement/finding.ts";
import type { Finding } from "../../sandbox/agreement/finding.ts";
import { measureAgreement } from "../../sandbox/agreement/measure.ts";
import { behaviours } from "../../sandbox/aws/index.ts";
import type { PropertyFacts, Rule } from "../../sandbox/aws/facts.ts";

const property = (type: string, ...rules: readonly Rule[]): PropertyFacts => ({
  path: "it",
  kind: "optional",
  type,
  set: false,
  replaces: false,
  when: [],
  rules,
  secret: false,
});

describe("the agreement of the sandbox with what the provider was seen to do", function () {
  this.timeout(60_000);
  let findings: readonly Finding[] = [];

  before(() => {
    findings = measureAgreement(20_261_121);
  });

  const disagreeing = (): readonly Finding[] =>
    findings.filter(({ disagreement }) => disagreement !== undefined);

  it("is measured for every property of every type that was observed", () => {
    const counts = Map.groupBy(findings, ({ aspect }) => aspect);
    expect(aspects.map((aspect) => [aspect, counts.get(aspect)?.length])).to.deep.equal([
      ["required", 6800],
      ["default", 6800],
      ["rule", 3653],
      ["replacement", 6800],
      ["output", 1143],
    ]);
    expect(new Set(findings.map(({ token }) => token)).size).to.equal(366);
  });

  it("lacks nowhere without a reason", () => {
    const silent = disagreeing().filter(({ disagreement }) => disagreement?.because === undefined);
    expect(silent).to.deep.equal([]);
  });

  it("lacks where Pulumi's bridge stands before the provider, and where an entry says why", () => {
    const byReason = Map.groupBy(disagreeing(), ({ disagreement }) => disagreement?.because ?? "");
    const names = byReason.get("Pulumi makes up a name that is left out") ?? [];
    expect(new Set(names.map(({ aspect }) => aspect))).to.deep.equal(new Set(["default"]));
    expect(byReason.get("Pulumi fills in the default before it is judged")).to.have.length(11);
    const fromEntries = [...byReason.values()].flat().filter(({ token, path }) => {
      const { defaults, replaces } = behaviours.get(token) ?? {};
      return defaults?.[path] !== undefined || replaces?.[path] !== undefined;
    });
    expect(disagreeing().length).to.equal(names.length + 11 + fromEntries.length);
  });

  it("counts a lack of it", () => {
    const [first] = findings;
    expect(first).not.to.equal(undefined);
    const table = agreementTable([
      { token: "aws:sqs/queue:Queue", path: "a", aspect: "rule" },
      { token: "aws:sqs/queue:Queue", path: "b", aspect: "rule", disagreement: { what: "takes 1" } },
      { token: "aws:sns/topic:Topic", path: "a", aspect: "output" },
    ]);
    expect(table.split("\n")).to.deep.equal([
      "service  types  required  default  rule  replacement  output",
      "sqs          1         -        -   1/2            -       -",
      "sns          1         -        -     -            -     1/1",
      "all          2         -        -   1/2            -     1/1",
    ]);
  });

  it("is printed by service with each reason, and ends well", () => {
    const lines: string[] = [];
    const print = (line: string): number => lines.push(line);
    expect(runAgreement({ seed: 7, services: ["kms", "sqs"], details: true, print })).to.equal(0);
    expect(lines[0]?.split("\n").map((line) => line.split(" ")[0])).to.deep.equal([
      "service",
      "kms",
      "sqs",
      "all",
    ]);
    expect(lines).to.include("\nPulumi fills in the default before it is judged (1):");
    expect(lines).to.include(
      '  aws:kms/key:Key rotationPeriodInDays: takes what breaks "requires" with enableKeyRotation',
    );
    expect(lines.at(-1)).to.match(/^\n\d+ comparisons: \d+ disagreements with a reason, 0 without\.$/);
  });
});

describe("what the specifications alone say of the types that were observed", function () {
  this.timeout(60_000);

  const lines: string[] = [];

  before(() => {
    const print = (line: string): number => lines.push(line);
    runBySpecification({ seed: 20_261_121, services: [], details: true, print });
  });

  it("is right in nearly all that is required, in defaults and replacement mostly, in rules where they are documented", () => {
    const all = lines[0]?.split("\n").at(-1)?.split(/ {2,}/);
    expect(all).to.deep.equal(["all", "366", "6726/6800", "6309/6726", "1381/3644", "6274/6726", "-"]);
  });

  it("refuses hardly anything that the provider takes", () => {
    expect(lines.at(-1)).to.equal("\n17 of 23,896 comparisons are false refusals.");
    expect(lines.filter((line) => line.includes(": refuses "))).to.have.length(17);
    expect(lines).to.include(
      '  aws:eks/nodeGroup:NodeGroup capacityType: refuses "CAPACITY_BLOCK", which keeps every rule',
    );
  });
});

describe("the values that the agreement is measured with", () => {
  it("are made from the rules: both sides of each bound", () => {
    const rule: Rule = { is: "range", min: 7, max: 30 };
    const numbers = [1, 2, 3, 4, 5].flatMap((seed) =>
      candidatesFor({ ...property("number", rule) }, seed).violating(rule),
    );
    expect(numbers).to.include.members([6, 31]);
    expect(numbers.every((value) => Number(value) < 7 || Number(value) > 30)).to.equal(true);
  });

  it("differ by seed, and are the same for the same seed", () => {
    const facts = property("string", { is: "pattern", source: "^[a-z]{3,20}$" });
    const [one, again, other] = [1, 1, 2].map((seed) => candidatesFor({ ...facts }, seed).valid);
    expect(one).to.deep.equal(again);
    expect(one).not.to.deep.equal(other);
  });

  it("keep all other rules where they break one, if there is such a value", () => {
    const length: Rule = { is: "length", min: 1, max: 5 };
    const pattern: Rule = { is: "pattern", source: "^[a-z]*$" };
    for (const value of candidatesFor(property("string", length, pattern), 3).violating(length))
      expect(value).to.match(/^[a-z]*$/);
  });

  it("break an open enumeration with what no newcomer looks like", () => {
    const rule: Rule = { is: "enum", values: ["t3.micro", "m7g.large"], open: true };
    const values = candidatesFor(property("string", rule), 1).violating(rule);
    expect(values.length).to.be.greaterThan(0);
    for (const value of values) expect(value).to.match(/§/);
  });
});
