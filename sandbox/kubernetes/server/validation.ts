import { isIP } from "node:net";
import type { CheckFailure } from "../../model.ts";
import { UNKNOWN, at, hasUnknown } from "../../values.ts";

/**
 * Failures in the API server's words, each at its path:
 * https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/field/errors.go
 */
export function invalid(property: string, value: unknown, detail: string): CheckFailure {
  return { property, reason: `Invalid value: ${JSON.stringify(value)}: ${detail}` };
}

/** A value that must be given. */
export function required(property: string, detail?: string): CheckFailure {
  return { property, reason: detail === undefined ? "Required value" : `Required value: ${detail}` };
}

/** A value that is none of those allowed. */
export function unsupported(property: string, value: unknown, supported: readonly string[]): CheckFailure {
  const list = supported.map((item) => JSON.stringify(item)).join(", ");
  return { property, reason: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}` };
}

/** A value that must be given once only. */
export function duplicate(property: string, value: unknown): CheckFailure {
  return { property, reason: `Duplicate value: ${JSON.stringify(value)}` };
}

/** A name that refers to nothing. */
export function notFound(property: string, value: unknown): CheckFailure {
  return { property, reason: `Not found: ${JSON.stringify(value)}` };
}

/** A value that is allowed elsewhere. */
export function forbidden(property: string, detail: string): CheckFailure {
  return { property, reason: `Forbidden: ${detail}` };
}

/** True where a value is missing for certain: not where it is unknown as yet. */
export function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

/** Reads `a.b[0].c`; what lies inside an unknown value is unknown, not missing. */
export function peek(value: unknown, path: string): unknown {
  const found = at(value, path);
  if (found !== undefined) return found;
  const steps = path.split(/(?=[.[])/);
  const ancestors = [value, ...steps.map((_, index) => at(value, steps.slice(0, index).join("")))];
  return ancestors.includes(UNKNOWN) ? UNKNOWN : undefined;
}

/** Fails for a number that is below the least one. */
export function atLeast(least: number, property: string, value: unknown): readonly CheckFailure[] {
  const number = numberOf(value);
  if (number === undefined || number >= least) return [];
  return [
    invalid(
      property,
      number,
      least === 1 ? "must be greater than 0" : `must be greater than or equal to ${least}`,
    ),
  ];
}

/** Fails where a text that is known is not of the format. */
export function formatted(property: string, value: unknown, format: Format): readonly CheckFailure[] {
  if (typeof value !== "string" || value === UNKNOWN) return [];
  return format(value).map((wrong) => invalid(property, value, wrong));
}

/** Fails for each name that an earlier one of the list has. */
export function repeated(
  names: readonly (string | undefined)[],
  pathOf: (index: number) => string,
): readonly CheckFailure[] {
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index ? [duplicate(pathOf(index), name)] : [],
  );
}

/** A number that is known. */
export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && !Number.isNaN(value) ? value : undefined;
}

/** True where nothing in the value is left to be known. */
export function isKnown(value: unknown): boolean {
  return !hasUnknown(value);
}

/** Fails unless the value is missing, unknown, or one of those allowed. */
export function oneOf(
  property: string,
  value: unknown,
  supported: readonly string[],
): readonly CheckFailure[] {
  if (isMissing(value) || value === UNKNOWN) return [];
  return typeof value === "string" && supported.includes(value)
    ? []
    : [unsupported(property, value, supported)];
}

/** Fails unless the value is missing, unknown, or a port number. */
export function portNumber(property: string, value: unknown): readonly CheckFailure[] {
  const port = numberOf(value);
  if (port === undefined || (port >= 1 && port <= 65535)) return [];
  return [invalid(property, port, "must be between 1 and 65535, inclusive")];
}

const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const subdomain = `${label}(\\.${label})*`;
const label1035 = "[a-z]([-a-z0-9]*[a-z0-9])?";
const qualified = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
const labelText = `(${qualified})?`;
const configKey = "[-._a-zA-Z0-9]+";

/** Judges a string: what is wrong with it. */
export type Format = (value: string) => readonly string[];

/** RFC 1123 label, such as a namespace's name. */
export const dnsLabel: Format = (value) => {
  const wrong = matches(subdomain, value)
    ? "must not contain dots"
    : `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character${example(label, "my-name", "123-abc")}`;
  return [...noLonger(value, 63), ...(matches(label, value) ? [] : [wrong])];
};

/** RFC 1123 subdomain, the name of most objects. */
export const dnsSubdomain: Format = (value) => [
  ...noLonger(value, 253),
  ...(matches(subdomain, value)
    ? []
    : [
        `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character${example(subdomain, "example.com")}`,
      ]),
];

/** A subdomain with `*` in place of its first label. */
export const wildcardDomain: Format = (value) => [
  ...noLonger(value, 253),
  ...(matches(`\\*\\.${subdomain}`, value)
    ? []
    : [
        `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character${example(`\\*\\.${subdomain}`, "*.example.com")}`,
      ]),
];

/** RFC 1035 label, the name of a Service. */
export const dns1035Label: Format = (value) => [
  ...noLonger(value, 63),
  ...(matches(label1035, value)
    ? []
    : [
        `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character${example(label1035, "my-name", "abc-123")}`,
      ]),
];

/** What RBAC and others allow as a name. */
export const pathSegment: Format = (value) => {
  if (value === "." || value === "..") return [`may not be '${value}'`];
  return ["/", "%"].filter((sign) => value.includes(sign)).map((sign) => `may not contain '${sign}'`);
};

/** The key of a label: a name, after a prefix if it has one. */
export const labelKey: Format = (value) => {
  const parts = value.split("/");
  const name = parts.at(-1) ?? "";
  return [
    ...(parts.length === 2 ? dnsSubdomain(parts[0] ?? "").map((wrong) => `prefix part ${wrong}`) : []),
    ...noLonger(name, 63).map((wrong) => `name part ${wrong}`),
    ...(matches(qualified, name) && parts.length <= 2
      ? []
      : [
          `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character${example(qualified, "MyName", "my.name", "123-abc")}`,
        ]),
  ];
};

/** The value of a label. */
export const labelValue: Format = (value) => [
  ...noLonger(value, 63),
  ...(matches(labelText, value)
    ? []
    : [
        `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character${example(labelText, "MyValue", "my_value", "12345")}`,
      ]),
];

/** A key in a ConfigMap or a Secret. */
export const dataKey: Format = (value) => [
  ...noLonger(value, 253),
  ...(matches(configKey, value)
    ? []
    : [
        `a valid config key must consist of alphanumeric characters, '-', '_' or '.'${example(configKey, "key.name", "KEY_NAME", "key-name")}`,
      ]),
];

/** The name of a port: https://www.rfc-editor.org/rfc/rfc6335#section-5.1 */
export const portName: Format = (value) => [
  ...(value.length > 15 ? ["must be no more than 15 characters"] : []),
  ...(/^[-a-z0-9]+$/.test(value)
    ? []
    : ["must contain only alphanumeric characters (a-z, 0-9), and hyphens (-)"]),
  ...(/[a-z]/.test(value) ? [] : ["must contain at least one letter (a-z)"]),
  ...(value.includes("--") ? ["must not contain consecutive hyphens"] : []),
  ...(/^-|-$/.test(value) ? ["must not begin or end with a hyphen"] : []),
];

/** A share of something. */
export const percentage: Format = (value) =>
  /^\d+%$/.test(value)
    ? []
    : [
        `a valid percent string must be a numeric string followed by an ending '%'${example("[0-9]+%", "1%", "93%")}`,
      ];

/** An address. */
export const ipAddress: Format = (value) =>
  isIP(value) === 0 ? ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"] : [];

/** A range of addresses. */
export const addressRange: Format = (value) =>
  isRange(value) ? [] : ["must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"];

function isRange(value: string): boolean {
  const [address = "", length = "", ...more] = value.split("/");
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d+$/.test(length) && Number(length) <= bits;
}

function matches(pattern: string, value: string): boolean {
  return new RegExp(`^${pattern}$`).test(value);
}

function noLonger(value: string, bytes: number): readonly string[] {
  return value.length > bytes ? [`must be no more than ${bytes} bytes`] : [];
}

/** The API server's own spacing, doubled before `or`. */
function example(pattern: string, ...examples: readonly string[]): string {
  return ` (e.g. ${examples.map((item) => `'${item}', `).join(" or ")}regex used for validation is '${pattern}')`;
}
