import { copyFileSync, existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Workspace } from "./workspace.ts";

function isWhole(file: string): boolean {
  try {
    JSON.parse(readFileSync(file, "utf8"));
    return true;
  } catch {
    return false;
  }
}

/**
 * Puts back the version before where the state is torn: the local backend keeps it beside the state, since it does not write in one
 * go, and a `kill -9` in between leaves half a file. A backend in S3 has whole versions only.
 * @returns whether it was torn.
 */
export function mendCheckpoint({ state, stack }: Pick<Workspace, "state" | "stack">): boolean {
  const torn = globSync(`.pulumi/stacks/*/${stack}.json.bak`, { cwd: state })
    .map((file) => join(state, file))
    .map((backup) => ({ backup, file: backup.replace(/\.bak$/, "") }))
    .filter(({ backup, file }) => isWhole(backup) && !(existsSync(file) && isWhole(file)));
  for (const { backup, file } of torn) copyFileSync(backup, file);
  return torn.length > 0;
}
