/** What lies in a nested value under these keys; `undefined` when there is nothing. */
export function dig(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>(
    (inside, key) =>
      typeof inside === "object" && inside !== null
        ? new Map<string, unknown>(Object.entries(inside)).get(String(key))
        : undefined,
    value,
  );
}

/** A list of whatever lies there; empty when there is no list. */
export function listIn(value: unknown, ...keys: readonly (string | number)[]): readonly unknown[] {
  const found = dig(value, ...keys);
  return Array.isArray(found) ? found : [];
}

/** Keys of the object that lies there; none when there is no object. */
export function keysIn(value: unknown, ...keys: readonly (string | number)[]): readonly string[] {
  const found = dig(value, ...keys);
  return typeof found === "object" && found !== null ? Object.keys(found) : [];
}
