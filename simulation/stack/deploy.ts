import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, isRecord, text } from "../../sandbox/values.ts";
import { workspaceOf } from "../../sandbox/workspace.ts";
import type { GraphObject } from "./graph.ts";
import { objectsIn } from "./graph.ts";

/**
 * The objects of a stack, from the real engine: the stack is deployed into a simulated account that is thrown away afterwards, because
 * a preview does not know namespaces and subnets yet. Takes about 40 seconds, no credentials, and touches nothing.
 * @param root the program's folder.
 * @throws Error with what the engine said, where the stack cannot be deployed.
 */
export function deployInSandbox(root: string, stack: string): readonly GraphObject[] {
  const home = mkdtempSync(join(tmpdir(), "simulation-"));
  try {
    const sandbox = join(root, "sandbox/main.ts");
    const args = [sandbox, "up", "--stack", stack, "--home", home, "--skip-preview"];
    const run = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 30 });
    if (run.status !== 0) {
      throw new Error(`the stack ${stack} cannot be deployed in the sandbox:\n${run.stdout}${run.stderr}`);
    }
    return objectsInEvents(readFileSync(workspaceOf(root, stack, home).events, "utf8"));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Reads the engine's event log, an `EngineEvent` a line: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go */
export function objectsInEvents(log: string): readonly GraphObject[] {
  const found = new Map<string, unknown>();
  for (const line of log.split("\n").filter((candidate) => candidate !== "")) {
    const event: unknown = JSON.parse(line);
    const after = at(event, "resOutputsEvent.metadata.new");
    if (!isRecord(after)) continue;
    found.set(text(after.urn) ?? "", { type: after.type, id: after.id, inputs: withName(after) });
  }
  return objectsIn([...found.values()]);
}

/** A name that the engine made up stands among the outputs only. */
function withName(resource: Readonly<Record<string, unknown>>): unknown {
  const made = at(resource, "outputs.metadata.name");
  const { inputs } = resource;
  if (!isRecord(inputs) || made === undefined) return inputs;
  const metadata = isRecord(inputs.metadata) ? inputs.metadata : {};
  return { ...inputs, metadata: { ...metadata, name: made } };
}
