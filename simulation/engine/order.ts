/** The order of two names by their code units: the same on every machine, whatever its language. */
export function byName(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
