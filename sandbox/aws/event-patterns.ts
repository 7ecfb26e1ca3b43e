import { isRecord } from "../values.ts";

/** What matches one value, by name: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const matchers: Readonly<Record<string, (operand: unknown) => string | undefined>> = {
  "anything-but": (operand) =>
    Array.isArray(operand) || ["string", "number"].includes(typeof operand)
      ? undefined
      : complaintAboutException(operand),
  cidr: ofText("prefix"),
  "equals-ignore-case": ofText("equals-ignore-case"),
  exists: (operand) =>
    typeof operand === "boolean" ? undefined : "exists match pattern must be either true or false.",
  numeric: (operand) => (Array.isArray(operand) ? undefined : "Value of numeric must be an array."),
  prefix: ofAffix("prefix"),
  suffix: ofAffix("suffix"),
  wildcard: ofText("wildcard"),
};

/** What may stand in the place of the values that something is anything but. */
const exceptions: ReadonlySet<string> = new Set(["equals-ignore-case", "prefix", "suffix", "wildcard"]);

function complaintAboutException(operand: unknown): string | undefined {
  if (!isRecord(operand)) return "Value of anything-but must be an array or single string/number value.";
  const other = Object.keys(operand).find((key) => !exceptions.has(key));
  return other === undefined ? undefined : `Unsupported anything-but pattern: ${other}`;
}

function ofText(name: string): (operand: unknown) => string | undefined {
  return (operand) => (typeof operand === "string" ? undefined : `${name} match pattern must be a string`);
}

/** A beginning or an end may be told whatever its case. */
function ofAffix(name: string): (operand: unknown) => string | undefined {
  return (operand) =>
    isRecord(operand) && "equals-ignore-case" in operand ? undefined : ofText(name)(operand);
}

function complaintAboutValue(value: unknown): string | undefined {
  if (Array.isArray(value)) return "Match value must be String, number, true, false, or null";
  if (!isRecord(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return "Only one key allowed in match expression";
  const [name, operand] = entry;
  const matcher = matchers[name];
  return matcher === undefined ? `Unrecognized match type ${name}` : matcher(operand);
}

function firstOf<Item>(
  items: readonly Item[],
  complain: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const complaint = complain(item);
    if (complaint !== undefined) return complaint;
  }
  return undefined;
}

function complaintAboutField([key, value]: readonly [string, unknown]): string | undefined {
  if (Array.isArray(value)) {
    if (value.length === 0) return "Empty arrays are not allowed";
    return firstOf<unknown>(value, key === "$or" ? complaintAboutPattern : complaintAboutValue);
  }
  return isRecord(value) ? complaintAboutPattern(value) : `"${key}" must be an object or an array`;
}

/**
 * What EventBridge and SNS have against a pattern, without the place that they add: objects hold lists of what matches, or further
 * objects. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
 */
export function complaintAboutPattern(pattern: unknown): string | undefined {
  if (!isRecord(pattern)) return "Filter is not an object";
  const fields = Object.entries(pattern);
  return fields.length === 0 ? "Empty objects are not allowed" : firstOf(fields, complaintAboutField);
}
