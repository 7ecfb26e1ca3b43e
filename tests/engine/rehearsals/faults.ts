import type { FaultKind } from "../../../sandbox/faults/model.ts";
import { FaultSchedule } from "../../../sandbox/faults/schedule.ts";
import type { Engine } from "./engine.ts";
import { sandbox } from "./engine.ts";

/** Faults after which the engine does not know what was made: after them comes the runbook. */
const forgetful: ReadonlySet<FaultKind> = new Set(["provider-dies-after"]);

/** More runs than any graph of ours is deep. */
const patience = 100;

const flags = ["--continue-on-error", "--parallel", "64"];

/** How a command fared that met the fault with each of its resources. */
export interface Weathered {
  readonly operations: number;
  /** How often the command had to be given. */
  readonly runs: number;
  /** What the last run said, unless it succeeded. */
  readonly failure?: string;
}

/**
 * Gives a command again and again, while each resource's first operation meets the fault, until it succeeds. Creations that do not wait
 * for each other meet it in one run, so there are about as many runs as the graph is deep.
 */
export async function weather(
  engine: Engine,
  home: string,
  command: "up" | "destroy",
  kind: FaultKind,
): Promise<Weathered> {
  const faults = new FaultSchedule([{ kind, at: "first" }]);
  for (let [runs, before] = [1, -1]; ; runs += 1) {
    const { code, output } = await engine.run(command, { faults, flags });
    const operations = faults.injections.length;
    if (code === 0) return { operations, runs };
    // Nothing new met it, and still it fails: that failure is not of our making.
    if (operations === before || runs === patience) return { operations, runs, failure: output };
    before = operations;
    if (forgetful.has(kind)) await sandbox(engine, home, "recover");
  }
}
