import { isIPv4, isIPv6 } from "node:net";

/** Strings of a TXT record, of 255 characters each: the provider puts a value without quotes into some. */
function stringsOf(value: string): readonly string[] {
  const quoted = /^".*"$/s.test(value) ? value : `"${value}"`;
  return [...quoted.matchAll(/"((?:\\.|[^"\\])*)"/gs)].map(([, inner = ""]) => inner);
}

/** What is wrong with one value, by type: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html */
const faults: Readonly<Record<string, readonly [isFaulty: (value: string) => boolean, fault: string]>> = {
  A: [(value) => !isIPv4(value), "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)"],
  AAAA: [(value) => !isIPv6(value), "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)"],
  TXT: [
    (value) => stringsOf(value).some((one) => one.length > 255),
    "CharacterStringTooLong (Value is too long)",
  ],
};

/** What Route 53 has against the values of a record; `undefined` where it has nothing. */
export function faultIn(type: string, records: readonly unknown[]): string | undefined {
  const [isFaulty, fault] = faults[type] ?? [];
  const wrong = records.map(String).find((value) => isFaulty?.(value) === true);
  if (wrong === undefined) return undefined;
  return `Invalid Resource Record: 'FATAL problem: ${fault ?? ""} encountered with '${wrong}''`;
}
