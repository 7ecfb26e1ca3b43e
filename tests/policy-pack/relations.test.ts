import { expect } from "chai";

import { policies } from "../../policy-pack/policies.ts";
import { compliantStack } from "./fixtures/compliant-stack.ts";
import { noticed } from "./fixtures/noticed.ts";
import { findersIn, noticedIn, sourcesOf } from "./support/relations.ts";

const onRelations = policies.filter(({ kind }) => kind === "stack").map(({ name }) => name);

describe("a change in a stack that keeps every policy on relations", () => {
  const found = noticedIn(compliantStack);

  it("starts from a stack in which none of them finds anything", () => {
    expect([...findersIn(sourcesOf(compliantStack))]).to.deep.equal([]);
  });

  for (const name of onRelations) {
    it(`is found by ${name} wherever it looks`, () => {
      expect(found[name]?.join("\n")).to.equal(noticed[name]?.split(" ").join("\n"));
    });
  }
});
