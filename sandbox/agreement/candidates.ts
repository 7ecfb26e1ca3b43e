import fc from "fast-check";
import type { PropertyFacts, Rule, ValueRule } from "../aws/facts.ts";
import { hexOf } from "../values.ts";

/** Values of each format. The empty string is left to rules of length, as the provider does. */
const formatted: Readonly<Record<string, readonly string[]>> = {
  accountId: ["123456789012", "999999999999"],
  arn: [
    "arn:aws:iam::123456789012:role/reader",
    "arn:aws:kms:eu-west-1:123456789012:key/8f0a6c2e-1d3b-4c5d-9e7f-001122334455",
    "arn:aws:sns:us-east-1:123456789012:alarms",
    "arn:aws:s3:::bucket/key",
  ],
  base64: ["Z3JvdW5kd29yaw==", "YWJj"],
  booleanString: ["true", "false"],
  cidr: ["10.0.0.0/16", "2001:db8::/56"],
  cidr4: ["10.0.0.0/16", "192.168.4.0/24"],
  cidr6: ["2001:db8::/56", "2600:1f18::/64"],
  cidrNetworkAddress: ["10.0.0.0/16", "192.168.4.0/24", "2001:db8::/56"],
  ec2Automation: ["arn:aws:automate:eu-west-1:ec2:recover", "arn:aws:automate:us-east-1:ec2:stop"],
  integerString: ["7", "65000"],
  ip: ["10.1.2.3", "2001:db8::1"],
  ipv4: ["10.1.2.3", "192.0.2.7"],
  ipv6: ["2001:db8::1", "fd00::7"],
  json: ["{}", '{"Version":"2012-10-17","Statement":[]}', "[1]"],
  "network(12-24)": ["10.0.0.0/16", "172.20.0.0/16"],
  "network(16-28)": ["10.0.0.0/16", "192.168.4.0/24"],
  "network(30-30)": ["169.254.10.0/30", "169.254.20.4/30"],
  numberString: ["7", "0.5"],
  region: ["eu-west-1", "us-gov-west-1"],
  rfc3339: ["2026-01-31T23:59:59Z", "2027-06-01T00:00:00+02:00"],
  servicePrincipal: ["ec2.amazonaws.com", "logs.eu-west-1.amazonaws.com"],
  "url(https)": ["https://example.com/path", "https://a.example"],
  yaml: ["a: 1", "- b"],
};

/** Nothing that any format, pattern or list takes, be it open to newcomers; JSON and YAML take almost anything else. */
const odd: readonly string[] = ["[1 §", "{§", "[§ no such thing"];

const words: readonly string[] = [
  "shop",
  "shop-1",
  "cart_2",
  "Orders",
  "a",
  "orders.example.com",
  "/a/b",
  "s3://x/y",
  "1",
  "0",
];

/** How many values of a kind a probe tries. */
const tries = 3;

/** Values for one property: those that keep all its rules, and for each rule some that break it. */
export interface Candidates {
  readonly valid: readonly unknown[];
  /** Values that break this rule, alone if there are such. */
  readonly violating: (rule: ValueRule) => readonly unknown[];
}

const known = new WeakMap<PropertyFacts, { readonly seed: number; readonly candidates: Candidates }>();

/** Derives values from the rules alone; another `seed` gives others. Of a list these are elements, of a map its values. */
export function candidatesFor(facts: PropertyFacts, seed: number): Candidates {
  const found = known.get(facts);
  if (found?.seed === seed) return found.candidates;
  const candidates = derive(facts, seed);
  known.set(facts, { seed, candidates });
  return candidates;
}

function derive({ type, rules }: PropertyFacts, seed: number): Candidates {
  const judged = rules.filter(isAboutValue);
  const pool = poolOf(type, judged, seed);
  const keeps = (rule: ValueRule, value: unknown): boolean => judges[rule.is](rule, value);
  return {
    valid: pick(
      pool.filter((value) => judged.every((rule) => keeps(rule, value))),
      seed,
    ),
    violating: (rule) => {
      const broken = pool.filter((value) => !keeps(rule, value) && isSurelyWrong(rule, value));
      const alone = broken.filter((value) => judged.every((other) => other === rule || keeps(other, value)));
      return pick(alone.length > 0 ? alone : broken, seed);
    },
  };
}

/** What is in no list of samples may still be of the format, and an open list takes likely newcomers. */
function isSurelyWrong(rule: ValueRule, value: unknown): boolean {
  const isOpen = rule.is === "format" || (rule.is === "enum" && rule.open === true);
  return !isOpen || typeof value !== "string" || odd.includes(value);
}

