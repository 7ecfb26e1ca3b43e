import type { Order } from "../operations.ts";
import type { Fault, Injection, Memory } from "./model.ts";
import { spellingOf } from "./model.ts";

interface Waiting {
  readonly fault: Fault;
  readonly type: RegExp;
  met: number;
}

/** `*` stands for any characters, also none. */
function patternOf(glob: string): RegExp {
  const parts = glob.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`);
}

/** What a fault befalls once where it is to befall each resource `first`: to try again to make a thing may be to change it. */
function attemptOf(fault: Fault, { kind, subject }: Order): string {
  return `${spellingOf(fault)} ${kind === "delete" ? "deletes" : "makes"} ${subject.urn}`;
}

/** Decides which operations meet a fault, and hears of each that did. One schedule serves all packages. */
export interface Schedule {
  /** The fault that the next operation meets. */
  meet(order: Order): Fault | undefined;
  /** Notes that it befell the operation: not each fault can befall each. */
  note(fault: Fault, order: Order): void;
}

/** The faults that were ordered for one run, and what became of them. */
export class FaultSchedule implements Schedule {
  readonly #waiting: readonly Waiting[];
  readonly #injections: Injection[] = [];
  readonly #memory: Memory;

  /** @param memory keeps which resources have met a fault of `first`; that of the account where other runs are to know. */
  public constructor(faults: readonly Fault[], memory: Memory = new Set()) {
    this.#memory = memory;
    this.#waiting = faults.map((fault) => ({ fault, type: patternOf(fault.type ?? "*"), met: 0 }));
  }

  /** The first in the order given where there are several. */
  public meet(order: Order): Fault | undefined {
    const matching = this.#waiting.filter(({ type }) => type.test(order.subject.token));
    for (const waiting of matching) waiting.met += 1;
    return matching.find((waiting) => this.#befalls(waiting, order))?.fault;
  }

  public note(fault: Fault, order: Order): void {
    const { kind, subject } = order;
    this.#injections.push({ fault, kind, subject });
    if (fault.at === "first") this.#memory.add(attemptOf(fault, order));
  }

  #befalls({ fault, met }: Waiting, order: Order): boolean {
    if (fault.at === "first") return !this.#memory.has(attemptOf(fault, order));
    return fault.at === undefined || fault.at === met;
  }

  public get injections(): readonly Injection[] {
    return this.#injections;
  }

  /** What the run met, fault by fault, for its last lines. Without faults there are none. */
  public report(): readonly string[] {
    return this.#waiting.flatMap(({ fault }) => {
      const befallen = this.#injections.filter((injection) => injection.fault === fault);
      if (befallen.length === 0) return [`${spellingOf(fault)}: met no operation`];
      return befallen.map(
        ({ kind, subject }) => `${spellingOf(fault)}: ${kind} ${subject.token} ${subject.name}`,
      );
    });
  }
}
