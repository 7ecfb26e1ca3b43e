import { execFile } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { Command } from "commander";
import { z } from "zod";
import type { Measured } from "./measure.ts";
import { measure } from "./measure.ts";
import { costOf, startTime } from "./policies.ts";
import type { Subject } from "./policies.ts";
import { addServices, copyAsDefault, copyProgram, writeLargeProgram } from "./variants.ts";

const root = resolve(import.meta.dirname, "../..");
const place = join(root, ".sandbox", "bench");

/** One copy of the program, with a sandbox and caches of its own. */
interface Copy {
  readonly folder: string;
  readonly home: string;
}

/** Runs one engine command. `first` forgets what TypeScript and Node compiled before, as on a CI machine. */
function engine({ folder, home }: Copy, command: string, stack: string, first: boolean): Promise<Measured> {
  const caches = join(folder, "caches");
  if (first) rmSync(caches, { recursive: true, force: true });
  mkdirSync(caches, { recursive: true });
  const env = { ...process.env, TMPDIR: caches, NODE_COMPILE_CACHE: join(caches, "node") };
  const sandbox = join(root, "sandbox/main.ts");
  const optional = ["--set", "policyPack=optional"];
  return measure([process.execPath, sandbox, command, "--stack", stack, "--home", home, ...optional], {
    cwd: folder,
    env,
  });
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
  if (stacks.length === 0) return;
  const ours = { folder: join(place, "ours"), home: "sandbox" };
  const theirs = { folder: join(place, "default"), home: "sandbox" };
  copyProgram(ours.folder);
  copyAsDefault(theirs.folder);
  // The pack answers the engine itself and has no default form; what it costs is measured by itself.
  for (const { folder } of [ours, theirs]) rmSync(join(folder, "policy-pack"), { recursive: true });
  row("", "ours", "default set-up", "ratio");
  for (const stack of stacks) {
    for (const [what, command, first] of runs) {
      const one = await engine(ours, command, stack, first);
      const other = await engine(theirs, command, stack, first);
      row(`${stack}: ${what}`, shown(one), shown(other), ratio(one, other));
    }
  }
}

/** A first run compiles everything, as each run on a CI machine does; a run after it finds the caches full. */
const runs = [
  ["preview, nothing compiled yet", "preview", true],
  ["preview once more", "preview", false],
  ["up, nothing compiled yet", "up", true],
] as const;

/** How a preview grows with the number of services. */
async function slope(counts: readonly number[]): Promise<void> {
  if (counts.length === 0) return;
  row("", "preview", "per service");
  const copy = (count: number): Copy => ({
    folder: join(place, "services"),
    home: `sandbox-${String(count)}`,
  });
  copyProgram(copy(0).folder);
  const base = await engine(copy(0), "preview", "dev", true);
  row("dev", shown(base));
  for (const count of counts) {
    copyProgram(copy(count).folder);
    addServices(copy(count).folder, "dev", count);
    const taken = await engine(copy(count), "preview", "dev", true);
    const each = ((taken.seconds - base.seconds) / count) * 1000;
    row(`dev and ${String(count)} services more`, shown(taken), `${each.toFixed(1)} ms`);
  }
}

/** How much of a first update is the sandbox's own work: its computing time, beside the time on the clock. */
async function share(stacks: readonly string[]): Promise<void> {
  for (const stack of stacks) {
    const home = join(place, `share-${stack}`);
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, "tools/bench/share.ts"), stack, home],
      { cwd: root, maxBuffer: 1 << 30 },
    );
    const { own, total } = shareSchema.parse(JSON.parse(stdout.trim().split("\n").at(-1) ?? ""));
    row(
      `${stack}: up, the sandbox's own share`,
      `${own.toFixed(1)} of ${total.toFixed(1)} s`,
      `${((own / total) * 100).toFixed(1)} %`,
    );
  }
}

const shareSchema = z.object({ own: z.number(), total: z.number() });

/** An update of very many resources, whose state is written once, in the end. */
async function large(counts: readonly number[]): Promise<void> {
  for (const count of counts) {
    const folder = join(place, "large");
    writeLargeProgram(folder, count);
    const env = { ...process.env, PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" };
    const sandbox = join(root, "sandbox/main.ts");
    const taken = await measure([process.execPath, sandbox, "up", "--stack", "dev", "--", "--skip-preview"], {
      cwd: folder,
      env,
    });
    row(
      `up of ${String(count)} resources`,
      shown(taken),
      `${((taken.seconds / count) * 1000).toFixed(1)} ms each`,
    );
  }
}

/** What the policy pack costs, on the compliant resources of its tests. */
async function policyPack(counts: readonly number[]): Promise<void> {
  if (counts.length === 0) return;
  const { compliant } = await import("../../tests/policy-pack/fixtures/compliant.ts");
  const subjects = Object.entries(compliant).map(([type, props]): Subject => ({ type, props }));
  const starts: number[] = [];
  for (let time = 0; time < 5; time += 1) starts.push(await startTime());
  row("policy pack, start", `${starts.toSorted((a, b) => a - b)[2]?.toFixed(2) ?? "?"} s`);
  row("policy pack, a resource", "by itself", "in the stack", "messages");
  for (const count of counts) {
    const { alone, together, messages } = costOf(subjects, count);
    row(`${String(count)} resources`, ...[alone, together, messages].map((cost) => `${cost.toFixed(2)} ms`));
  }
}

/** The parts of a list with commas. */
function listed(text: string): readonly string[] {
  return text.split(",").filter((part) => part !== "");
}

await new Command("bench")
  .description("time and memory of preview and up, and what the policies cost")
  .option("--stacks <names>", "which stacks to compare", "dev,staging,prod")
  .option("--services <counts>", "how many services to add for the slope", "100,300,1000")
  .option("--resources <counts>", "how many resources one update makes", "10000")
  .option("--policies <counts>", "how many resources the policy pack judges", "300,3000")
  .action(
    async ({
      stacks,
      services,
      resources,
      policies,
    }: Readonly<Record<"stacks" | "services" | "resources" | "policies", string>>) => {
      try {
        await policyPack(listed(policies).map(Number));
        await compare(listed(stacks));
        await share(listed(stacks));
        await large(listed(resources).map(Number));
        await slope(listed(services).map(Number));
      } finally {
        rmSync(place, { recursive: true, force: true });
      }
    },
  )
  .parseAsync();
