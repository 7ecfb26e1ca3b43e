import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, resolve } from "node:path";
import { thisMachine } from "../../../tools/pulumi/machine.ts";
import { Account } from "../../../sandbox/account.ts";
import type { Stored } from "../../../sandbox/model.ts";
import type { ServeOptions } from "../../../sandbox/server.ts";
import { serve } from "../../../sandbox/server.ts";
import type { Workspace } from "../../../sandbox/workspace.ts";
import { environmentOf, parseChange, prepare, regionOf, workspaceOf } from "../../../sandbox/workspace.ts";
import { stateAtTheEnd } from "../sandbox.ts";
import type { Ended } from "../sandbox.ts";

const root = resolve(import.meta.dirname, "../../..");

/** How a command is run beside its stack. */
export interface RunOptions extends ServeOptions {
  readonly flags?: readonly string[];
  /**
   * Further environment of the CLI.
   * @default the state is written when the command ends
   */
  readonly environment?: NodeJS.ProcessEnv;
}

/** One stack in a folder of its own, whose far side is in this process: a rehearsal can reach into it at any operation. */
export class Engine {
  public readonly workspace: Workspace;
  readonly #path = [thisMachine(process.env).bin, dirname(process.execPath), process.env.PATH].join(
    delimiter,
  );

  /**
   * @param set settings that differ from the stack's file, as `path=value`.
   * @param program the program's folder; ours unless another will do.
   */
  public constructor(home: string, stack = "dev", set: readonly string[] = [], program = root) {
    this.workspace = workspaceOf(program, stack, home, set.map(parseChange));
  }

  /** Runs `pulumi up` or `destroy` without the policy pack: it has no part in what is rehearsed. */
  public async run(command: "up" | "destroy", options: RunOptions = {}): Promise<Ended> {
    const { flags = [], ...serving } = options;
    const { stack } = this.workspace;
    return this.#pulumi(
      [command, "--yes", "--skip-preview", "--suppress-outputs", "--stack", stack, ...flags],
      serving,
    );
  }

  /** What is in the account, oldest first. */
  public things(): readonly Stored[] {
    if (!existsSync(this.workspace.account)) return [];
    const account = new Account(this.workspace.account);
    try {
      return [...account.everything()];
    } finally {
      account.close();
    }
  }

  async #pulumi(
    args: readonly string[],
    { environment = stateAtTheEnd, ...options }: Omit<RunOptions, "flags">,
  ): Promise<Ended> {
    const workspace = this.workspace;
    prepare(workspace, { ...environmentOf(workspace, ""), PATH: this.#path });
    const account = new Account(workspace.account, new Date().toISOString());
    const serving = await serve(account, { region: regionOf(process.env), ...options });
    const { PULUMI_OPTION_POLICY_PACK: _, ...own } = environmentOf(workspace, serving.providers);
    try {
      return await collect("pulumi", args, {
        cwd: workspace.root,
        env: { ...own, ...environment, PATH: this.#path },
      });
    } finally {
      serving.stop();
      account.close();
    }
  }
}

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a command to its end. */
export function collect(
  command: string,
  args: readonly string[],
  surroundings: Surroundings,
): Promise<Ended> {
  const child = spawn(command, args, { ...surroundings, stdio: ["ignore", "pipe", "pipe"] });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      done({ code: code ?? -1, output: chunks.join("") });
    });
  });
}

/** Runs a command of the sandbox, as the Makefile and the runbooks do. */
export function sandbox({ workspace }: Engine, home: string, ...args: readonly string[]): Promise<Ended> {
  const [command = "", ...rest] = args;
  const where = ["--stack", workspace.stack, "--home", home];
  return collect(process.execPath, [resolve(root, "sandbox/main.ts"), command, ...where, ...rest], {
    cwd: workspace.root,
    env: process.env,
  });
}
