import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const analyzerToken = "aws:accessanalyzer/analyzer:Analyzer";

let world: World;
function analyzer(inputs: Properties = {}, name = "main"): Settled {
  return world.make(analyzerToken, name, { analyzerName: name, ...inputs });
}
function rule(inputs: Properties = {}, name = "own"): Settled {
  return world.make("aws:accessanalyzer/archiveRule:ArchiveRule", name, {
    ...{ analyzerName: "main", ruleName: "own", filters: [{ criteria: "isPublic", eqs: ["false"] }] },
    ...inputs,
  });
}

describe("an analyzer of access", () => {
  beforeEach(() => {
    world = new World();
  });

  it("goes by its name", () => {
    const { id, state } = analyzer();
    expect(id).to.equal("main");
    expect(state.arn).to.equal("arn:aws:access-analyzer:eu-west-1:123456789012:analyzer/main");
  });

  it("refuses a second one of the account in a region, but not one of another kind", () => {
    analyzer();
    expect(refusalOf(() => analyzer({}, "second"))).to.equal(
      "ServiceQuotaExceededException: Service quota met error.",
    );
    const type = "ACCOUNT_UNUSED_ACCESS";
    expect(analyzer({ type }, "unused").id).to.equal("unused");
    expect(refusalOf(() => analyzer({ type }, "third"))).to.equal(
      "ServiceQuotaExceededException: Service quota met error.",
    );
  });

  it("refuses a name that is taken", () => {
    analyzer();
    const type = "ACCOUNT_UNUSED_ACCESS";
    expect(refusalOf(() => analyzer({ analyzerName: "main", type }, "again"))).to.equal(
      "ConflictException: A conflict exception error.",
    );
  });

  it("has rules that go by both names, each once", () => {
    analyzer();
    expect(rule().id).to.equal("main/own");
    expect(refusalOf(() => rule({}, "again"))).to.equal("ConflictException: A conflict exception error.");
  });

  it("refuses a rule of an analyzer that does not exist", () => {
    expect(refusalOf(() => rule())).to.equal(
      "ResourceNotFoundException: The specified resource could not be found: main",
    );
  });
});

describe("Inspector", () => {
  it("goes by the accounts and the kinds that it looks at, each in order", () => {
    const { id } = new World().make("aws:inspector2/enabler:Enabler", "all", {
      accountIds: ["210987654321", "123456789012"],
      resourceTypes: ["LAMBDA", "EC2"],
    });
    expect(id).to.equal("123456789012:210987654321-EC2:LAMBDA");
  });
});
