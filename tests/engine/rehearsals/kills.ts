import { copyFileSync, cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Carrier } from "../../../sandbox/operations.ts";
import { at, list } from "../../../sandbox/values.ts";
import { Engine, sandbox } from "./engine.ts";
import { likenessOf } from "./likeness.ts";

/** When everything is killed: when the service has been asked and has not done it, or when it has and nobody was told. */
export const moments = ["before", "after"] as const;

/** A point of a run at which everything is killed. */
export interface Kill {
  /** Counted from 1 over all operations of the run. */
  readonly operation: number;
  readonly moment: (typeof moments)[number];
}

/** One undisturbed run, and what a kill at each of its operations leaves. */
export interface Recording {
  readonly folder: string;
  readonly operations: number;
  /** What the account is like when nothing interferes. */
  readonly likeness: readonly string[];
}

function nameOf({ operation, moment }: Kill): string {
  return `${operation}-${moment}`;
}

/**
 * Runs `up` once and keeps, at every operation, exactly the files that a `kill -9` of CLI, program and provider would leave then: the
 * backend with its locks, which the engine writes before and after each operation, and the account as it is committed. All of it is
 * in files, so that to copy them at an operation is to be killed there.
 */
export async function record(folder: string): Promise<Recording> {
  const kept = join(folder, "recording.json");
  if (existsSync(kept)) return readRecording(kept);
  const engine = new Engine(join(folder, "undisturbed"));
  let operations = 0;
  const keep = (kill: Kill): void => {
    const place = join(folder, nameOf(kill));
    mkdirSync(place, { recursive: true });
    copyBackend(engine.workspace.state, place);
    const database = new DatabaseSync(engine.workspace.account, { readOnly: true });
    database.prepare("VACUUM INTO ?").run(join(place, "account.sqlite"));
    database.close();
  };
  const disturb =
    (carry: Carrier): Carrier =>
    (order, operate) => {
      const operation = (operations += 1);
      keep({ operation, moment: "before" });
      const settled = carry(order, operate);
      keep({ operation, moment: "after" });
      return settled;
    };
  const { code, output } = await engine.run("up", { disturb, environment: {} });
  if (code !== 0) throw new Error(`the undisturbed run failed:\n${output}`);
  const recording = { folder, operations, likeness: likenessOf(engine.things()) };
  writeFileSync(kept, JSON.stringify(recording));
  return recording;
}

function readRecording(file: string): Recording {
  const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
  return {
    folder: dirname(file),
    operations: Number(at(kept, "operations")),
    likeness: list(at(kept, "likeness")).map(String),
  };
}

/** Copies what of the backend a run needs: the state and the locks, not the history. */
function copyBackend(state: string, to: string): void {
  const patterns = ["meta.yaml", "locks/**/*.json", "stacks/*/*.json"];
  const files = globSync(
    patterns.map((pattern) => `.pulumi/${pattern}`),
    { cwd: state },
  );
  for (const file of files) {
    mkdirSync(dirname(join(to, "state", file)), { recursive: true });
    copySettled(join(state, file), join(to, "state", file));
  }
}

/** The engine keeps each version as a backup, for which the file is away for a moment. */
function copySettled(from: string, to: string): void {
  for (let patience = 100; ; patience -= 1) {
    try {
      copyFileSync(from, to);
      return;
    } catch (error) {
      if (patience === 0) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

/** How the account of a killed and resumed run differs from that of an undisturbed one. */
export interface Resumed {
  readonly failure?: string;
  readonly missing: readonly string[];
  readonly added: readonly string[];
}

/** Starts where the kill left everything, does what docs/runbooks/interrupted-update.md says, and compares. */
export async function resume(recording: Recording, kill: Kill, home: string): Promise<Resumed> {
  const engine = new Engine(home);
  const { stack, folder, account, settings, state } = engine.workspace;
  const from = join(recording.folder, nameOf(kill));
  mkdirSync(folder, { recursive: true });
  cpSync(join(from, "state"), state, { recursive: true });
  copyFileSync(join(from, "account.sqlite"), account);
  copyFileSync(join(recording.folder, "undisturbed", stack, `Pulumi.${stack}.yaml`), settings);
  const recovered = await sandbox(engine, home, "recover");
  if (recovered.code !== 0) return { failure: recovered.output, missing: [], added: [] };
  const { code, output } = await engine.run("up");
  return {
    ...(code === 0 ? {} : { failure: output }),
    ...compare(recording.likeness, likenessOf(engine.things())),
  };
}

/** Lines that only one of them has, counting those that it has more often. */
export function compare(
  expected: readonly string[],
  found: readonly string[],
): { readonly missing: readonly string[]; readonly added: readonly string[] } {
  return { missing: without(expected, found), added: without(found, expected) };
}

function without(lines: readonly string[], taken: readonly string[]): readonly string[] {
  const left = [...taken];
  return lines.filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
