import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { likenessOf } from "./likeness.ts";
import type { Recording } from "./kills.ts";
import { compare, record, resume } from "./kills.ts";
import { Sandbox } from "../sandbox.ts";

/** `tests/engine/rehearsals/main.ts kills` kills at every operation; here three, each of another process, and one from a recording. */
describe("the dev stack that is killed", function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), "kills-"));
  const sandbox = new Sandbox("dev");
  let recording: Recording = { folder, operations: 0, likeness: [] };
  before(async () => {
    recording = await record(join(folder, "recording"));
  });
  after(() => {
    sandbox.remove();
    rmSync(folder, { recursive: true });
  });

  it("ends as an undisturbed deployment does, whichever process died, with nothing orphaned and nothing twice", async () => {
    for (const [part, victim] of [
      [0.2, "provider"],
      [0.4, "program"],
      [0.6, "cli"],
    ] as const) {
      const killed = await sandbox.killedUp(Math.floor(recording.likeness.length * part), victim);
      expect(killed.code, victim).not.to.equal(0);
      expect(sandbox.things().length, victim).to.be.lessThan(recording.likeness.length);
      const recovered = await sandbox.recover();
      expect(recovered.code, recovered.output).to.equal(0);
    }
    const { code, output } = await sandbox.engine("up");
    expect(code, output).to.equal(0);
    const found = sandbox.account((account) => likenessOf(account.everything()));
    expect(compare(recording.likeness, found)).to.deep.equal({ missing: [], added: [] });
  });

  it("ends likewise when all of it is killed between an operation and its answer", async () => {
    const operation = Math.floor(recording.operations * 0.8);
    const resumed = await resume(recording, { operation, moment: "after" }, join(folder, "resumed"));
    expect(resumed).to.deep.equal({ missing: [], added: [] });
  });
});
