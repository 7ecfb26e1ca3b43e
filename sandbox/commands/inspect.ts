import type { Command } from "commander";
import { countsOf, findOne, logicalName, relationsOf, thingsOf } from "../inspection.ts";
import type { AccountView } from "../model.ts";
import type { PlaceOptions } from "./options.ts";
import { inAccount, placeOptions } from "./options.ts";

/** Columns as wide as what is in them. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** How many there are of each type. */
export function describeAccount(account: AccountView): string {
  const counts = countsOf(account);
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return [
    table(
      ["service", "type", "things"],
      counts.map(({ service, token, count }) => [service, token, String(count)]),
    ),
    `${total} things in the account ${account.accountId}; \`account <service>\` lists them`,
  ].join("\n");
}

/** Each thing of a service. */
export function describeService(account: AccountView, service: string): string {
  const rows = thingsOf(account, service).map((thing) => [
    thing.id,
    thing.token,
    logicalName(thing),
    thing.scope,
    thing.urn === "" ? "made by the service" : thing.urn,
  ]);
  return table(["id", "type", "name", "scope", "urn"], rows);
}

/** What is bound to a thing. */
export function describeRelations(account: AccountView, key: string): string {
  const relations = relationsOf(account, findOne(account, key));
  if (relations.length === 0) return `nothing refers to ${key}, and it needs nothing`;
  const rows = relations.map(({ relation, thing }) => [relation, thing.token, thing.id, logicalName(thing)]);
  return table(["relation", "type", "id", "name"], rows);
}

/** `account`, `show` and `referrers`: what there is. Secrets are kept as digests only, so none is shown. */
export function inspectCommands(program: Command): void {
  const print = (options: PlaceOptions, describe: (account: AccountView) => string): void => {
    console.log(inAccount(options, describe));
  };
  placeOptions(program.command("account"))
    .description("list what is in the account, by service")
    .argument("[service]", "such as ec2 or kubernetes: each thing of it")
    .action((service: string | undefined, options: PlaceOptions) => {
      print(options, (account) =>
        service === undefined ? describeAccount(account) : describeService(account, service),
      );
    });
  placeOptions(program.command("show"))
    .description("print one thing of the account as JSON")
    .argument("<thing>", "its id, ARN or name")
    .action((key: string, options: PlaceOptions) => {
      print(options, (account) => JSON.stringify(findOne(account, key), undefined, 2));
    });
  placeOptions(program.command("referrers"))
    .description("list what refers to a thing, what keeps it from being deleted, and what it needs")
    .argument("<thing>", "its id, ARN or name")
    .action((key: string, options: PlaceOptions) => {
      print(options, (account) => describeRelations(account, key));
    });
}
