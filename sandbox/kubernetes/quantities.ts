/** https://github.com/kubernetes/apimachinery/blob/master/pkg/api/resource/quantity.go */
const form = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

const binary = { Ei: 2 ** 60, Pi: 2 ** 50, Ti: 2 ** 40, Gi: 2 ** 30, Mi: 2 ** 20, Ki: 2 ** 10 } as const;
const decimal = { E: 1e18, P: 1e15, T: 1e12, G: 1e9, M: 1e6, k: 1e3 } as const;

const factors: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  ...decimal,
  ...binary,
};

/** A quantity such as `500m` or `2Gi` as a number, or what the API server says of it. */
export function quantityOf(
  value: string | number,
): { readonly amount: number } | { readonly mistake: string } {
  const match = form.exec(String(value));
  if (match === null) return { mistake: `quantities must match the regular expression '${form.source}'` };
  const [, digits = "", suffix = ""] = match;
  const factor = /^[eE][-+]?[0-9]+$/.test(suffix) ? 10 ** Number(suffix.slice(1)) : factors[suffix];
  return factor === undefined
    ? { mistake: "unable to parse quantity's suffix" }
    : { amount: Number(digits) * factor };
}

/** The amount of a quantity; nothing for what is none. */
export function amountOf(value: unknown): number {
  const read = typeof value === "string" || typeof value === "number" ? quantityOf(value) : { amount: 0 };
  return "amount" in read ? read.amount : 0;
}

/** True for a quantity that is written in powers of two, as its sums are then. */
export function isBinary(value: unknown): boolean {
  return typeof value === "string" && value.endsWith("i");
}

/** An amount as the API server writes it, by the largest suffix that divides it. */
export function quantity(amount: number, inBinary: boolean): string {
  const thousandths = Math.round(amount * 1000);
  if (thousandths % 1000 !== 0) return `${thousandths}m`;
  const whole = thousandths / 1000;
  const suffixes = Object.entries(inBinary ? binary : decimal);
  const [suffix, factor] = suffixes.find(([, size]) => whole !== 0 && whole % size === 0) ?? ["", 1];
  return `${whole / factor}${suffix}`;
}
