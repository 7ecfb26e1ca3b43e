import { json, property } from "../kernel/read.ts";
import { isWorld } from "./cidr.ts";

/** One condition of a statement: any of `values` satisfies it. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Who a statement is about. */
export interface Principal {
  /** `AWS`, `Service`, `Federated` or `CanonicalUser`; a bare `*` is an AWS principal. */
  readonly kind: string;
  readonly id: string;
}

/** A statement of an IAM document, with every short form written out. */
export interface Statement {
  readonly allows: boolean;
  /** Lower case, since IAM compares actions so. */
  readonly actions: readonly string[];
  readonly exceptActions: readonly string[];
  readonly resources: readonly string[];
  readonly exceptResources: readonly string[];
  readonly principals: readonly Principal[];
  readonly exceptPrincipals: readonly Principal[];
  readonly conditions: readonly Condition[];
}

const parsed = new Map<string, readonly Statement[]>();

/** The statements of a document, given as JSON or as an object; none where there is no document. */
export function statements(document: unknown): readonly Statement[] {
  if (document === undefined || document === null || document === "") return [];
  if (typeof document !== "string") return parse(document);
  const known = parsed.get(document) ?? parse(json(document));
  parsed.set(document, known);
  return known;
}

/** The statements that grant something. */
export function grants(document: unknown): readonly Statement[] {
  return statements(document).filter(({ allows }) => allows);
}

function parse(document: unknown): readonly Statement[] {
  return oneOrMany(property(document, "Statement")).map((statement) => ({
    allows: property(statement, "Effect") === "Allow",
    actions: strings(property(statement, "Action")).map((action) => action.toLowerCase()),
    exceptActions: strings(property(statement, "NotAction")).map((action) => action.toLowerCase()),
    resources: strings(property(statement, "Resource")),
    exceptResources: strings(property(statement, "NotResource")),
    principals: principals(property(statement, "Principal")),
    exceptPrincipals: principals(property(statement, "NotPrincipal")),
    conditions: conditions(property(statement, "Condition")),
  }));
}

function principals(value: unknown): readonly Principal[] {
  if (typeof value === "string") return [{ kind: "AWS", id: value }];
  return fields(value).flatMap(([kind, ids]) => strings(ids).map((id) => ({ kind, id })));
}

function conditions(value: unknown): readonly Condition[] {
  return fields(value).flatMap(([operator, keys]) =>
    fields(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values: strings(values) })),
  );
}

function fields(value: unknown): readonly (readonly [string, unknown])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).map((key) => [key, property(value, key)]);
}

/** IAM takes one for a list of one. */
function oneOrMany(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function strings(value: unknown): readonly string[] {
  return oneOrMany(value).map((item) => String(item));
}

/** Whether a principal is everyone: `*`, alone or as the account of an ARN. */
export function isEveryone({ kind, id }: Principal): boolean {
  return kind === "AWS" && (id === "*" || /^arn:[^:]*:iam::\*:/.test(id));
}

/**
 * Condition keys that tie a request to known accounts, organisations, resources or networks. `kms:ViaService` is none of them: anybody
 * may come through a service, and only with `kms:CallerAccount` is it known who (AWS KMS Developer Guide, "kms:ViaService").
 */
const narrowing = new Set([
  "aws:sourcearn",
  "aws:sourceaccount",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceip",
  "aws:principalarn",
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "kms:calleraccount",
]);

const positive =
  /^(ForAnyValue:)?(StringEquals|StringEqualsIgnoreCase|StringLike|ArnEquals|ArnLike|IpAddress)$/;

/**
 * Whether a value fits whoever comes: wildcards from the start, an organisation or an account that is one, (nearly) every address.
 * An ARN without an account, such as a bucket's, counts by its name.
 */
function fitsAnybody(value: string): boolean {
  if (isWorld(value) || /^(o-)?[*?]/.test(value)) return true;
  if (!value.startsWith("arn:")) return false;
  const [, , , , account = "*", ...name] = value.split(":");
  return account === "" ? /^[*?]/.test(name.join(":")) : /[*?]/.test(account);
}

/**
 * Whether a condition holds a request to values. Negated operators and those that hold where the key is absent (`IfExists`,
 * `ForAllValues:`) do not, nor does a value that fits everything.
 */
export function isLimiting({ operator, values }: Condition): boolean {
  return positive.test(operator) && values.length > 0 && !values.some(fitsAnybody);
}

/** Whether a condition limits who is meant. */
export function isNarrowing(condition: Condition): boolean {
  return narrowing.has(condition.key) && isLimiting(condition);
}

/** Whether a statement gives something to everyone, with nothing that narrows who that is. */
export function isPublicGrant({
  allows,
  principals: to,
  exceptPrincipals,
  conditions: limits,
}: Statement): boolean {
  return allows && (to.some(isEveryone) || exceptPrincipals.length > 0) && !limits.some(isNarrowing);
}

/** Whether a statement refuses whoever comes without TLS. */
export function refusesPlainText({ allows, principals: from, conditions: limits }: Statement): boolean {
  const isPlainText = limits.some(
    ({ operator, key, values }) =>
      operator === "Bool" && key === "aws:securetransport" && values.includes("false"),
  );
  return !allows && from.some(isEveryone) && isPlainText;
}

/** Whether a pattern of IAM, with `*` for any text and `?` for one letter, fits. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s").test(text);
}

/** Whether a statement is about an action, given in lower case. */
export function covers({ actions, exceptActions }: Statement, action: string): boolean {
  if (exceptActions.length > 0) return !exceptActions.some((pattern) => matches(pattern, action));
  return actions.some((pattern) => matches(pattern, action));
}

/** Whether a statement is about every resource there is: a wildcard, or an ARN of nothing else. */
export function isEverywhere({ resources, exceptResources }: Statement): boolean {
  const wildcard = /^(?:arn:(?:aws[a-z-]*:)?)?[*:/]+$/;
  return exceptResources.length > 0 || resources.some((resource) => wildcard.test(resource));
}

/** Whether a statement is about every resource, or every one of a kind: `*`, `arn:aws:iam::*:role/*`. */
export function isBroad({ resources, exceptResources }: Statement): boolean {
  const wildcard = /^(?:arn:[^:]*:[^:]*:[^:]*:[^:]*:)?(?:[a-z-]+[/:])?\*+$/;
  return exceptResources.length > 0 || resources.some((resource) => wildcard.test(resource));
}

/** What a statement is about, for a sentence: its actions. */
export function actionsOf({ actions, exceptActions }: Statement): string {
  return actions.length > 0 ? actions.join(", ") : `everything but ${exceptActions.join(", ")}`;
}

/** The account that a principal belongs to, where it names one. */
export function accountOf({ kind, id }: Principal): string | undefined {
  if (kind !== "AWS") return undefined;
  return /^(?:arn:[^:]*:(?:iam|sts)::)?(\d{12})(?::|$)/.exec(id)?.[1];
}
