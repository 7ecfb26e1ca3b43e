import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import type { FaultKind } from "../../../sandbox/faults/model.ts";
import { isFaultKind } from "../../../sandbox/faults/model.ts";
import { Engine } from "./engine.ts";
import { weather } from "./faults.ts";
import { compare } from "./kills.ts";
import { likenessOf } from "./likeness.ts";

/** In how many runs a program is deployed three of whose resources wait for each other, and how many of its resources meet the fault. */
const expected: Readonly<Record<FaultKind, readonly [runs: number, met: "all" | number]>> = {
  throttling: [1, "all"],
  "server-error": [1, "all"],
  "access-denied": [4, "all"],
  "insufficient-capacity": [2, 3],
  timeout: [4, "all"],
  "partial-creation": [4, "all"],
  "provider-dies": [4, "all"],
  "provider-dies-after": [4, "all"],
  "account-locked": [4, "all"],
};

/** `tests/engine/rehearsals/main.ts faults` does the same with the dev stack. */
describe("a program whose every resource meets a fault once", function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  const engineIn = (home: string): Engine =>
    new Engine(home, "dev", [], join(import.meta.dirname, "../fixtures/faults"));
  let undisturbed: readonly string[] = [];
  let resources = 0;
  before(async () => {
    const engine = engineIn(join(folder, "undisturbed"));
    const { code, output } = await engine.run("up");
    expect(code, output).to.equal(0);
    undisturbed = likenessOf(engine.things());
    resources = engine.things().filter(({ urn }) => urn !== "").length;
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  for (const kind of Object.keys(expected).filter(isFaultKind)) {
    const [runs, met] = expected[kind];
    it(`is deployed by ${runs === 1 ? "one run" : `${runs} runs`} as by an undisturbed one: ${kind}`, async () => {
      const home = join(folder, kind);
      const engine = engineIn(home);
      const weathered = await weather(engine, home, "up", kind);
      expect(weathered).to.deep.equal({ runs, operations: met === "all" ? resources : met });
      expect(compare(undisturbed, likenessOf(engine.things()))).to.deep.equal({ missing: [], added: [] });
    });
  }
});
