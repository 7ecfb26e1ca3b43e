import { expect } from "chai";
import { complaintAboutPattern } from "../../../sandbox/aws/event-patterns.ts";

describe("a pattern of events", () => {
  const refused: readonly (readonly [pattern: unknown, complaint: string])[] = [
    [["aws.ec2"], "Filter is not an object"],
    [{}, "Empty objects are not allowed"],
    [{ source: "aws.ec2" }, '"source" must be an object or an array'],
    [{ detail: { count: 1 } }, '"count" must be an object or an array'],
    [{ source: [] }, "Empty arrays are not allowed"],
    [{ source: [["aws.ec2"]] }, "Match value must be String, number, true, false, or null"],
    [{ source: [{ prefix: "a", suffix: "b" }] }, "Only one key allowed in match expression"],
    [{ source: [{ EXISTS: true }] }, "Unrecognized match type EXISTS"],
    [{ source: [{ exists: "yes" }] }, "exists match pattern must be either true or false."],
    [{ source: [{ prefix: ["aws"] }] }, "prefix match pattern must be a string"],
    [{ source: [{ suffix: 1 }] }, "suffix match pattern must be a string"],
    [{ source: [{ wildcard: 1 }] }, "wildcard match pattern must be a string"],
    [{ source: [{ "equals-ignore-case": [] }] }, "equals-ignore-case match pattern must be a string"],
    [{ source: [{ numeric: 5 }] }, "Value of numeric must be an array."],
    [
      { source: [{ "anything-but": null }] },
      "Value of anything-but must be an array or single string/number value.",
    ],
    [{ source: [{ "anything-but": { exists: false } }] }, "Unsupported anything-but pattern: exists"],
    [{ $or: [{ a: ["b"] }, { c: "d" }] }, '"c" must be an object or an array'],
  ];
  for (const [pattern, complaint] of refused) {
    it(`is none in ${JSON.stringify(pattern)}`, () => {
      expect(complaintAboutPattern(pattern)).to.equal(complaint);
    });
  }

  const taken: readonly unknown[] = [
    { source: ["aws.ec2", 1, true, null], detail: { state: ["running"] } },
    { source: [{ prefix: { "equals-ignore-case": "AWS" } }, { suffix: ".com" }, { wildcard: "a*b" }] },
    { count: [{ numeric: [">", 0, "<=", 5] }, { exists: false }], ip: [{ cidr: "10.0.0.0/24" }] },
    { state: [{ "anything-but": ["a"] }, { "anything-but": 5 }, { "anything-but": { prefix: "x" } }] },
    { $or: [{ a: ["b"] }, { c: { d: [{ "equals-ignore-case": "E" }] } }] },
  ];
  for (const pattern of taken) {
    it(`is ${JSON.stringify(pattern)}`, () => {
      expect(complaintAboutPattern(pattern)).to.equal(undefined);
    });
  }
});
