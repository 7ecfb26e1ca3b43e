import type { Properties } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";

/** The statements of a document, which may hold one without a list. */
export function statementsOf(document: Properties): readonly Properties[] {
  const { Statement } = document;
  return (Array.isArray(Statement) ? Statement : [Statement]).filter(isRecord);
}

/** A value or a list of values. */
export function several(value: unknown): readonly string[] {
  return (Array.isArray(value) ? list(value) : [value]).flatMap((one) => text(one) ?? []);
}
