import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { forgetAbandonedEvents, keepEvents, ownEvents } from "../../../sandbox/commands/event-log.ts";
import type { Workspace } from "../../../sandbox/workspace.ts";
import { workspaceOf } from "../../../sandbox/workspace.ts";

describe("the events of a run", () => {
  let root = "";
  let workspace: Workspace;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "events-"));
    workspace = workspaceOf(root, "dev");
    mkdirSync(workspace.folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it("become those of the last run when it has ended", () => {
    writeFileSync(workspace.events, "old");
    writeFileSync(ownEvents(workspace), "new");
    expect(keepEvents(workspace)).to.equal("new");
    expect(existsSync(ownEvents(workspace))).to.equal(false);
  });

  it("are kept without what is said for those who debug the engine, where secrets stand open", () => {
    const said = (severity: string, message: string): string =>
      JSON.stringify({ sequence: 1, diagnosticEvent: { message, severity } });
    const lines = [said("info", "made"), said("debug", "password: hunter2"), '{"summaryEvent":{}}', ""];
    writeFileSync(ownEvents(workspace), lines.join("\n"));
    const kept = [said("info", "made"), '{"summaryEvent":{}}', ""].join("\n");
    expect(keepEvents(workspace)).to.equal(kept);
    expect(readFileSync(workspace.events, "utf8")).to.equal(kept);
  });

  it("are none, and the last run's stay, when the engine did not start", () => {
    writeFileSync(workspace.events, "old");
    expect(keepEvents(workspace)).to.equal("");
    expect(existsSync(workspace.events)).to.equal(true);
  });

  it("are left to a run that is still going on, and forgotten of one that was killed", () => {
    const [running, killed] = [`${workspace.events}.${process.ppid}`, `${workspace.events}.999999999`];
    for (const file of [workspace.events, running, killed]) writeFileSync(file, "");
    forgetAbandonedEvents(workspace);
    expect([workspace.events, running, killed].map((file) => existsSync(file))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });
});
