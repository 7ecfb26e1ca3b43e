import { spawnSync } from "node:child_process";

/** How a command ended. */
export interface Ended {
  readonly output: string;
  /** What it said of why it failed; `undefined` where it did not. */
  readonly failure: string | undefined;
}

/** Runs a command of the machine, in the program's folder; `undefined` where there is none of that name. */
export type Run = (command: string, args: readonly string[], input?: string) => Ended | undefined;

/** A registry that does not answer shall not hold up the program for longer. */
const patienceMilliseconds = 120_000;

/** Manifests of large charts are tens of megabytes. */
const mostBytes = 256 * 1024 * 1024;

/** Runs it, and waits until it has ended. What it is given on its standard input, such as values that are secret, is on no disk. */
export const runHere: Run = (command, args, input = "") => {
  const ended = spawnSync(command, args, {
    input,
    encoding: "utf8",
    timeout: patienceMilliseconds,
    maxBuffer: mostBytes,
  });
  const code: unknown = ended.error === undefined ? undefined : Reflect.get(ended.error, "code");
  if (code === "ENOENT") return undefined;
  // The error of the runtime would quote the command line.
  if (ended.error !== undefined) return { output: "", failure: `it did not end: ${String(code)}` };
  return { output: ended.stdout, failure: ended.status === 0 ? undefined : ended.stderr.trim() };
};
