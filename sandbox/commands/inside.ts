import { delimiter, dirname } from "node:path";
import { thisMachine } from "../../tools/pulumi/machine.ts";
import { Account } from "../account.ts";
import { readDeployRole } from "../aws/iam/authorization.ts";
import { parseRaises, raiseQuotas } from "../aws/quotas.ts";
import { parseFaults } from "../faults/parse.ts";
import { FaultSchedule } from "../faults/schedule.ts";
import { serve } from "../server.ts";
import type { Workspace } from "../workspace.ts";
import {
  defaultRegionOf,
  environmentOf,
  parseChange,
  prepare,
  programFolderOf,
  regionOf,
  runInside,
  workspaceOf,
} from "../workspace.ts";
import { forgetAbandonedEvents, keepEvents, ownEvents } from "./event-log.ts";
import type { RunOptions } from "./options.ts";

/** A run of the engine that has ended. */
export interface Run {
  readonly workspace: Workspace;
  readonly account: Account;
  /** The environment in which the engine used the sandbox. */
  readonly environment: NodeJS.ProcessEnv;
  readonly succeeded: boolean;
  /** What the engine said; empty where the command was none of its own. */
  readonly events: string;
}

/** Runs `command` beside a running sandbox, says which faults it met, and then `after`. Sets the exit code. */
export async function inside(
  options: RunOptions,
  command: readonly string[],
  after?: (run: Run) => void,
): Promise<void> {
  const { stack, home, set = [], fault = [], deployRole } = options;
  const ordered = parseFaults(fault);
  const raises = parseRaises(options.quota);
  const role = deployRole === undefined ? {} : { deployRole: readDeployRole(deployRole) };
  const workspace = workspaceOf(process.cwd(), stack, home, set.map(parseChange));
  const path = [thisMachine(process.env).bin, dirname(process.execPath), process.env.PATH].join(delimiter);
  if (prepare(workspace, { ...environmentOf(workspace, ""), PATH: path }))
    console.error(`sandbox: ${stack} is a new stack, in an empty account: ${workspace.folder}`);
  // Providers look for the program's files from there.
  process.chdir(programFolderOf(workspace));
  forgetAbandonedEvents(workspace);
  const account = new Account(workspace.account, new Date().toISOString());
  raiseQuotas(account, raises);
  const faults = new FaultSchedule(ordered, account.memory);
  const defaultRegion = defaultRegionOf(workspace);
  const serving = await serve(account, {
    ...{ stack, region: regionOf(process.env), defaultRegion },
    ...{ faults, ...role },
  });
  try {
    const environment = { ...environmentOf(workspace, serving.providers), PATH: path };
    const own = {
      PULUMI_OPTION_EVENT_LOG: ownEvents(workspace),
      // `pulumi config set` is to change the program's settings, not our copy of them.
      ...(command.includes("config") ? { PULUMI_OPTION_CONFIG_FILE: undefined } : {}),
    };
    process.exitCode = await runInside(workspace, { ...environment, ...own }, command);
    const events = keepEvents(workspace);
    after?.({ workspace, account, environment, succeeded: process.exitCode === 0, events });
    for (const line of faults.report()) console.error(`sandbox: fault ${line}`);
  } finally {
    serving.stop();
    account.close();
  }
}
