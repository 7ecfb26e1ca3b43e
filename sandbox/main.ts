import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { Command } from "commander";
import { thisMachine } from "../tools/pulumi/machine.ts";
import { Account } from "./account.ts";
import { readEvents } from "./events.ts";
import { serve } from "./server.ts";
import { readState, summarise } from "./summary.ts";
import type { Workspace } from "./workspace.ts";
import { environmentOf, parseChange, prepare, runInside, workspaceOf } from "./workspace.ts";

interface Options {
  readonly stack: string;
  readonly home: string;
  readonly set?: readonly string[];
}

/** Runs `command` beside a running sandbox, and `after` when it succeeded. Sets the exit code. */
async function inside(options: Options, command: readonly string[], after?: Report): Promise<void> {
  const { stack, home, set = [] } = options;
  const workspace = workspaceOf(process.cwd(), stack, home, set.map(parseChange));
  const path = [thisMachine(process.env).bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  prepare(workspace, { ...environmentOf(workspace, ""), PATH: path });
  const account = new Account(workspace.account, new Date().toISOString());
  const serving = await serve(account, stack);
  try {
    const environment = { ...environmentOf(workspace, serving.providers), PATH: path };
    process.exitCode = await runInside(workspace, environment, command);
    if (process.exitCode === 0) after?.(workspace, account, environment);
  } finally {
    serving.stop();
    account.close();
  }
}

type Report = (workspace: Workspace, account: Account, environment: NodeJS.ProcessEnv) => void;

/** Prints what was done, what the policies said, and how long AWS would have taken. */
const report: Report = ({ root, stack, events }, account, environment) => {
  const exported = spawnSync("pulumi", ["stack", "export", "--stack", stack], {
    cwd: root,
    env: environment,
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  const state: unknown = JSON.parse(exported.stdout);
  const policies = readEvents(existsSync(events) ? readFileSync(events, "utf8") : "");
  const { accountId } = account;
  console.log(
    `\n${summarise({ accountId, stack, policies, operations: account.operations(), ...readState(state) })}`,
  );
};

const program = new Command("sandbox").description(
  "A simulated AWS account and Kubernetes cluster behind the real Pulumi engine",
);

const stackOption = ["-s, --stack <name>", "the stack", "dev"] as const;
const setOption = [
  "--set <path=value...>",
  "settings that differ from the stack's file for this run, such as database.storageGb=40",
] as const;
const homeOption = ["--home <folder>", "where accounts and state are kept", ".sandbox"] as const;

function engineCommand(
  name: "up" | "preview" | "destroy",
  description: string,
  flags: readonly string[],
): void {
  program
    .command(name)
    .description(description)
    .option(...stackOption)
    .option(...homeOption)
    .option(...setOption)
    .argument("[flags...]", `more flags for pulumi ${name}`)
    .allowUnknownOption()
    .action(async (more: string[], options: Options) => {
      const { stack, home } = options;
      const { events } = workspaceOf(process.cwd(), stack, home);
      rmSync(events, { force: true });
      const log = ["--event-log", events];
      await inside(
        options,
        ["pulumi", name, "--stack", stack, ...flags, ...log, ...more],
        name === "preview" ? undefined : report,
      );
    });
}

engineCommand("up", "deploy the stack into the simulated account, and say what was done", [
  "--yes",
  "--suppress-outputs",
]);
engineCommand("preview", "show what a deployment would change", []);
engineCommand("destroy", "remove everything that the stack made", ["--yes"]);

program
  .command("run")
  .description(
    "run any command in the sandbox's environment, such as `run -- npx pulumi preview --stack dev`",
  )
  .option(...stackOption)
  .option(...homeOption)
  .option(...setOption)
  .argument("<command...>")
  .action(async (command: string[], options: Options) => {
    await inside(options, command);
  });

try {
  await program.parseAsync();
} catch (error) {
  console.error(`sandbox: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
