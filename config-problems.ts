import { z } from "zod";

/** One thing that is wrong with a stack's settings. */
export interface Problem {
  /** Where, from the top: `["network", "zones"]`. */
  readonly path: readonly PropertyKey[];
  /** The rule, the value given, and the remedy where it is not obvious. */
  readonly message: string;
}

/** The whole report, one line a problem. */
export function describeProblems(file: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 setting is wrong" : `${problems.length} settings are wrong`;
  return [`${file}: ${count}`, ...problems.map(({ path, message }) => `  ${dotted(path)}: ${message}`)].join(
    "\n",
  );
}

/** Everything a schema has against `given`, in our words: `must be a whole number, got "20"`. */
export function findProblems(schema: z.ZodType, given: unknown): readonly Problem[] {
  const { error } = schema.safeParse(given);
  return (error?.issues ?? []).flatMap((issue) => explain(issue, { schema, given }));
}

/** What to say about a name that is no setting, given those that are. */
function unknownSetting(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `is not a setting: ${meant === undefined ? `there are ${known.join(", ")}` : `did you mean ${meant}`}`;
}

interface Context {
  readonly schema: z.ZodType;
  readonly given: unknown;
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, context: Context): readonly Problem[] {
  const value = valueAt(context.given, issue.path);
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(z.toJSONSchema(context.schema, { unrepresentable: "any", io: "input" }), issue.path);
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: unknownSetting(key, known) }));
  }
  if (issue.code === "invalid_union") return explainUnion(issue, value, context);
  if (value === undefined && issue.code !== "custom") return [{ path: issue.path, message: "must be set" }];
  const subject = issue.code === "invalid_key" ? issue.path.at(-1) : value;
  return [{ path: issue.path, message: withValue(ruleOf(issue), subject) }];
}

/** A value that fits none of several forms: the form it resembles speaks, else all of them together. */
function explainUnion(
  issue: z.core.$ZodIssueInvalidUnion,
  value: unknown,
  context: Context,
): readonly Problem[] {
  if (value === undefined) return [{ path: issue.path, message: "must be set" }];
  const resembled = issue.errors.find((issues) =>
    issues.some(({ code, path }) => path.length > 0 || !["invalid_type", "invalid_value"].includes(code)),
  );
  if (resembled !== undefined) {
    return resembled.flatMap((inner) => explain({ ...inner, path: [...issue.path, ...inner.path] }, context));
  }
  const rules = issue.errors.flat().map((inner) => ruleOf(inner).replace(/^must be /, ""));
  return [{ path: issue.path, message: withValue(`must be ${rules.join(" or ")}`, value) }];
}

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  int: "a whole number",
  number: "a number",
  object: "a group of settings",
  record: "a group of settings",
  string: "text, in quotes where it looks like a number",
};

function ruleOf(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `must be ${typeNames[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `must be ${oneOf(issue.values.map(String))}`;
    case "too_small":
      return `must be ${measure(issue.origin, String(issue.minimum))} or more`;
    case "too_big":
      return `must be ${measure(issue.origin, String(issue.maximum))} or less`;
    case "invalid_key":
      // The record's author may say what a key must be (`namedRecord`); else the rule of the key itself does.
      return issue.message.startsWith("Invalid key")
        ? issue.issues.map(({ message }) => message).join(" and ")
        : issue.message;
    default:
      return ownWords(issue);
  }
}

function oneOf(values: readonly string[]): string {
  return values.length > 1 ? `one of ${values.join(", ")}` : values.join("");
}

function measure(origin: string, limit: string): string {
  if (origin === "string") return `${limit} characters`;
  if (origin === "array") return limit === "1" ? "1 entry" : `${limit} entries`;
  return limit;
}

/** The message of the schema's author; zod's own, which speaks of input, says less than the format's name. */
function ownWords(issue: Issue): string {
  const own =
    issue.message.startsWith("Invalid") && issue.code === "invalid_format"
      ? `must be ${issue.format}`
      : issue.message;
  const field = String(issue.path.at(-1) ?? "");
  return own.startsWith(`${field} `) ? own.slice(field.length + 1) : own;
}

/** Puts the value given before the remedy, unless the message names it already. */
function withValue(message: string, value: unknown): string {
  if (message.includes(", got ") || isGroup(value)) return message;
  const [rule = "", ...remedy] = message.split(": ");
  return [`${rule}, got ${show(value)}`, ...remedy].join(": ");
}

/** Text as it is, unless it could be taken for something else; lists without brackets. */
function show(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(show).join(", ");
  const isPlainText =
    typeof value === "string" && /^[a-zA-Z][^\s"]*$/.test(value) && !/^(true|false|null)$/.test(value);
  const text = isPlainText ? value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function dotted(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${step}]` : `${index > 0 ? "." : ""}${String(step)}`))
    .join("");
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === "object" && inner !== null
        ? Object.entries(inner).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  );
}

/** The names a schema knows at a path. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  const forms = [schema, ...listOf(valueAt(schema, ["anyOf"])), ...listOf(valueAt(schema, ["allOf"]))];
  const [step, ...rest] = path;
  if (step === undefined) {
    return forms
      .map((form) => valueAt(form, ["properties"]))
      .flatMap((names) => (isGroup(names) ? Object.keys(names) : []));
  }
  const inner = forms
    .map(
      (form) =>
        valueAt(form, ["properties", step]) ??
        valueAt(form, ["additionalProperties"]) ??
        valueAt(form, ["items"]),
    )
    .find((candidate) => typeof candidate === "object");
  return inner === undefined ? [] : keysAt(inner, rest);
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The name in `known` that was probably meant, if any comes close. */
function nearest(name: string, known: readonly string[]): string | undefined {
  const [best] = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.distance - right.distance);
  return best !== undefined && best.distance <= Math.max(2, name.length / 3) ? best.candidate : undefined;
}

/** How many letters must be put in, taken out or changed to make one name of the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (const [column, other] of Array.from(to).entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
