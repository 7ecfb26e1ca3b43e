import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { policies } from "../../policy-pack/policies.ts";
import { readEvents } from "../../sandbox/events.ts";
import { junitOf } from "./junit.ts";
import { auditOf, isMandatory } from "./report.ts";
import type { Audit } from "./report.ts";
import { sarifOf } from "./sarif.ts";
import { tableOf } from "./table.ts";

const root = resolve(import.meta.dirname, "../..");

interface Options {
  readonly stack: string;
  readonly target: string;
  readonly home: string;
  readonly file?: string;
  readonly output: string;
}

/** Largest report of the engine in bytes: some kilobytes a finding. */
const maxBuffer = 1 << 28;

/**
 * Judges the state of a stack by the pack, with the stack's own levels: the engine does not tell a pack that only analyses which stack it
 * looks at. Nothing is deployed, and no program runs.
 *
 * @returns the engine's events; undefined where it could not analyse, and has said why
 */
function analyse({ stack, target, home, file }: Options): string | undefined {
  const what = file === undefined ? ["--stack", stack] : ["--file", resolve(file)];
  const analysis = [
    "pulumi",
    "policy",
    "analyze",
    "--json",
    "--policy-pack",
    join(root, "policy-pack"),
    ...what,
  ];
  const command = ["env", `PULUMI_NODEJS_STACK=${stack}`, ...analysis];
  const inside = [
    process.execPath,
    join(root, "sandbox/main.ts"),
    "run",
    "--stack",
    stack,
    "--home",
    home,
    "--",
  ];
  const [program = "", ...args] = target === "aws" ? command : [...inside, ...command];
  const { stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8", maxBuffer });
  const events = stdout.split("\n").filter((line) => line.startsWith("{"));
  if (events.some((line) => line.includes('"summaryEvent"'))) return events.join("\n");
  console.error(`${stdout}${stderr}`.trim());
  return undefined;
}

function write(audit: Audit, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${audit.stack}.sarif`), `${JSON.stringify(sarifOf(audit), undefined, 2)}\n`);
  writeFileSync(join(folder, `${audit.stack}.junit.xml`), junitOf(audit));
}

new Command("audit")
  .description(
    "judge what is deployed by the policy pack: ends with 1 for mandatory findings, with 2 where nothing could be judged",
  )
  .option("-s, --stack <name>", "the stack, and the levels it is judged by", "dev")
  .option("--target <where>", "sandbox, or aws for the stack in the current backend", "sandbox")
  .option("--home <folder>", "where the sandbox keeps accounts and state", ".sandbox")
  .option("--file <state>", "a state as `pulumi stack export` writes it, instead of the stack's own")
  .option("--output <folder>", "where the SARIF and JUnit files go", ".audit")
  .action((options: Options) => {
    const events = analyse(options);
    if (events === undefined) {
      process.exitCode = 2;
      return;
    }
    const audit = auditOf(options.stack, policies, readEvents(events));
    write(audit, options.output);
    console.log(tableOf(audit));
    process.exitCode = audit.findings.some(isMandatory) ? 1 : 0;
  })
  .parse();
