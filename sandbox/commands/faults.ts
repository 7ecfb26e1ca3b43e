import type { Command } from "commander";
import { faultKinds } from "../faults/model.ts";

/** `faults`: the kinds that `--fault` takes. */
export function faultsCommand(program: Command): void {
  program
    .command("faults")
    .description("list what can go wrong with --fault")
    .action(() => {
      const width = Math.max(...Object.keys(faultKinds).map((kind) => kind.length));
      for (const [kind, what] of Object.entries(faultKinds)) console.log(`${kind.padEnd(width)}  ${what}`);
    });
}
