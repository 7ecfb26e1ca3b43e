import { isRecord, same } from "../../values.ts";
import type { Likeness } from "./model.ts";

/**
 * Ways of writing one and the same, by what the provider does to a value before it keeps or compares it. The sources are its schemas:
 * https://github.com/hashicorp/terraform-provider-aws (`StateFunc` and `DiffSuppressFunc`).
 */
const plain: Readonly<Record<Likeness, (value: string) => string>> = {
  letterCase: (value) => value.toLowerCase(),
  domainName: (value) => value.toLowerCase().replace(/\.$/, ""),
  protocol: (value) => protocols[value.toLowerCase()] ?? value.toLowerCase(),
  block: canonicalBlock,
  keyId: (value) => value.replace(/^arn:[^/]*:key\//, ""),
};

/** Numbers of https://www.iana.org/assignments/protocol-numbers/ that AWS knows by a name. */
const protocols: Readonly<Record<string, string>> = {
  all: "-1",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

/** `2001:DB8::/32` for `2001:0db8:0::/32`. */
function canonicalBlock(value: string): string {
  const [address = "", prefix = ""] = value.split("/");
  return `${URL.parse(`http://[${address}]`)?.hostname ?? address}/${prefix}`;
}

/** True where the provider sees no difference between two values of a property of which it knows more than one spelling. */
export function isAlike(likeness: Likeness, left: string, right: string): boolean {
  return plain[likeness](left) === plain[likeness](right);
}

/**
 * True for two documents that say the same. Order matters in JSON, but not in a policy: that of its statements, and of what each of them
 * lists, where a single one needs no list. https://github.com/hashicorp/awspolicyequivalence
 */
export function isSameDocument(left: string, right: string): boolean {
  const [one, other] = [left, right].map((text) => document(text));
  return same(isPolicy(one) ? policy(one) : one, isPolicy(other) ? policy(other) : other);
}

/** A document that does not parse is compared as it stands. */
function document(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function isPolicy(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && "Statement" in value;
}

function policy(value: Readonly<Record<string, unknown>>): unknown {
  return { ...value, Statement: unordered(listed(value.Statement).map((statement) => leaves(statement))) };
}

function leaves(value: unknown): unknown {
  if (isRecord(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, leaves(inner)]));
  }
  return unordered(listed(value).map(String));
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function unordered(values: readonly unknown[]): readonly unknown[] {
  return [...values].sort((left, right) => (sortable(left) < sortable(right) ? -1 : 1));
}

/** Text that is the same for objects with the same properties, in whatever order. */
function sortable(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
