import { execFile, spawn } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What one command took. */
export interface Measured {
  /** Wall time in seconds. */
  readonly seconds: number;
  /** Peak of the resident memory of the command and all its descendants together, in MB. */
  readonly megabytes: number;
}

/** How often memory is looked at, in milliseconds: rare enough to cost nothing, often enough to see every process that matters. */
const interval = 150;

/** Runs a command to its end. @throws Error with the end of its output when it fails. */
export async function measure(
  command: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Measured> {
  const [program = "", ...args] = command;
  const started = performance.now();
  const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => output.push(chunk.toString()));
  let peak = 0;
  const watch = setInterval(() => {
    void residentMemory(child.pid ?? 0).then((megabytes) => {
      peak = Math.max(peak, megabytes);
    });
  }, interval);
  const code = await new Promise<number | null>((done) => child.on("close", done));
  clearInterval(watch);
  if (code !== 0)
    throw new Error(`${command.join(" ")} ended with ${String(code)}:\n${output.join("").slice(-3000)}`);
  return { seconds: (performance.now() - started) / 1000, megabytes: peak };
}

/** Memory of a process and all its descendants, in MB. */
async function residentMemory(root: number): Promise<number> {
  const { stdout } = await run("ps", ["-eo", "pid=,ppid=,rss="]);
  const processes = stdout
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  const children = Map.groupBy(processes, ([, parent = 0]) => parent);
  const sizes = new Map(processes.map(([pid = 0, , size = 0]) => [pid, size]));
  const sum = (pid: number): number => {
    const below = (children.get(pid) ?? []).map(([child = 0]) => sum(child));
    return (sizes.get(pid) ?? 0) + below.reduce((total, size) => total + size, 0);
  };
  return sum(root) / 1024;
}
