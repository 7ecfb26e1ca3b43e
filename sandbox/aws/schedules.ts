/** A field of a clock expression: the names that stand for numbers, and what else it takes. */
interface Field {
  readonly min: number;
  readonly max: number;
  /** The names that stand for `min` and on. @default none */
  readonly names?: readonly string[];
  /** Words that it alone has. @default none */
  readonly special?: RegExp;
}

const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] as const;

/** In their order: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html#eb-cron-expressions */
const fields: readonly Field[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31, special: /^(?:L|LW|(?:[1-9]|[12]\d|3[01])W)$/i },
  { min: 1, max: 12, names: months },
  { min: 1, max: 7, names: weekdays, special: /^(?:L|(?:[1-7]|[A-Z]{3})L|(?:[1-7]|[A-Z]{3})#[1-5])$/i },
  { min: 1970, max: 2199 },
];

/** Places of the day of the month and of that of the week, one of which is left open. */
const days = [2, 4] as const;

function numberOf(word: string, { min, names = [] }: Field): number {
  const index = names.indexOf(word.toUpperCase());
  if (index >= 0) return min + index;
  return /^\d+$/.test(word) ? Number(word) : Number.NaN;
}

function isOne(word: string, field: Field): boolean {
  const value = numberOf(word, field);
  return value >= field.min && value <= field.max;
}

function isSpan(span: string, field: Field): boolean {
  const ends = span.split("-");
  return span === "*" || (ends.length <= 2 && ends.every((end) => isOne(end, field)));
}

/** `*`, `5`, `1-5`, or one of these with a step: `0/15`. */
function isPart(part: string, field: Field): boolean {
  if (field.special?.test(part) === true) return true;
  const [, span = "", step = "1"] = /^([^/]+)(?:\/([^/]+))?$/.exec(part) ?? [];
  return /^0*[1-9]\d*$/.test(step) && isSpan(span, field);
}

/** Whether an expression such as `cron(0 10 ? * MON-FRI *)` is one. */
export function isClock(expression: string): boolean {
  const words = /^cron\((.*)\)$/.exec(expression)?.[1]?.split(" ") ?? [];
  if (words.length !== fields.length) return false;
  if (days.filter((place) => words[place] === "?").length !== 1) return false;
  return fields.every((field, place) => {
    const word = words[place] ?? "";
    return word === "?"
      ? days.some((day) => day === place)
      : word.split(",").every((part) => isPart(part, field));
  });
}

/** Whether an expression says how often, in the words of rules: one of a unit has no plural. */
export function isRate(expression: string): boolean {
  return (
    /^rate\(1 (?:minute|hour|day)\)$/.test(expression) ||
    /^rate\((?:[2-9]|[1-9]\d+) (?:minutes|hours|days)\)$/.test(expression)
  );
}
