import type { Properties } from "../../model.ts";
import { isWithheld } from "../../secrets.ts";
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

/** What a document allows of which the account keeps only that it is a secret: nothing that could be refused. */
const unread: Properties = { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] };

/** A document as something in the account has it: as JSON, as an object, withheld or not at all. */
export function readDocument(document: unknown): Properties {
  if (isWithheld(document)) return unread;
  const value: unknown = typeof document === "string" && document !== "" ? JSON.parse(document) : document;
  return isRecord(value) ? value : {};
}

/** A document as JSON: it is given so, or as an object that the SDK has written out by then. */
export function documentText(document: unknown): string {
  return text(document) ?? JSON.stringify(document);
}
