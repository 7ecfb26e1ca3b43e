import type { ServerWritableStream } from "@grpc/grpc-js";
import type { RunPluginRequest, RunPluginResponse } from "@pulumi/pulumi/proto/language_pb.js";
import type { ChildProcess } from "node:child_process";
import type { Readable } from "node:stream";
import { ended, interrupt, startNode } from "./children.ts";
import { optionsEnvironment, runtimeOptions } from "./options.ts";
import { PolicyPackDoor } from "./policy-pack.ts";
import { describeEnding } from "./program.ts";
import { locate, sdk } from "./sdk.ts";

const { RunPluginResponse: Response } = sdk("./proto/language_pb.js");

type Call = ServerWritableStream<RunPluginRequest, RunPluginResponse>;

/** Runs a plugin written for Node, a policy pack above all, and streams back what it prints. */
export async function runPlugin(call: Call): Promise<void> {
  const exitCode = call.request.getKind() === "analyzer" ? await runPolicyPack(call) : await runOther(call);
  call.write(new Response().setExitcode(exitCode));
}

async function runPolicyPack(call: Call): Promise<number> {
  const door = new PolicyPackDoor();
  call.write(line(String(await door.open())));
  const directory = directoryOf(call.request);
  let reason = "it could not be started";
  try {
    const ending = await ended(launchPack(call, directory, door, await door.environment()));
    reason = describeEnding(ending);
    return ending.code ?? 1;
  } finally {
    door.close(`the policy pack in ${directory} is not running: ${reason}`);
  }
}

function launchPack(
  call: Call,
  directory: string,
  door: PolicyPackDoor,
  env: Readonly<Record<string, string>>,
): ChildProcess {
  // Packs have always been run in their own directory, which comes last.
  const args = [...call.request.getArgsList(), directory];
  const pack = launch(call, "run-policy-pack", args, directory, env);
  pack.stdout?.once("data", (first: Buffer) => {
    const [port = "", ...rest] = first.toString().split("\n");
    void door.attach(Number(port));
    if (rest.join("") !== "") call.write(new Response().setStdout(Buffer.from(rest.join("\n"))));
    forward(pack.stdout, (chunk) => call.write(new Response().setStdout(chunk)));
  });
  return pack;
}

async function runOther(call: Call): Promise<number> {
  const args = [directoryOf(call.request), ...call.request.getArgsList()];
  const plugin = launch(call, "run-plugin", args, call.request.getPwd(), {});
  forward(plugin.stdout, (chunk) => call.write(new Response().setStdout(chunk)));
  return (await ended(plugin)).code ?? 1;
}

/** Starts one of the SDK's runners for as long as the engine wants it. */
function launch(
  call: Call,
  runner: "run-plugin" | "run-policy-pack",
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): ChildProcess {
  const options = runtimeOptions(call.request.getInfo());
  const script = locate(`@pulumi/pulumi/cmd/${runner}`, directoryOf(call.request));
  const plugin = startNode([...options.nodeArgs, script, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...environmentOf(call.request), ...optionsEnvironment(options), ...env },
  });
  forward(plugin.stderr, (chunk) => call.write(new Response().setStderr(chunk)));
  call.once("cancelled", () => {
    interrupt(plugin);
  });
  return plugin;
}

function forward(from: Readable | null, to: (chunk: Buffer) => void): void {
  from?.on("data", to);
}

const line = (text: string): RunPluginResponse => new Response().setStdout(Buffer.from(`${text}\n`));

const directoryOf = (request: RunPluginRequest): string =>
  request.getInfo()?.getProgramDirectory() ?? request.getPwd();

/** `KEY=value` entries as a record; the last of a key wins. */
function environmentOf(request: RunPluginRequest): Readonly<Record<string, string>> {
  const entries = request.getEnvList().map((entry) => {
    const at = entry.indexOf("=");
    return [entry.slice(0, at), entry.slice(at + 1)] as const;
  });
  return Object.fromEntries(entries);
}
