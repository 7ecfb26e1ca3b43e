import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { statementsOf } from "./policy-documents.ts";

/** One value stands alone; several are in reverse order of the alphabet, as the provider writes them. */
function values(given: unknown): string | string[] | undefined {
  const all = list(given).flatMap((one) => text(one)?.replaceAll("&{", "${") ?? []);
  if (all.length < 2) return all[0];
  return all.sort().reverse();
}

function principals(given: unknown): unknown {
  const entries = list(given).filter(isRecord);
  if (entries.length === 0) return undefined;
  const everyone = entries.some(({ type, identifiers }) => type === "*" && list(identifiers).includes("*"));
  if (everyone) return "*";
  const byType = new Map<string, unknown[]>();
  for (const { type, identifiers } of entries) {
    const name = text(type) ?? "";
    byType.set(name, [...(byType.get(name) ?? []), ...list(identifiers)]);
  }
  return Object.fromEntries([...byType].map(([type, identifiers]) => [type, values(identifiers)]));
}

function conditions(given: unknown): unknown {
  const tests = new Map<string, Record<string, unknown>>();
  for (const { test, variable, values: wanted } of list(given).filter(isRecord)) {
    const name = text(test) ?? "";
    tests.set(name, { ...tests.get(name), [text(variable) ?? ""]: values(wanted) });
  }
  return tests.size === 0 ? undefined : Object.fromEntries(tests);
}

function statement(given: Properties): Properties {
  return {
    Sid: text(given.sid),
    Effect: text(given.effect) ?? "Allow",
    Action: values(given.actions),
    NotAction: values(given.notActions),
    Resource: values(given.resources),
    NotResource: values(given.notResources),
    Principal: principals(given.principals),
    NotPrincipal: principals(given.notPrincipals),
    Condition: conditions(given.conditions),
  };
}

/** Statements of the same Sid are replaced where they stand; others are added. */
function merge(below: readonly Properties[], above: readonly Properties[]): readonly Properties[] {
  const merged = [...below];
  for (const one of above) {
    const index = text(one.Sid) === undefined ? -1 : merged.findIndex(({ Sid }) => Sid === one.Sid);
    if (index === -1) merged.push(one);
    else merged[index] = one;
  }
  return merged;
}

function documents(single: unknown, several: unknown): readonly Properties[] {
  return [single, ...list(several)].flatMap((source) => {
    const parsed: unknown = JSON.parse(text(source) ?? "{}");
    return isRecord(parsed) ? statementsOf(parsed) : [];
  });
}

function refuseRepeatedSids(statements: readonly Properties[]): void {
  const sids = statements.flatMap(({ Sid }) => text(Sid) ?? []);
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice !== undefined)
    throw new Refusal(
      "InvalidPolicyDocument",
      `duplicate Sid (${twice}). Remove the Sid or ensure the Sid is unique.`,
    );
}

/** The document that `aws.iam.getPolicyDocument` writes: sources, then its own statements, then what overrides them. */
export function render(args: Properties): Properties {
  const own = list(args.statements).filter(isRecord).map(statement);
  refuseRepeatedSids(own);
  const statements = merge(
    merge(documents(args.sourceJson, args.sourcePolicyDocuments), own),
    documents(args.overrideJson, args.overridePolicyDocuments),
  );
  return { Version: text(args.version) ?? "2012-10-17", Id: text(args.policyId), Statement: statements };
}
