import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";
import type { Command } from "commander";
import { thisMachine } from "../../tools/pulumi/machine.ts";
import type { Account } from "../account.ts";
import { mendCheckpoint } from "../checkpoint.ts";
import { takeAway } from "../meddling.ts";
import { addressOf } from "../model.ts";
import type { Leftovers } from "../recovery.ts";
import { leftoversOf, mended } from "../recovery.ts";
import { environmentOf, workspaceOf } from "../workspace.ts";
import { inside } from "./inside.ts";
import type { PlaceOptions } from "./options.ts";
import { inAccount, placeOptions } from "./options.ts";

/** Runs the CLI on the stack's state, for which no provider is needed. */
function pulumi({ stack, home }: PlaceOptions, args: readonly string[], input = ""): string {
  const workspace = workspaceOf(process.cwd(), stack, home);
  const path = [thisMachine(process.env).bin, process.env.PATH].join(delimiter);
  const { status, stdout, stderr } = spawnSync("pulumi", [...args, "--stack", stack], {
    cwd: workspace.root,
    env: { ...environmentOf(workspace, ""), PATH: path },
    input,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  if (status !== 0) throw new Error(stderr.trim());
  return stdout;
}

/** Takes away what was made and forgotten, the newest first: it may need what was made before it. */
function takeAwayOrphans(account: Account, { orphans }: Leftovers): void {
  for (const orphan of orphans.toReversed())
    account.atomically(() => {
      takeAway(account, orphan, false);
    });
}

function tell({ pending, orphans }: Leftovers): void {
  for (const { urn, id } of pending)
    console.log(id === undefined ? `was not made: ${urn}` : `was made, and is adopted: ${urn} is ${id}`);
  for (const orphan of orphans) console.log(`was made and forgotten, and is deleted: ${addressOf(orphan)}`);
}

/** `recover`: what docs/runbooks/interrupted-update.md says, with the account asked instead of a person. */
export function recoverCommand(program: Command): void {
  placeOptions(program.command("recover"))
    .description(
      "after a killed run: unlock the stack, adopt what is pending and exists, delete what was made and forgotten, refresh",
    )
    .action(async (options: PlaceOptions) => {
      if (mendCheckpoint(workspaceOf(process.cwd(), options.stack, options.home)))
        console.log("the state was torn: the version before it is put back");
      pulumi(options, ["cancel", "--yes"]);
      const state: unknown = JSON.parse(pulumi(options, ["stack", "export"]));
      const leftovers = inAccount(options, (account) => {
        const found = leftoversOf(state, account);
        takeAwayOrphans(account, found);
        return found;
      });
      tell(leftovers);
      pulumi(options, ["stack", "import"], JSON.stringify(mended(state, leftovers)));
      await inside(options, ["pulumi", "refresh", "--yes", "--skip-preview", "--stack", options.stack]);
    });
}
