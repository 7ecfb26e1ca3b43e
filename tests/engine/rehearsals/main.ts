import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { faultKinds, isFaultKind } from "../../../sandbox/faults/model.ts";
import { isRecord } from "../../../sandbox/values.ts";
import { Engine } from "./engine.ts";
import { weather } from "./faults.ts";
import type { Kill } from "./kills.ts";
import { compare, moments, record, resume } from "./kills.ts";
import { likenessOf } from "./likeness.ts";
import { soak } from "./settings.ts";

/** One line of a result, which is kept so that a rehearsal can go on where it was stopped. */
interface Line {
  readonly what: string;
  readonly verdict: string;
  readonly seconds: number;
}

function linesOf(file: string): readonly Line[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line): unknown => JSON.parse(line))
    .flatMap((line) =>
      isRecord(line)
        ? [{ what: String(line.what), verdict: String(line.verdict), seconds: Number(line.seconds) }]
        : [],
    );
}

const isGood = ({ verdict }: Line): boolean => verdict.startsWith("as undisturbed");

/** Does what has not ended well yet, some at a time, and tells each verdict. */
async function each(
  file: string,
  workers: number,
  tasks: ReadonlyMap<string, () => Promise<string>>,
): Promise<void> {
  const done = new Set(
    linesOf(file)
      .filter(isGood)
      .map(({ what }) => what),
  );
  const waiting = [...tasks].filter(([what]) => !done.has(what));
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [what, task] = next;
      const start = Date.now();
      const line: Line = { what, verdict: await task(), seconds: Math.round((Date.now() - start) / 1000) };
      appendFileSync(file, `${JSON.stringify(line)}\n`);
      console.log(`${line.what.padEnd(28)} ${String(line.seconds).padStart(4)} s  ${line.verdict}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  const last = new Map(linesOf(file).map((line) => [line.what, line]));
  const bad = [...last.values()].filter((line) => tasks.has(line.what) && !isGood(line));
  console.log(`${tasks.size - bad.length} of ${tasks.size} end as an undisturbed run does`);
  for (const { what, verdict } of bad) console.log(`${what}: ${verdict}`);
  process.exitCode = bad.length === 0 ? 0 : 1;
}

/** As much of what is wrong as fits a line. */
function some(lines: readonly string[]): string {
  const different = [...new Set(lines)].map((line) => line.trim().slice(0, 120));
  const more = different.length > 3 ? ` | and ${String(different.length - 3)} more` : "";
  return different.slice(0, 3).join(" | ") + more;
}

function verdictOf(
  failure: string | undefined,
  missing: readonly string[],
  added: readonly string[],
): string {
  if (failure !== undefined)
    return `failed: ${some(failure.split("\n").filter((line) => /^ +error: /.test(line)))}`;
  if (missing.length === 0 && added.length === 0) return "as undisturbed";
  return `missing ${missing.length}: ${some(missing)}; added ${added.length}: ${some(added)}`;
}

interface Options {
  readonly folder: string;
  readonly workers: string;
  readonly every: string;
  readonly kind?: readonly string[];
  readonly rounds: string;
  readonly seed: string;
}

async function kills({ folder, workers, every }: Options): Promise<void> {
  const recording = await record(join(folder, "recording"));
  const killed = Array.from({ length: recording.operations }, (_, index) => index + 1)
    .filter((operation) => (operation - 1) % Number(every) === 0)
    .flatMap((operation) => moments.map((moment): Kill => ({ operation, moment })));
  const tasks = killed.map((kill): [string, () => Promise<string>] => {
    const what = `killed ${kill.moment} ${kill.operation}`;
    return [
      what,
      async () => {
        const home = join(folder, what.replaceAll(" ", "-"));
        rmSync(home, { recursive: true, force: true });
        const { failure, missing, added } = await resume(recording, kill, home);
        const verdict = verdictOf(failure, missing, added);
        if (verdict === "as undisturbed") rmSync(home, { recursive: true });
        return verdict;
      },
    ];
  });
  await each(join(folder, "kills.jsonl"), Number(workers), new Map(tasks));
}

async function faults({ folder, workers, kind }: Options): Promise<void> {
  const recording = await record(join(folder, "recording"));
  const kinds = Object.keys(faultKinds)
    .filter(isFaultKind)
    .filter((one) => kind?.includes(one) ?? true);
  const tasks = kinds.map((one): [string, () => Promise<string>] => [
    `${one} with each resource`,
    async () => {
      const home = join(folder, one);
      rmSync(home, { recursive: true, force: true });
      const engine = new Engine(home);
      const up = await weather(engine, home, "up", one);
      const { missing, added } = compare(recording.likeness, likenessOf(engine.things()));
      const verdict = verdictOf(up.failure, missing, added);
      if (verdict !== "as undisturbed") return verdict;
      const destroy = await weather(engine, home, "destroy", one);
      const left = engine.things().length;
      if (destroy.failure !== undefined || left > 0)
        return `${verdictOf(destroy.failure, [], [])}; ${left} things left by destroy`;
      return `${verdict}: ${up.operations} operations in ${up.runs} runs, ${destroy.operations} deletions in ${destroy.runs}`;
    },
  ]);
  await each(join(folder, "faults.jsonl"), Number(workers), new Map(tasks));
}

async function settings({ folder, rounds, seed }: Options): Promise<void> {
  const home = join(folder, `settings-${seed}`);
  rmSync(home, { recursive: true, force: true });
  await soak(home, { seed: Number(seed), rounds: Number(rounds), tell: console.log });
}

const program = new Command("rehearsals").description(
  "What takes longer than a test may: the dev stack under every kill, every fault, and random changes",
);
const commands = {
  kills: [kills, "kill everything at each operation, recover, deploy, and compare"],
  faults: [faults, "let each resource meet each kind of fault once, made and deleted, and compare"],
  settings: [settings, "deploy random valid settings, change them round after round, and destroy to nothing"],
} as const;
for (const [name, [action, description]] of Object.entries(commands)) {
  program
    .command(name)
    .description(description)
    .option(
      "--folder <folder>",
      "where runs and results are kept, so that it goes on where it was stopped",
      ".sandbox/rehearsals",
    )
    .option("--workers <count>", "how many at a time", "2")
    .option("--every <n>", "only every n-th operation", "1")
    .option("--kind <kind...>", "only these kinds of fault")
    .option("--rounds <count>", "how many changes of settings", "20")
    .option("--seed <number>", "which random settings", "1")
    .action(async (options: Options) => {
      const folder = resolve(options.folder);
      mkdirSync(folder, { recursive: true });
      await action({ ...options, folder });
    });
}
await program.parseAsync();
