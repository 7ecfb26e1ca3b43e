import { Command } from "commander";
import { agreementCommand } from "./commands/agreement.ts";
import { engineCommands } from "./commands/engine.ts";
import { faultsCommand } from "./commands/faults.ts";
import { inspectCommands } from "./commands/inspect.ts";
import { meddleCommands } from "./commands/meddle.ts";
import { recoverCommand } from "./commands/recover.ts";
import { runCommand } from "./commands/run.ts";

const program = new Command("sandbox").description(
  "A simulated AWS account and Kubernetes cluster behind the real Pulumi engine",
);
for (const add of [
  engineCommands,
  runCommand,
  recoverCommand,
  inspectCommands,
  meddleCommands,
  faultsCommand,
  agreementCommand,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(`sandbox: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
