import type { Properties } from "../../model.ts";
import { isRecord } from "../../values.ts";
import { matches } from "./actions.ts";
import { several, statementsOf } from "./statements.ts";

/** Values of the request's condition keys, in lower case; a key that the request does not have is absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

type Test = (wanted: string, given: string) => boolean;

const equal: Test = (wanted, given) => wanted === given;
const equalIgnoringCase: Test = (wanted, given) => wanted.toLowerCase() === given.toLowerCase();
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

/** The keys that every simulated request can answer: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html */
const keys =
  /^aws:(?:RequestedRegion|PrincipalAccount|PrincipalArn|ResourceAccount|SecureTransport|ViaAWSService|TagKeys|RequestTag\/.+|ResourceTag\/.+)$/i;

interface Operator {
  readonly name: string;
  readonly set: "ForAnyValue" | "ForAllValues" | undefined;
  readonly ifExists: boolean;
}

function read(written: string): Operator {
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

/** Conditions of a document that the sandbox cannot evaluate: it must not guess what they would decide. */
export function unsupportedConditions(document: Properties): readonly string[] {
  return statementsOf(document)
    .flatMap(conditionsOf)
    .flatMap(([operator, key]) => {
      const { name } = read(operator);
      if (name !== "Null" && operators[name] === undefined) return [`condition operator ${operator}`];
      return keys.test(key) ? [] : [`condition key ${key}`];
    });
}

/** Booleans are written with or without quotes. */
function valuesOf(wanted: unknown): readonly string[] {
  return typeof wanted === "boolean" ? [String(wanted)] : several(wanted);
}

function holds(operator: Operator, wanted: readonly string[], given: readonly string[] | undefined): boolean {
  if (operator.name === "Null") return wanted.includes(String(given === undefined));
  const { test, negated = false } = operators[operator.name] ?? { test: () => false };
  if (given === undefined) return operator.ifExists || negated || operator.set === "ForAllValues";
  const passes = (value: string): boolean => wanted.some((one) => test(one, value)) !== negated;
  return operator.set === "ForAnyValue" ? given.some(passes) : given.every(passes);
}

/** True where every condition of a statement holds for the request. */
export function conditionsHold(statement: Properties, context: RequestContext): boolean {
  return conditionsOf(statement).every(([operator, key, wanted]) =>
    holds(read(operator), valuesOf(wanted), context.get(key.toLowerCase())),
  );
}