/** True for a rule about one value, rather than about how many or which others there are. */
export function isAboutValue(rule: Rule): rule is ValueRule {
  return !("with" in rule) && rule.is !== "items";
}

/** A few of them, which ones by the seed. */
function pick<T>(values: readonly T[], seed: number): readonly T[] {
  const unique = [...new Set(values)];
  const order = unique.map((value, index) => ({ value, rank: hexOf(`${seed}/${index}`, 8) }));
  return order
    .sort((left, right) => (left.rank < right.rank ? -1 : 1))
    .slice(0, tries)
    .map(({ value }) => value);
}

function poolOf(type: string, rules: readonly ValueRule[], seed: number): readonly unknown[] {
  if (type.includes("boolean")) return [true, false];
  if (type.includes("number"))
    return rules.length === 0 ? [1, 2, 3] : [...rules.flatMap((rule) => numbersFor(rule)), 1, 2, 7];
  const own = rules.flatMap((rule) => stringsFor(rule, seed));
  const outside = rules.some(({ is }) => is === "range") ? ["-1", "99999999999"] : odd;
  return [...own, ...words, ...outside];
}

type RuleOf<Name extends ValueRule["is"]> = Extract<ValueRule, { is: Name }>;

function numbersFor(rule: ValueRule): readonly unknown[] {
  if (rule.is === "enum") return [...rule.values, Math.max(...rule.values.map(Number)) + 1, -7];
  if (rule.is !== "range") return [];
  const { min, max, above, multiple = 1, also = [] } = rule;
  const edges = [min, max, above].flatMap((edge) =>
    edge === undefined ? [] : [edge - multiple, edge, edge + multiple, edge + 2 * multiple],
  );
  return [...edges, ...edges.map((edge) => edge + 1), ...also].filter(Number.isInteger);
}

function stringsFor(rule: ValueRule, seed: number): readonly unknown[] {
  switch (rule.is) {
    case "enum":
      return [...rule.values];
    case "format":
      return rule.any.flatMap((name) => formatted[name] ?? []);
    case "length":
      return lengthsFor(rule);
    case "pattern":
      return matching(rule, seed);
    case "range":
      return numbersFor(rule).map(String);
  }
}

function lengthsFor({ min = 0, max }: RuleOf<"length">): readonly string[] {
  const lengths = [min - 1, min, min + 1, ...(max === undefined ? [min + 40] : [max - 1, max, max + 1])];
  return lengths
    .filter((length) => length >= 0)
    .flatMap((length) => ["a".repeat(length), "A1-".repeat(length).slice(0, length)]);
}

function matching({ source }: RuleOf<"pattern">, seed: number): readonly string[] {
  try {
    return fc.sample(fc.stringMatching(expression(source), { size: "xsmall" }), { seed, numRuns: 12 });
  } catch {
    // Look-arounds and classes of letters of all scripts: what the pool has must do.
    return [];
  }
}

function expression(source: string): RegExp {
  return new RegExp(source, source.includes("\\p{") ? "u" : "");
}

const judges: Readonly<Record<ValueRule["is"], (rule: ValueRule, value: unknown) => boolean>> = {
  enum: (rule, value) => rule.is !== "enum" || rule.values.map(String).includes(String(value)),
  format: (rule, value) =>
    rule.is !== "format" || value === "" || rule.any.some((name) => isOf(name, String(value))),
  length: (rule, value) => {
    if (rule.is !== "length") return true;
    const { length } = String(value);
    return length >= (rule.min ?? 0) && length <= (rule.max ?? Infinity);
  },
  pattern: (rule, value) => rule.is !== "pattern" || expression(rule.source).test(String(value)),
  range: (rule, value) => rule.is !== "range" || inRange(rule, value),
};

function isOf(format: string, value: string): boolean {
  return (
    (formatted[format]?.includes(value) ?? false) || (/integer|number/.test(format) && /^-?\d+$/.test(value))
  );
}

function inRange(rule: RuleOf<"range">, value: unknown): boolean {
  if (rule.also?.map(String).includes(String(value)) === true) return true;
  const given = Number(value);
  return isWithin(rule, given) && given % (rule.multiple ?? 1) === 0;
}

function isWithin(
  { min = -Infinity, max = Infinity, above = -Infinity }: RuleOf<"range">,
  given: number,
): boolean {
  return given >= min && given <= max && given > above;
}
