import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import type { Measured } from "./measure.ts";
import { measure } from "./measure.ts";
import { addServices, copyAsDefault, copyProgram } from "./variants.ts";

const root = resolve(import.meta.dirname, "../..");
const place = join(root, ".sandbox", "bench");

/** Runs one engine command of the program in `folder` in a sandbox of its own. */
function engine(folder: string, command: string, stack: string, home: string): Promise<Measured> {
  const sandbox = join(root, "sandbox/main.ts");
  return measure([process.execPath, sandbox, command, "--stack", stack, "--home", home], { cwd: folder });
}

function row(what: string, ...cells: readonly string[]): void {
  console.log(what.padEnd(34) + cells.map((cell) => cell.padStart(20)).join(""));
}

function shown({ seconds, megabytes }: Measured): string {
  return `${seconds.toFixed(1)} s ${megabytes.toFixed(0)} MB`;
}

function ratio(ours: Measured, theirs: Measured): string {
  return `${(ours.seconds / theirs.seconds).toFixed(2)}x ${(ours.megabytes / theirs.megabytes).toFixed(2)}x`;
}

/** Preview and up of each stack, ours beside Pulumi's default set-up, one after the other in the same run. */
async function compare(stacks: readonly string[]): Promise<void> {
  const [ours, theirs] = [join(place, "ours"), join(place, "default")];
  copyProgram(ours);
  copyAsDefault(theirs);
  row("", "ours", "default set-up", "ratio");
  for (const stack of stacks) {
    for (const command of ["preview", "up"]) {
      const one = await engine(ours, command, stack, "sandbox");
      const other = await engine(theirs, command, stack, "sandbox");
      row(`${command} of ${stack}`, shown(one), shown(other), ratio(one, other));
    }
  }
}

/** How preview and up grow with the number of services. */
async function slope(counts: readonly number[]): Promise<void> {
  row("", "preview", "per service");
  const folder = join(place, "services");
  copyProgram(folder);
  const base = await engine(folder, "preview", "dev", "sandbox-0");
  row("dev", shown(base), "");
  for (const count of counts) {
    copyProgram(folder);
    addServices(folder, "dev", count);
    const taken = await engine(folder, "preview", "dev", `sandbox-${String(count)}`);
    row(
      `dev and ${String(count)} services`,
      shown(taken),
      `${(((taken.seconds - base.seconds) / count) * 1000).toFixed(1)} ms`,
    );
  }
}

await new Command("bench")
  .description("time and memory of preview and up")
  .option("--stacks <names>", "which stacks to compare", "dev,staging,prod")
  .option("--services <counts>", "how many services to add for the slope", "100,300,1000")
  .action(async ({ stacks, services }: { stacks: string; services: string }) => {
    try {
      await compare(stacks.split(","));
      await slope(services.split(",").map(Number));
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  })
  .parseAsync();
