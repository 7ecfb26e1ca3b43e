import { existsSync } from "node:fs";
import type { Command } from "commander";
import { Account } from "../account.ts";
import { workspaceOf } from "../workspace.ts";

/** What every command is told. */
export interface PlaceOptions {
  readonly stack: string;
  readonly home: string;
}

/** What a command is told that runs the engine. */
export interface RunOptions extends PlaceOptions {
  readonly set?: readonly string[];
  readonly fault?: readonly string[];
  readonly quota?: readonly string[];
  readonly deployRole?: string;
}

/** Says which stack's account the command is about. */
export function placeOptions(command: Command): Command {
  return command
    .option("-s, --stack <name>", "the stack", "dev")
    .option("--home <folder>", "where accounts and state are kept", ".sandbox");
}

/** Says how the run differs from one of the stack as it is. */
export function runOptions(command: Command): Command {
  return placeOptions(command)
    .option(
      "--set <path=value...>",
      "settings that differ from the stack's file for this run, such as database.storageGb=40",
    )
    .option(
      "--fault <fault...>",
      "what goes wrong in this run, as kind[:type][@operation[xtimes]], such as timeout:aws:rds/*, provider-dies@40 or access-denied@first; `faults` lists the kinds",
    )
    .option(
      "--quota <name=number...>",
      "what AWS lets the account have from now on, such as ec2/elastic-ips=20",
    )
    .option(
      "--deploy-role <file>",
      "the policy document of the role that deploys, which decides what it may do",
    );
}

/**
 * Looks into a stack's account, or changes it, without the engine.
 * @throws Error where the stack has none.
 */
export function inAccount<Result>({ stack, home }: PlaceOptions, look: (account: Account) => Result): Result {
  const { account: file } = workspaceOf(process.cwd(), stack, home);
  if (!existsSync(file))
    throw new Error(`the stack ${stack} has no account in ${home}: \`make sandbox\` makes it`);
  const account = new Account(file);
  try {
    return look(account);
  } finally {
    account.close();
  }
}
