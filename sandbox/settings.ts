import type { Properties } from "./model.ts";
import { isRecord, text } from "./values.ts";

/** Provider settings that are not strings arrive as JSON. */
export function parseSettings(given: Properties): Properties {
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, parsed(value)]));
}

function parsed(value: unknown): unknown {
  const json = text(value);
  if (json === undefined || !/^[[{]/.test(json)) return value;
  try {
    const result: unknown = JSON.parse(json);
    return isRecord(result) || Array.isArray(result) ? result : value;
  } catch {
    return value;
  }
}
