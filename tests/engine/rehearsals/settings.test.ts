import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import fc from "fast-check";
import { parseDocument } from "yaml";
import { parseSettings } from "../../../config.ts";
import { isRecord } from "../../../sandbox/values.ts";
import { parseChange } from "../../../sandbox/workspace.ts";
import { grown, soak, someSettings } from "./settings.ts";

/** The dev stack's settings with changes, by section. */
function changed(changes: readonly string[]): Readonly<Record<string, unknown>> {
  const document = parseDocument(readFileSync("Pulumi.dev.yaml", "utf8"));
  for (const { path, value } of changes.map(parseChange)) {
    const [section = "", ...rest] = path;
    document.setIn(["config", `groundwork:${section}`, ...rest], value);
  }
  const file: unknown = document.toJS();
  const config = isRecord(file) && isRecord(file.config) ? Object.entries(file.config) : [];
  return Object.fromEntries(
    config
      .filter(([key]) => key.startsWith("groundwork:"))
      .map(([key, value]) => [key.replace("groundwork:", ""), value]),
  );
}

/** Two rounds here; `tests/engine/rehearsals/main.ts settings` goes on for as many as wanted. */
describe("random valid settings of the dev stack", function () {
  this.timeout(600_000);

  it("are valid, in every round", () => {
    fc.assert(
      fc.property(someSettings, fc.integer({ min: 0, max: 20 }), (settings, round) => {
        expect(() => parseSettings("dev", changed([...grown(round), ...settings]))).not.to.throw();
      }),
      { numRuns: 200 },
    );
  });

  it("are deployed, settle, are changed in place or replaced, and leave an empty account", async () => {
    const folder = mkdtempSync(join(tmpdir(), "settings-"));
    await soak(join(folder, "home"), { seed: 2, rounds: 2 });
    rmSync(folder, { recursive: true });
  });
});
