import type { Definition } from "./definition.ts";
import type { Exemptions } from "./exemptions.ts";
import { sentences, undecidedPath } from "./findings.ts";
import type { Findings } from "./findings.ts";
import type { AnyProps } from "./graph.ts";
import { redacted } from "./wire.ts";
import type { Secrets } from "./wire.ts";

/** A check that could not be decided because `path` was not known yet. */
export interface Deferral {
  readonly policy: string;
  readonly urn: string;
  readonly path: string;
}

/** What a remedy changed. */
export interface Mending {
  readonly policy: string;
  readonly urn: string;
  readonly paths: readonly string[];
}

/** One run of the pack: what the policies share, and what they leave for the last ones to report. */
export interface Run {
  readonly stack: string;
  readonly definitions: readonly Definition[];
  readonly exemptions: Exemptions;
  /** The inputs of every resource seen so far, by URN: policies over the stack get outputs from the engine. */
  readonly inputs: Map<string, AnyProps>;
  readonly deferrals: Deferral[];
  /** Every text that came as a secret. */
  readonly secrets: Secrets;
  readonly mendings: Mending[];
  /** What to say of remedies that crashed, by policy and URN. */
  readonly crashes: Map<string, string>;
}

/** A run in which nothing has been judged yet. */
export function newRun(given: Pick<Run, "stack" | "definitions" | "exemptions">): Run {
  return { ...given, inputs: new Map(), deferrals: [], secrets: new Set(), mendings: [], crashes: new Map() };
}

/**
 * The findings of one check that are not excused, without the secrets in them. A value that is not known yet defers the check; any other error becomes a finding,
 * since an error that leaves a policy ends the whole deployment.
 */
export function judge(run: Run, policy: Definition, urn: string, check: () => Findings): readonly string[] {
  const found = decide(run, policy.name, urn, check);
  return found
    .filter(() => !run.exemptions.excuse(policy, urn))
    .map((sentence) => redacted(sentence, run.secrets));
}

/**
 * Runs a remedy. One that would have to read a value that is not known yet changes nothing, as one for an exempted resource; the checks say
 * what is left. One that crashes is kept for the report on the resource.
 */
export function mend<T>(
  run: Run,
  policy: Definition,
  urn: string,
  remedy: () => T | undefined,
): T | undefined {
  if (run.exemptions.covers(policy, urn)) return undefined;
  try {
    return remedy();
  } catch (error) {
    if (undecidedPath(error) === undefined) run.crashes.set(`${policy.name} ${urn}`, crash(error));
    return undefined;
  }
}

function decide(run: Run, policy: string, urn: string, check: () => Findings): readonly string[] {
  try {
    return sentences(check());
  } catch (error) {
    const path = undecidedPath(error);
    if (path === undefined) return [crash(error)];
    run.deferrals.push({ policy, urn, path });
    return [];
  }
}

/** Says where it happened, never the error's own words: those may quote a value. */
function crash(error: unknown): string {
  const kind = error instanceof Error ? error.constructor.name : typeof error;
  const place = error instanceof Error ? /([\w-]+\.ts:\d+)/.exec(error.stack ?? "")?.[1] : undefined;
  return `the policy crashed (${kind} at ${place ?? "an unknown place"}): nothing is proven about this resource.`;
}
