import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { Sources } from "./inputs.ts";
import { readInputs } from "./inputs.ts";
import { draw } from "./report/plot.ts";
import { markdownOf, reportOf } from "./report/report.ts";
import type { Verdict } from "./report/verdicts.ts";
import { judge } from "./report/verdicts.ts";

interface Options extends Sources {
  readonly seed: number;
  readonly out?: string;
  readonly require?: boolean;
}

/** Exit codes: a promise failed that `--require` demands, and nothing could be simulated. */
const [promiseFailed, notSimulated] = [1, 2];

/** `node simulation/main.ts --stack prod --profile flash-crowd`: simulates, writes the report, prints the verdicts. */
async function run(options: Options): Promise<void> {
  const { stack, seed, out } = options;
  const { objects, cluster, profile } = readInputs(options);
  const judgement = judge({ cluster, profile, seed });
  const report = reportOf(cluster, profile, seed, judgement);
  const folder = resolve(
    out ?? join(import.meta.dirname, "../.sandbox/simulation", `${stack}-${profile.name}`),
  );
  mkdirSync(folder, { recursive: true });
  const title = `${stack}, ${profile.name}: ${profile.about}`;
  writeFileSync(join(folder, "report.md"), markdownOf(report, profile));
  writeFileSync(join(folder, "report.json"), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(join(folder, "objects.json"), `${JSON.stringify(objects, undefined, 2)}\n`);
  writeFileSync(join(folder, "plot.svg"), await draw(title, judgement.main.recording, profile));
  console.log([...report.verdicts.map(lineOf), "", join(folder, "report.md")].join("\n"));
  const hasFailed = report.verdicts.some(({ result }) => result === "fail");
  if (options.require === true && hasFailed) process.exitCode = promiseFailed;
}

function lineOf({ name, result, measured, limit }: Verdict): string {
  const what = `${result.padEnd(14)} ${name}: ${measured}`;
  return limit === "" ? what : `${what}\n${" ".repeat(15)}${limit}`;
}

function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("must be a whole number, such as 1");
  return Number(value);
}

const program = new Command("simulation")
  .description(
    "Simulates how a stack scales under a load, second by second, from the objects of its own graph",
  )
  .option("-s, --stack <name>", "the stack", "dev")
  .option("-p, --profile <name>", "the load: one of simulation/profiles, or a file", "flash-crowd")
  .option("--seed <number>", "what its chances start from", wholeNumber, 1)
  .option("-o, --out <folder>", "where the report goes (default: .sandbox/simulation/<stack>-<profile>)")
  .option(
    "--objects <file>",
    "objects of an earlier run's objects.json, instead of deploying the stack in the sandbox",
  )
  .option("--require", "exit with 1 where a promise fails")
  .exitOverride()
  .action(run);

try {
  await program.parseAsync();
} catch (error) {
  // What Commander throws it has printed already; a page of help is no failure.
  if (!(error instanceof CommanderError)) {
    console.error(`simulation: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = notSimulated;
  } else if (error.exitCode !== 0) process.exitCode = notSimulated;
}
