import type { Command } from "commander";
import { findOne } from "../inspection.ts";
import { change, takeAway } from "../meddling.ts";
import { addressOf } from "../model.ts";
import { parseChange } from "../workspace.ts";
import type { PlaceOptions } from "./options.ts";
import { inAccount, placeOptions } from "./options.ts";

interface DeleteOptions extends PlaceOptions {
  readonly force?: true;
}

/** `set` and `delete`: what somebody else does to the account, behind Pulumi's back. */
export function meddleCommands(program: Command): void {
  placeOptions(program.command("set"))
    .description("change a thing of the account behind Pulumi's back, as at a console")
    .argument("<thing>", "its id, ARN or name")
    .argument("<path=value...>", "such as backupRetentionPeriod=0; the value is YAML")
    .action((key: string, changes: string[], options: PlaceOptions) => {
      inAccount(options, (account) => {
        const thing = findOne(account, key);
        account.atomically(() => {
          change(account, thing, changes.map(parseChange));
        });
        console.log(`changed ${addressOf(thing)}: \`pulumi refresh\` finds it`);
      });
    });
  placeOptions(program.command("delete"))
    .description("delete a thing of the account behind Pulumi's back")
    .argument("<thing>", "its id, ARN or name")
    .option("--force", "whatever holds it, as no service would")
    .action((key: string, options: DeleteOptions) => {
      inAccount(options, (account) => {
        const thing = findOne(account, key);
        account.atomically(() => {
          takeAway(account, thing, options.force === true);
        });
        console.log(`deleted ${addressOf(thing)}: \`pulumi refresh\` finds it`);
      });
    });
}
