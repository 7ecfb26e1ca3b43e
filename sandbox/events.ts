import { at, isRecord, list, text } from "./values.ts";

/** One finding of a policy. */
export interface Violation {
  readonly policy: string;
  readonly level: string;
  readonly message: string;
  readonly urn: string | undefined;
}

/** What the policy packs did in one run of the engine. */
export interface PolicyReport {
  readonly packs: readonly string[];
  /** Names of the policies that ran, sorted. */
  readonly policies: readonly string[];
  /** How many resources they looked at. */
  readonly resources: number;
  readonly violations: readonly Violation[];
}

/**
 * Reads the engine's event log, an `EngineEvent` a line: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/events.go.
 * What a preview and the update after it both say is told once.
 */
export function readEvents(log: string): PolicyReport {
  const events = log.split("\n").flatMap((line) => parseEvent(line));
  const summaries = events.map((event) => at(event, "policyAnalyzeSummaryEvent")).filter(isRecord);
  const stacks = events.map((event) => at(event, "policyAnalyzeStackSummaryEvent")).filter(isRecord);
  const violations = events
    .map((event) => at(event, "policyEvent"))
    .filter(isRecord)
    .map(violationOf);
  const names = [...summaries, ...stacks].flatMap(({ passed, failed }) => [...list(passed), ...list(failed)]);
  return {
    packs: [...new Set(events.flatMap((event) => Object.keys(packsOf(event))))],
    policies: [...new Set(names.flatMap((name) => text(name) ?? []))].sort(),
    resources: new Set(summaries.flatMap(({ resourceUrn }) => text(resourceUrn) ?? [])).size,
    violations: [...new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values()],
  };
}

/** True where the engine changed the stack's state: an update's summary says what was done, a preview's what would be. */
export function hasUpdated(log: string): boolean {
  return log
    .split("\n")
    .flatMap((line) => parseEvent(line))
    .some((event) => isRecord(at(event, "summaryEvent")) && at(event, "summaryEvent.isPreview") !== true);
}

function parseEvent(line: string): readonly unknown[] {
  if (line.trim() === "") return [];
  const event: unknown = JSON.parse(line);
  return [event];
}

function packsOf(event: unknown): Readonly<Record<string, unknown>> {
  const packs = at(event, "summaryEvent.policyPacks") ?? at(event, "summaryEvent.PolicyPacks");
  return isRecord(packs) ? packs : {};
}

function violationOf(event: Readonly<Record<string, unknown>>): Violation {
  return {
    policy: text(event.policyName) ?? "",
    level: text(event.enforcementLevel) ?? "",
    message: (text(event.message) ?? "").replaceAll(/<\{%[^%]*%\}>/g, "").trim(),
    urn: text(event.resourceUrn),
  };
}
