import type { Command } from "commander";
import { inside } from "./inside.ts";
import type { RunOptions } from "./options.ts";
import { runOptions } from "./options.ts";
import { report } from "./report.ts";

interface EngineCommand {
  readonly name: "up" | "preview" | "destroy";
  readonly description: string;
  readonly flags: readonly string[];
}

const commands: readonly EngineCommand[] = [
  {
    name: "up",
    description: "deploy the stack into the simulated account, and say what was done",
    flags: ["--yes", "--suppress-outputs"],
  },
  { name: "preview", description: "show what a deployment would change", flags: [] },
  { name: "destroy", description: "remove everything that the stack made", flags: ["--yes"] },
];

/** `up`, `preview` and `destroy`: the engine's own, in the simulated account. */
export function engineCommands(program: Command): void {
  for (const { name, description, flags } of commands) {
    runOptions(program.command(name))
      .description(description)
      .argument("[flags...]", `more flags for pulumi ${name}`)
      .allowUnknownOption()
      .action(async (more: string[], options: RunOptions) => {
        await inside(options, ["pulumi", name, "--stack", options.stack, ...flags, ...more], report);
      });
  }
}
