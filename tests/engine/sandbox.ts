import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Account } from "../../sandbox/account.ts";
import { readEvents } from "../../sandbox/events.ts";
import type { PolicyReport } from "../../sandbox/events.ts";
import { at, isRecord, list } from "../../sandbox/values.ts";
import { workspaceOf } from "../../sandbox/workspace.ts";

const root = resolve(import.meta.dirname, "../..");

/** How a command ended. */
export interface Ended {
  readonly code: number;
  /** Standard output and error, in the order they came. */
  readonly output: string;
}

/** What a command is given beside the stack. */
export interface Extras {
  /** More flags of the CLI. */
  readonly flags?: readonly string[];
  /** Settings that differ from the stack's file, as `path=value`. */
  readonly set?: readonly string[];
  /** What goes wrong, as `--fault` takes it. */
  readonly faults?: readonly string[];
}

/** Whom `kill -9` hits: the CLI with the engine, the program's Node process, or the process of all providers. */
export type Victim = "cli" | "program" | "provider";

/** Half the time of an `up` is the engine writing its state after every step. Only who is killed needs that. */
export const stateAtTheEnd = { PULUMI_EXPERIMENTAL: "true", PULUMI_SKIP_CHECKPOINTS: "true" } as const;

const commandOf: Readonly<Record<Victim, RegExp>> = {
  cli: /^\S*pulumi up /,
  program: /@pulumi\/pulumi\/cmd\/run\//,
  provider: /sandbox\/main\.ts up /,
};

/** The process among a run's descendants: the language host leads a group of its own. */
function findVictim(root: number, victim: Victim): number | undefined {
  const listed = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8" });
  const processes = [...listed.matchAll(/^ *(\d+) +(\d+) (.*)$/gm)].map(([, pid, parent, command = ""]) => ({
    pid: Number(pid),
    parent: Number(parent),
    command,
  }));
  const isOurs = (pid: number): boolean =>
    pid === root || processes.some((process) => process.pid === pid && isOurs(process.parent));
  return processes.find(({ pid, command }) => commandOf[victim].test(command) && isOurs(pid))?.pid;
}

/** A sandbox of its own for one test: the real CLI, engine, program and policy pack, and a new account. */
export class Sandbox {
  public readonly stack: string;
  readonly #program: string;
  readonly #home = mkdtempSync(join(tmpdir(), "groundwork-"));

  /** @param program the program's folder; ours unless a test has changed a copy. */
  public constructor(stack: string, program = root) {
    this.stack = stack;
    this.#program = program;
  }

  /** Runs `pulumi up`, `preview` or `destroy` as the Makefile does. */
  public engine(
    command: "up" | "preview" | "destroy",
    { flags = [], set = [], faults = [] }: Extras = {},
  ): Promise<Ended> {
    const changes = [
      ...set.flatMap((change) => ["--set", change]),
      ...faults.flatMap((one) => ["--fault", one]),
    ];
    return this.#start([command, ...this.#where(), ...changes, "--", ...flags]).ended;
  }

  /** Runs any command in the sandbox's environment. */
  public run(...command: string[]): Promise<Ended> {
    return this.runWith([], ...command);
  }

  /** The same, with settings that differ from the stack's file. */
  public runWith(set: readonly string[], ...command: string[]): Promise<Ended> {
    const changes = set.flatMap((change) => ["--set", change]);
    return this.#start(["run", ...this.#where(), ...changes, "--", ...command]).ended;
  }

  /** Runs `pulumi up`, and interrupts it as Ctrl-C does once the account holds `count` things. */
  public async interruptedUp(count: number): Promise<Ended> {
    const { ended, pid } = this.#start(["up", ...this.#where(), "--", "--skip-preview"]);
    const watch = setInterval(() => {
      if (this.things().length < count) return;
      clearInterval(watch);
      process.kill(-pid, "SIGINT");
    }, 50);
    const result = await ended;
    clearInterval(watch);
    return result;
  }

  /** Runs `pulumi up`, and kills one of its processes as `kill -9` does once the account holds `count` things. */
  public async killedUp(count: number, victim: Victim): Promise<Ended> {
    const { ended, pid } = this.#start(["up", ...this.#where(), "--", "--skip-preview"], {});
    const watch = setInterval(() => {
      const found = this.things().length < count ? undefined : findVictim(pid, victim);
      if (found === undefined) return;
      clearInterval(watch);
      process.kill(found, "SIGKILL");
    }, 50);
    const result = await ended;
    clearInterval(watch);
    return result;
  }

  /** Does what docs/runbooks/interrupted-update.md says. */
  public recover(): Promise<Ended> {
    return this.#start(["recover", ...this.#where()]).ended;
  }

  /** Runs a command of the sandbox that only looks at the account or changes it. */
  public tool(command: string, ...args: readonly string[]): Promise<Ended> {
    return this.#start([command, ...this.#where(), ...args]).ended;
  }

  /** Type and logical name of everything in the account, sorted. */
  public things(): readonly string[] {
    try {
      return this.account((account) =>
        [...account.everything()].map(({ token, urn }) => `${token} ${urn.split("::")[3] ?? ""}`),
      ).sort();
    } catch {
      return [];
    }
  }

  public account<T>(look: (account: Account) => T): T {
    const account = new Account(workspaceOf(this.#program, this.stack, this.#home).account);
    try {
      return look(account);
    } finally {
      account.close();
    }
  }

  /** What is kept of what the engine said in the last run. */
  public events(): string {
    return readFileSync(workspaceOf(this.#program, this.stack, this.#home).events, "utf8");
  }

  /** What the policies said in the last run. */
  public policies(): PolicyReport {
    return readEvents(this.events());
  }

  /** The engine's state of the stack, resource by resource. */
  public async resources(): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { output } = await this.run("pulumi", "stack", "export", "--stack", this.stack);
    const state: unknown = JSON.parse(output);
    return list(at(state, "deployment.resources")).filter(isRecord);
  }

  public remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }

  #where(): string[] {
    return ["--stack", this.stack, "--home", this.#home];
  }

  #start(
    args: readonly string[],
    environment: NodeJS.ProcessEnv = stateAtTheEnd,
  ): { readonly pid: number; readonly ended: Promise<Ended> } {
    const child = spawn(process.execPath, [join(root, "sandbox/main.ts"), ...args], {
      cwd: this.#program,
      env: { ...process.env, ...environment },
      detached: true,
    });
    const chunks: string[] = [];
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
    const ended = new Promise<Ended>((done, fail) => {
      child.on("error", fail);
      child.on("close", (code) => {
        done({ code: code ?? -1, output: chunks.join("") });
      });
    });
    return { pid: child.pid ?? 0, ended };
  }
}
