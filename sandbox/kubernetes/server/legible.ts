import type { Properties } from "../../model.ts";
import { isWithheld } from "../../secrets.ts";
import { UNKNOWN, isRecord } from "../../values.ts";
import { isSealed } from "../secrets.ts";

/** The object as far as it can be judged: of what is kept as a digest nothing is known. */
export function legible(object: Properties): Properties {
  const isSecret = object.kind === "Secret";
  return legibleIn(object, (value) => isWithheld(value) || (isSecret && isSealed(value)));
}

function legibleIn(object: Properties, isHidden: (value: unknown) => boolean): Properties {
  const read = (value: unknown): unknown => {
    if (isHidden(value)) return UNKNOWN;
    if (Array.isArray(value)) return value.map(read);
    return isRecord(value) ? legibleIn(value, isHidden) : value;
  };
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, read(value)]));
}
