import type { ChildProcess, SpawnOptions } from "node:child_process";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { Writable } from "node:stream";

/** How long an interrupted program may take to clean up before it is killed, in milliseconds. */
const graceMilliseconds = 5_000;

const running = new Set<ChildProcess>();

/** How a process came to its end: by itself with a code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/**
 * The longest environment entry that is handed over as such, in characters. Linux takes none over 128 KiB (execve(2), "Limits on size
 * of arguments and environment"), and a thousand services are more than that.
 */
const longestEntry = 30_000;

const reader = join(import.meta.dirname, "large-environment.ts");

/** What a process of Node is started with. */
export interface NodeOptions extends Omit<SpawnOptions, "env" | "stdio"> {
  readonly env: NodeJS.ProcessEnv;
  readonly stdio: readonly ("ignore" | "inherit" | "pipe")[];
}

/** Starts Node, whose environment entries may be of any size. */
export function startNode(args: readonly string[], { env, stdio, ...options }: NodeOptions): ChildProcess {
  const entries = Object.entries(env);
  const large = entries.filter(([, value = ""]) => value.length > longestEntry);
  if (large.length === 0) return start(process.execPath, args, { ...options, env, stdio: [...stdio] });
  const small = Object.fromEntries(entries.filter(([, value = ""]) => value.length <= longestEntry));
  const reading = ["--import", reader, ...args];
  const child = start(process.execPath, reading, { ...options, env: small, stdio: [...stdio, "pipe"] });
  const pipe = child.stdio[stdio.length];
  if (pipe instanceof Writable) pipe.end(JSON.stringify(Object.fromEntries(large)));
  return child;
}

/** Starts a process that does not outlive the host. */
export function start(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, options);
  running.add(child);
  const forget = (): void => {
    running.delete(child);
  };
  return child.once("close", forget).once("error", forget);
}

/** Resolves once the process has ended and all it wrote has been read; rejects when it could not be started. */
export function ended(child: ChildProcess): Promise<Ending> {
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => {
      resolve({ code, signal });
    });
  });
}

/** Asks a process to stop, and makes it stop if it does not. */
export function interrupt(child: ChildProcess): void {
  child.kill("SIGINT");
  setTimeout(() => child.kill("SIGKILL"), graceMilliseconds).unref();
}

/** Asks every process to stop, and makes it stop if it does not. */
export function interruptAll(): void {
  running.forEach(interrupt);
}

/** Ends every process at once: for when nobody is left to wait for them. */
export function killAll(): void {
  for (const child of running) child.kill("SIGKILL");
}
