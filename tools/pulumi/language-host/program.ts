import type { RunRequest, RunResponse } from "@pulumi/pulumi/proto/language_pb.js";
import type { Ending } from "./children.ts";
import { ended, interrupt, startNode } from "./children.ts";
import { optionsEnvironment, runtimeOptions } from "./options.ts";
import { locate, sdk } from "./sdk.ts";

const { RunResponse: Response } = sdk("./proto/language_pb.js");

/** The code with which the SDK says: it failed, and the user has already been told why. */
const alreadyReported = 32;

/** Something that tells once that nobody waits for the answer any more. */
export interface Cancellable {
  once(event: "cancelled", listener: () => void): unknown;
}

/** Runs the user's program to its end. Its output goes to the host's own, which the engine reads. */
export async function runProgram(
  request: RunRequest,
  engine: string,
  call: Cancellable,
): Promise<RunResponse> {
  const info = request.getInfo();
  const directory = info?.getProgramDirectory() ?? request.getPwd();
  const options = runtimeOptions(info);

  const runner = locate("@pulumi/pulumi/cmd/run", directory);
  const args = [...options.nodeArgs, runner, ...runnerArguments(request, engine, directory)];
  const program = startNode(args, {
    stdio: ["ignore", "inherit", "inherit"],
    env: {
      ...process.env,
      ...optionsEnvironment(options),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    },
  });
  call.once("cancelled", () => {
    interrupt(program);
  });
  return respond(await ended(program));
}

/** What `cmd/run` is told on its command line. */
function runnerArguments(request: RunRequest, engine: string, directory: string): readonly string[] {
  const flags = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": request.getInfo()?.getRootDirectory() ?? "",
    stack: request.getStack(),
    pwd: directory,
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(flags).flatMap(([flag, value]) => (value === "" ? [] : [`--${flag}`, value])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    request.getInfo()?.getEntryPoint() ?? ".",
    ...request.getArgsList(),
  ];
}

/** Says to the engine how the program ended; nothing is added to what the user has already been told. */
function respond(ending: Ending): RunResponse {
  return ending.code === alreadyReported
    ? new Response().setBail(true)
    : new Response().setError(describeEnding(ending));
}

/** The ending in words, empty for success. */
export function describeEnding({ code, signal }: Ending): string {
  if (code === 0) return "";
  if (signal === "SIGABRT") {
    return "the program was aborted by Node, most often for want of memory: raise it with runtime.options.nodeargs: --max-old-space-size=<megabytes> in Pulumi.yaml";
  }
  return signal === null
    ? `the program exited with code ${String(code)}`
    : `the program was ended by ${signal}`;
}
