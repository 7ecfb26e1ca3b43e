import type { Exception, PropertyFacts } from "../aws/facts.ts";
import { same } from "../values.ts";
import { candidatesFor } from "./candidates.ts";
import { plain } from "./probes.ts";
import type { Given } from "./probes.ts";
import type { Question } from "./rules.ts";
import { inForm } from "./rules.ts";

/** One change, and whether the provider was seen to replace for it. */
interface Transition {
  readonly from: unknown;
  readonly to: unknown;
  readonly beside: Given;
  readonly replaces: boolean;
}

/** The first change that the sandbox judges otherwise than the provider; `undefined` where they agree. */
export function disagreementOnReplacement(question: Question): string | undefined {
  const { facts, probe } = question;
  for (const { from, to, beside, replaces } of transitionsOf(question)) {
    const changes = probe
      .changes({ ...beside, [facts.path]: from }, { ...beside, [facts.path]: to })
      .filter(({ path }) => plain(path).startsWith(plain(facts.path)));
    const told = `${shown(from)} -> ${shown(to)}`;
    if (changes.length === 0 && isLeftToService(facts, to) && !replaces) continue;
    if (changes.length === 0) return `sees no difference in ${told}`;
    if (changes.some((change) => change.replaces) !== replaces)
      return `${replaces ? "keeps" : "replaces"} for ${told}`;
  }
  return undefined;
}

/** What the service fills in may be left out again: that changes nothing. */
function isLeftToService({ kind }: PropertyFacts, to: unknown): boolean {
  return kind === "filled" && to === undefined;
}

/** A value as it is written; nothing for none. */
export function shown(value: unknown): string {
  return value === undefined ? "unset" : JSON.stringify(value);
}

function transitionsOf(question: Question): readonly Transition[] {
  const { facts } = question;
  const excepted = facts.when.flatMap((exception) => exceptional(exception, question));
  const [one, other] = pairOf(question);
  const usual = [
    ...(other === undefined ? [] : [{ from: one, to: other, beside: {} }]),
    ...(facts.kind === "required" ? [] : [{ from: undefined, to: one, beside: {} }]),
    ...(facts.kind === "optional" ? [{ from: one, to: undefined, beside: {} }] : []),
  ];
  const plainly = usual.filter(
    ({ from, to }) => !same(from, to) && !facts.when.some((exception) => covers(exception, from, to)),
  );
  return [...plainly.map((transition) => ({ ...transition, replaces: facts.replaces })), ...excepted];
}

/** Two values that keep every rule; of an object or a list of objects there is only its coming and going. */
function pairOf({ facts, seed }: Question): readonly unknown[] {
  if (facts.type.includes("object")) return emptyOf(facts);
  if (facts.type === "archive or asset") return ["one.zip", "two.zip"];
  const [one, other] = candidatesFor(facts, seed).valid;
  return [one, other].filter((value) => value !== undefined).map((value) => inForm(facts, value));
}

function emptyOf({ type }: PropertyFacts): readonly unknown[] {
  return [type === "object" ? { probe: "1" } : [{ probe: "1" }]];
}

/** The change that an exception is about, where the verdict is the opposite. */
function exceptional({ from, to, downgrade, given }: Exception, question: Question): readonly Transition[] {
  const { facts } = question;
  const [one, other] = pairOf(question);
  const replaces = !facts.replaces;
  if (downgrade === true) return [{ from: "7.1", to: "7.0", beside: {}, replaces }];
  if (given !== undefined) return [{ from: one, to: other, beside: given, replaces }];
  return [
    { from: valueFor(from, one), to: valueFor(to, from === "set" ? other : one), beside: {}, replaces },
  ];
}

function valueFor(pattern: unknown, set: unknown): unknown {
  if (pattern === "unset") return undefined;
  return pattern === "set" ? set : pattern;
}

function covers({ from, to, downgrade, given }: Exception, before: unknown, after: unknown): boolean {
  if (given !== undefined) return false;
  if (downgrade === true) return before !== undefined && after !== undefined;
  return matches(from, before) && matches(to, after);
}

function matches(pattern: unknown, value: unknown): boolean {
  if (pattern === "unset") return value === undefined;
  return pattern === "set" ? value !== undefined : same(pattern, value);
}
