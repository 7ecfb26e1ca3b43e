import { expect } from "chai";
import { faultKinds, spellingOf } from "../../../sandbox/faults/model.ts";
import { parseFaults } from "../../../sandbox/faults/parse.ts";

describe("faults on the command line", () => {
  it("befall every operation, unless they say which", () => {
    expect(parseFaults(["timeout"])).to.deep.equal([{ kind: "timeout" }]);
  });

  it("may name a type, an operation and how often", () => {
    expect(
      parseFaults([
        "timeout:aws:rds/*",
        "provider-dies@40",
        "access-denied@first",
        "throttling:aws:iam/role:Role@*x30",
      ]),
    ).to.deep.equal([
      { kind: "timeout", type: "aws:rds/*" },
      { kind: "provider-dies", at: 40 },
      { kind: "access-denied", at: "first" },
      { kind: "throttling", type: "aws:iam/role:Role", times: 30 },
    ]);
  });

  it("are written as they are read", () => {
    const spellings = [
      "timeout",
      "timeout:aws:rds/*@3",
      "throttling@*x30",
      "throttling@firstx30",
      "server-error:*Bucket@2x5",
    ];
    expect(parseFaults(spellings).map(spellingOf)).to.deep.equal(spellings);
  });

  it("are refused with every mistake at once", () => {
    const attempt = (): unknown =>
      parseFaults(["flood", "timeout:aws s3", "timeout@0", "timeout@3x2", "throttling@3x2"]);
    expect(attempt).to.throw(
      [
        "--fault takes kind[:type][@operation[xtimes]]",
        `  flood: the kinds are ${Object.keys(faultKinds).join(", ")}`,
        '  timeout:aws s3: a type is like aws:s3/bucket:Bucket or aws:s3/*, got "aws s3"',
        "  timeout@0: after @ comes which operation, such as 12, first for each resource's first, or * for all, and how often, such as 12x30",
        "  timeout@3x2: only throttling and server-error can be counted with x: nobody asks again after the others",
      ].join("\n"),
    );
  });
});
