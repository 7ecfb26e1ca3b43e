import { z } from "zod";

/**
 * A record whose keys follow a pattern. Zod's own message for a wrong key does not say what is wrong with it: `rule` does, such as
 * `a service's name is lower case, digits and -`.
 */
export function namedRecord<Value extends z.ZodType>(
  pattern: RegExp,
  rule: string,
  value: Value,
): z.ZodRecord<z.ZodString, Value> {
  return z.record(z.string().regex(pattern), value, {
    error: ({ code }) => (code === "invalid_key" ? rule : undefined),
  });
}
