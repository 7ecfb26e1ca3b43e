import type { Settled } from "./model.ts";
import { Refusal } from "./model.ts";

/**
 * The object was made, or changed, but never became ready: the provider keeps it in the state and reports a failure
 * (`ErrorResourceInitFailed` in its protocol), so that the next update repairs it and a destroy takes it away.
 */
export class Unready extends Refusal {
  /** What was made. */
  public readonly settled: Settled;
  public constructor(reason: string, settled: Settled) {
    super("InitializationFailed", reason);
    this.name = "Unready";
    this.settled = settled;
  }
}
