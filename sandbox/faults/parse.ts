import type { Fault, FaultKind } from "./model.ts";
import { faultKinds, isFaultKind } from "./model.ts";

const spelling = /^([^:@]*)(?::([^@]*))?(?:@(.*))?$/;
const place = /^(\*|first|[1-9]\d*)(?:x([1-9]\d*))?$/;

/** Kinds that the provider's own retries may overcome, so that how often they come decides. */
const countable: readonly FaultKind[] = ["throttling", "server-error"];

/** What is wrong with one of them, or the fault. */
function read(text: string): Fault | string {
  const [, kind = "", type, where = "*"] = spelling.exec(text) ?? [];
  if (!isFaultKind(kind)) return `${text}: the kinds are ${Object.keys(faultKinds).join(", ")}`;
  const found = readPlace(text, kind, where);
  return typeof found === "string" || type === undefined ? found : withType(text, found, type);
}

function withType(text: string, fault: Fault, type: string): Fault | string {
  if (/^[\w:/.*-]+$/.test(type)) return { ...fault, type };
  return `${text}: a type is like aws:s3/bucket:Bucket or aws:s3/*, got "${type}"`;
}

/** Which operation, and how often. */
function readPlace(text: string, kind: FaultKind, where: string): Fault | string {
  const [, at, times] = place.exec(where) ?? [];
  if (at === undefined)
    return `${text}: after @ comes which operation, such as 12, first for each resource's first, or * for all, and how often, such as 12x30`;
  if (times !== undefined && !countable.includes(kind))
    return `${text}: only ${countable.join(" and ")} can be counted with x: nobody asks again after the others`;
  return {
    kind,
    ...(at === "*" ? {} : { at: at === "first" ? at : Number(at) }),
    ...(times === undefined ? {} : { times: Number(times) }),
  };
}

/**
 * Reads faults as they are given on the command line: `kind[:type][@operation[xtimes]]`, such as `timeout:aws:rds/*`,
 * `provider-dies@40`, `access-denied@first` or `throttling:aws:iam/*@*x30`.
 * @throws Error with every mistake.
 */
export function parseFaults(texts: readonly string[]): readonly Fault[] {
  const faults = texts.map(read);
  const mistakes = faults.filter((one) => typeof one === "string");
  if (mistakes.length > 0)
    throw new Error(["--fault takes kind[:type][@operation[xtimes]]", ...mistakes].join("\n  "));
  return faults.filter((one) => typeof one !== "string");
}
