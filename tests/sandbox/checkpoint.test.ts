import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "chai";
import { mendCheckpoint } from "../../sandbox/checkpoint.ts";

describe("a state that a kill has torn", () => {
  let state = "";
  const fileOf = (suffix = ""): string => join(state, `.pulumi/stacks/shop/dev.json${suffix}`);
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), "checkpoint-"));
    mkdirSync(dirname(fileOf()), { recursive: true });
    writeFileSync(fileOf(".bak"), '{"version":1}');
  });
  afterEach(() => {
    rmSync(state, { recursive: true });
  });

  it("is the version before again, whether it is empty, half written or away", () => {
    for (const torn of ["", '{"version":', undefined]) {
      if (torn === undefined) rmSync(fileOf());
      else writeFileSync(fileOf(), torn);
      expect(mendCheckpoint({ state, stack: "dev" }), torn).to.equal(true);
      expect(readFileSync(fileOf(), "utf8")).to.equal('{"version":1}');
    }
  });

  it("is left alone where it is whole, or its backup is not", () => {
    writeFileSync(fileOf(), '{"version":2}');
    expect(mendCheckpoint({ state, stack: "dev" })).to.equal(false);
    writeFileSync(fileOf(".bak"), "");
    writeFileSync(fileOf(), "");
    expect(mendCheckpoint({ state, stack: "dev" })).to.equal(false);
    expect(readFileSync(fileOf(), "utf8")).to.equal("");
  });
});
