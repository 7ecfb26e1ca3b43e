import type { Command } from "commander";
import { inside } from "./inside.ts";
import type { RunOptions } from "./options.ts";
import { runOptions } from "./options.ts";
import { report } from "./report.ts";

/** The stack that a command of the CLI names itself; `undefined` where it names none. */
export function stackOf(command: readonly string[]): string | undefined {
  for (const [index, word] of command.entries()) {
    if (word === "-s" || word === "--stack") return command[index + 1];
    if (word.startsWith("--stack=")) return word.slice("--stack=".length);
  }
  return undefined;
}

/**
 * `run`, and what the sandbox does when no command of its own is named (`sandbox -- pulumi up`): any command, in the folder of any
 * program, where the engine uses the sandbox.
 */
export function runCommand(program: Command): void {
  runOptions(program.command("run", { isDefault: true }))
    .description(
      "run any command in the sandbox's environment, such as `run -- pulumi preview`; `run` may be left out before --",
    )
    .argument("<command...>")
    .action(async (command: string[], options: RunOptions) => {
      await inside({ ...options, stack: stackOf(command) ?? options.stack }, command, report);
    });
}
