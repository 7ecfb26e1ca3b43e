/** What a check answers: a sentence for each thing it found. Anything else means that it found nothing. */
export type Findings = string | false | undefined | readonly (string | false | undefined)[];

/** The sentences in an answer. */
export function sentences(findings: Findings): readonly string[] {
  const all = Array.isArray(findings) ? findings : [findings];
  return all.filter((finding) => typeof finding === "string");
}

/** `1 check`, `2 checks`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Thrown by a check that cannot be decided before the update, because a value is not known yet. */
export class Undecided extends Error {
  /** The property whose value is missing. */
  public readonly path: string;
  public constructor(path: string) {
    super(`${path} is not known yet`);
    this.path = path;
  }
}

/**
 * The path of the value that a check stumbled over in a preview, if `error` says so.
 * The SDK's own error is told by its name, since two copies of the SDK in one process would each have their own class.
 */
export function undecidedPath(error: unknown): string | undefined {
  if (error instanceof Undecided) return error.path;
  if (!(error instanceof Error) || error.constructor.name !== "UnknownValueError") return undefined;
  return "props" in error && Array.isArray(error.props) ? error.props.join(".") : "a value";
}
