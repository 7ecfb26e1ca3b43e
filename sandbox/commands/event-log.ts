import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Workspace } from "../workspace.ts";

/** Where this process lets the engine write its events: a second run of the stack, which will find it locked, has another. */
export function ownEvents({ events }: Workspace): string {
  return `${events}.${process.pid}`;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Forgets the events of runs that were killed. */
export function forgetAbandonedEvents({ events }: Workspace): void {
  const folder = dirname(events);
  if (!existsSync(folder)) return;
  for (const file of readdirSync(folder)) {
    const [, log, pid] = /^(.*)\.(\d+)$/.exec(file) ?? [];
    if (log === basename(events) && !isRunning(Number(pid))) rmSync(join(folder, file));
  }
}

/**
 * What the engine said in this run, which thereby is the last one. What it says for those who debug it is not kept: there it writes what
 * programs register, secrets in the open.
 */
export function keepEvents(workspace: Workspace): string {
  const own = ownEvents(workspace);
  if (!existsSync(own)) return "";
  const said = readFileSync(own, "utf8").split("\n");
  const kept = said.filter((line) => !line.includes('"severity":"debug"')).join("\n");
  rmSync(own);
  writeFileSync(workspace.events, kept);
  return kept;
}
