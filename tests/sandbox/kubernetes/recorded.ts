import type { Ended, Run } from "../../../sandbox/kubernetes/manifests/commands.ts";

/** One call of a command. */
interface Call {
  readonly line: string;
  readonly input: string;
}

/** A machine on which commands say what a test wants, or are missing; it remembers what it was asked to run. */
export class Machine {
  public readonly calls: Call[] = [];
  readonly #answers: Readonly<Record<string, string | Ended>>;

  /** @param answers by command: what it prints, or how it ends. Others are not there. */
  public constructor(answers: Readonly<Record<string, string | Ended>>) {
    this.#answers = answers;
  }

  public readonly run: Run = (command, args, input = "") => {
    this.calls.push({ line: [command, ...args].join(" "), input });
    const answer = this.#answers[command];
    return typeof answer === "string" ? { output: answer, failure: undefined } : answer;
  };
}

/** How a command ends that says this of its failure. */
export function failing(failure: string): Ended {
  return { output: "", failure };
}
