import type { Properties } from "../../model.ts";
import { isRecord } from "../../values.ts";
import { matches } from "./actions.ts";
import { hasVariables, literally, variablesIn } from "./authorization-variables.ts";
import type { Reading, RequestContext } from "./authorization-variables.ts";
import { several, statementsOf } from "./statements.ts";

type Test = (wanted: string, given: string) => boolean;

const equal: Test = (wanted, given) => literally(wanted) === given;
const equalIgnoringCase: Test = (wanted, given) => literally(wanted).toLowerCase() === given.toLowerCase();
const like: Test = (wanted, given) => matches(wanted, given);

/** The operators that are evaluated: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, { readonly test: Test; readonly negated?: true }>> = {
  StringEquals: { test: equal },
  StringNotEquals: { test: equal, negated: true },
  StringEqualsIgnoreCase: { test: equalIgnoringCase },
  StringNotEqualsIgnoreCase: { test: equalIgnoringCase, negated: true },
  StringLike: { test: like },
  StringNotLike: { test: like, negated: true },
  ArnEquals: { test: like },
  ArnLike: { test: like },
  ArnNotEquals: { test: like, negated: true },
  ArnNotLike: { test: like, negated: true },
  Bool: { test: equalIgnoringCase },
};

/**
 * The keys that every simulated request can answer, if only in that it does not have them, as that of a role has no user's name:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html. Where the request comes from, whose
 * organization the account is in, and how the role was assumed and is tagged, is not in the account.
 */
const singleKeys =
  /^aws:(?:RequestedRegion|PrincipalAccount|PrincipalArn|PrincipalType|PrincipalIsAWSService|username|ResourceAccount|SecureTransport|ViaAWSService|RequestTag\/.+|ResourceTag\/.+)$|^iam:PassedToService$/i;

/** Those with several values, which no variable stands for. */
const otherKeys = /^aws:(?:TagKeys|CalledVia)$/i;

interface Operator {
  readonly name: string;
  readonly set: "ForAnyValue" | "ForAllValues" | undefined;
  readonly ifExists: boolean;
}

function parse(written: string): Operator {
  const [, set, name = "", ifExists] =
    /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(written) ?? [];
  return {
    name,
    set: set === "ForAnyValue" || set === "ForAllValues" ? set : undefined,
    ifExists: ifExists !== undefined,
  };
}

function conditionsOf({ Condition }: Properties): readonly (readonly [string, string, unknown])[] {
  if (!isRecord(Condition)) return [];
  return Object.entries(Condition).flatMap(([operator, tests]) =>
    isRecord(tests) ? Object.entries(tests).map(([key, wanted]) => [operator, key, wanted] as const) : [],
  );
}

/** What of a document the sandbox cannot evaluate: it must not guess what that would decide. */
export function unsupportedIn(document: Properties): readonly string[] {
  const statements = statementsOf(document);
  const conditions = statements.flatMap(conditionsOf);
  const resources = statements.flatMap(({ Resource, NotResource }) => [
    ...several(Resource),
    ...several(NotResource),
  ]);
  const patterns = hasVariables(document)
    ? [...conditions.flatMap(([, , wanted]) => valuesOf(wanted)), ...resources]
    : [];
  const unknown = patterns.flatMap(variablesIn).filter((key) => !singleKeys.test(key));
  return [...conditions.flatMap(unsupportedCondition), ...unknown.map((key) => `policy variable \${${key}}`)];
}

function unsupportedCondition([operator, key]: readonly [string, string, unknown]): readonly string[] {
  const { name } = parse(operator);
  if (name !== "Null" && operators[name] === undefined) return [`condition operator ${operator}`];
  return singleKeys.test(key) || otherKeys.test(key) ? [] : [`condition key ${key}`];
}

/** Booleans are written with or without quotes. */
function valuesOf(wanted: unknown): readonly string[] {
  return typeof wanted === "boolean" ? [String(wanted)] : several(wanted);
}

function holds(operator: Operator, wanted: readonly string[], given: readonly string[] | undefined): boolean {
  if (operator.name === "Null") return wanted.includes(String(given === undefined));
  const { test, negated = false } = operators[operator.name] ?? { test: () => false };
  if (given === undefined) return operator.ifExists || holdsForNothing(operator, negated);
  const passes = (value: string): boolean => wanted.some((one) => test(one, value)) !== negated;
  return operator.set === "ForAnyValue" ? given.some(passes) : given.every(passes);
}

/** Of no values all are as wanted, and not one: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html */
function holdsForNothing({ set }: Operator, negated: boolean): boolean {
  return set === undefined ? negated : set === "ForAllValues";
}

/** True where every condition of a statement holds for the request. */
export function conditionsHold(statement: Properties, context: RequestContext, read: Reading): boolean {
  return conditionsOf(statement).every(([operator, key, wanted]) =>
    holds(
      parse(operator),
      valuesOf(wanted).flatMap((pattern) => read(pattern) ?? []),
      context.get(key.toLowerCase()),
    ),
  );
}
