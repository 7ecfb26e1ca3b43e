/** https://github.com/kubernetes/apimachinery/blob/master/pkg/api/resource/quantity.go */
const form = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;

const factors: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
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
