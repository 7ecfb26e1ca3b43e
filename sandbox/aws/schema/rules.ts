import { isRecord, UNKNOWN } from "../../values.ts";
import { formats } from "./formats.ts";
import type { ItemsRule, Rule, ValueRule } from "./model.ts";

type Complaint = string | undefined;
type RuleOf<Name extends ValueRule["is"]> = Extract<ValueRule, { is: Name }>;

/**
 * A newcomer to an open list looks like those already in it: the same kinds of characters and nothing else. So `t9g.large` passes
 * where instance types are known, and `T9G LARGE` does not.
 */
function isLikely(value: unknown, known: readonly (string | number)[]): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /\s/, /[-]/, /[_]/, /[.]/, /[:/]/, /[^\w\s.:/-]/];
  const seen = known.join("");
  return (
    value !== "" &&
    kinds.every((kind) => !kind.test(String(value)) || kind.test(seen) || kind.source === "[0-9]")
  );
}

function enumeration(rule: RuleOf<"enum">, name: string, value: unknown): Complaint {
  const written = (one: unknown): string =>
    rule.caseless === true ? String(one).toUpperCase() : String(one);
  if (rule.values.some((known) => written(known) === written(value))) return undefined;
  if (rule.open === true && typeof value === "string" && isLikely(value, rule.values)) return undefined;
  const known = rule.values.map((one) => JSON.stringify(one)).join(" ");
  return `expected ${name} to be one of [${known}], got ${String(value)}`;
}

function length(rule: RuleOf<"length">, name: string, value: unknown): Complaint {
  const { min = 0, max = Number.POSITIVE_INFINITY } = rule;
  const shown = String(value);
  const characters = shown.length;
  if (characters >= min && characters <= max) return undefined;
  if (rule.max === undefined) return `expected length of ${name} to be at least ${min}, got ${shown}`;
  if (rule.min === undefined) return `"${name}" cannot be longer than ${max} characters: ${shown}`;
  return `expected length of ${name} to be in the range (${min} - ${max}), got ${shown}`;
}

function range(rule: RuleOf<"range">, name: string, value: unknown): Complaint {
  const given = Number(value);
  if (rule.also?.some((taken) => String(taken) === String(value)) === true) return undefined;
  if (Number.isNaN(given)) return `expected ${name} to be ${bounds(rule)}, got ${String(value)}`;
  return outside(rule, name, given) ?? divisible(rule, name, given);
}

function outside(rule: RuleOf<"range">, name: string, given: number): Complaint {
  const { min = -Infinity, max = Infinity, above = -Infinity } = rule;
  if (given < min || given > max) return `expected ${name} to be ${bounds(rule)}, got ${given}`;
  return given <= above ? `expected ${name} to be greater than ${above}, got ${given}` : undefined;
}

function divisible({ multiple }: RuleOf<"range">, name: string, given: number): Complaint {
  return multiple === undefined || given % multiple === 0
    ? undefined
    : `expected ${name} to be divisible by ${multiple}, got: ${given}`;
}

function bounds({ min, max }: RuleOf<"range">): string {
  if (max === undefined) return `at least (${min ?? ""})`;
  return min === undefined ? `at most (${max})` : `in the range (${min} - ${max})`;
}

function pattern(rule: RuleOf<"pattern">, name: string, value: unknown): Complaint {
  // The engine's own reading of a part that is to be read in either case depends on what it read before.
  const source = rule.source.replaceAll("(?i:", "(?:");
  const flags = `${source === rule.source ? "" : "i"}${source.includes("\\p{") ? "u" : ""}`;
  const found = new RegExp(source, flags).test(String(value));
  const says = rule.says ?? `must match regular expression ${rule.source}`;
  return found ? undefined : `invalid value for ${name} (${says})`;
}

function format(rule: RuleOf<"format">, name: string, value: unknown): Complaint {
  const complaints = rule.any.map((one) => formats[one]?.(name, String(value)));
  return value === "" || complaints.includes(undefined) ? undefined : complaints[0];
}

function oneValue(rule: ValueRule, name: string, value: unknown): Complaint {
  switch (rule.is) {
    case "enum":
      return enumeration(rule, name, value);
    case "length":
      return length(rule, name, value);
    case "range":
      return range(rule, name, value);
    case "pattern":
      return pattern(rule, name, value);
    case "format":
      return format(rule, name, value);
  }
}

function items(
  { min = 0, max = Number.POSITIVE_INFINITY }: ItemsRule,
  name: string,
  count: number,
): Complaint {
  if (count > max) {
    return `Too many list items. Attribute ${name} supports ${max} item maximum, but config has ${count} declared.`;
  }
  return count < min
    ? `Not enough list items. Attribute ${name} requires ${min} item minimum, but config has only ${count} declared.`
    : undefined;
}

function subjects(rule: ValueRule, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isRecord(value)) return [value];
  return "values" in rule ? Object.values(value) : [];
}

/** What a rule about a single property has against its value. Unknown values are never judged; secret ones never shown. */
export function complaint(rule: Rule, name: string, value: unknown, secret: boolean): Complaint {
  if ("with" in rule) return undefined;
  if (rule.is === "items") return Array.isArray(value) ? items(rule, name, value.length) : undefined;
  const found = subjects(rule, value)
    .filter((one) => one !== UNKNOWN && !isRecord(one))
    .map((one) => oneValue(rule, name, one))
    .find((one) => one !== undefined);
  return secret && found !== undefined ? `invalid value for ${name}: it breaks the rule "${rule.is}"` : found;
}
