import { spawnSync } from "node:child_process";
import { hasUpdated, readEvents } from "../events.ts";
import { orphansOf } from "../kubernetes/orphans.ts";
import { readState, summarise } from "../summary.ts";
import type { Run } from "./inside.ts";

/**
 * Prints what was done, what the policies said, and how long AWS would have taken, unless the command failed or the engine was asked
 * for a preview at most.
 */
export function report({ workspace: { root, stack }, account, environment, succeeded, events }: Run): void {
  if (!succeeded || !hasUpdated(events)) return;
  const exported = spawnSync("pulumi", ["stack", "export", "--stack", stack], {
    cwd: root,
    env: environment,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const state: unknown = JSON.parse(exported.stdout);
  const { accountId } = account;
  const { resources, outputs } = readState(state);
  const orphans = resources.length === 0 ? orphansOf(account) : [];
  const policies = readEvents(events);
  console.log(
    `\n${summarise({ accountId, stack, policies, operations: account.operations(), resources, outputs, orphans })}`,
  );
}
