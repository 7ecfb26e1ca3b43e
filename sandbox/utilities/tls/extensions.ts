import { isIP, isIPv4 } from "node:net";
import * as asn1 from "asn1js";
import type { Value } from "../../encodings/asn1.ts";
import {
  bytesOf,
  encode,
  identifierOf,
  inside,
  isTagged,
  objectIdentifier,
  sequence,
  tagged,
} from "../../encodings/asn1.ts";
import { Refusal } from "../../model.ts";

/** Whom a certificate is for, beside its subject. Each list goes into the certificate in this order. */
export interface AlternativeNames {
  readonly dnsNames: readonly string[];
  /** Four bytes each, or sixteen. */
  readonly ipAddresses: readonly Buffer[];
  readonly uris: readonly string[];
}

/** Extensions by number: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1 */
export const numbers = {
  subjectKeyId: "2.5.29.14",
  keyUsage: "2.5.29.15",
  alternativeNames: "2.5.29.17",
  basicConstraints: "2.5.29.19",
  authorityKeyId: "2.5.29.35",
  extendedKeyUsage: "2.5.29.37",
} as const;

/** The bits of a key's uses: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3 */
const keyUsages: readonly string[] = [
  "digital_signature",
  "content_commitment",
  "key_encipherment",
  "data_encipherment",
  "key_agreement",
  "cert_signing",
  "crl_signing",
  "encipher_only",
  "decipher_only",
];

/** Further uses: https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.12, and those that others have added. */
const extendedKeyUsages: Readonly<Record<string, string>> = {
  any_extended: "2.5.29.37.0",
  server_auth: "1.3.6.1.5.5.7.3.1",
  client_auth: "1.3.6.1.5.5.7.3.2",
  code_signing: "1.3.6.1.5.5.7.3.3",
  email_protection: "1.3.6.1.5.5.7.3.4",
  ipsec_end_system: "1.3.6.1.5.5.7.3.5",
  ipsec_tunnel: "1.3.6.1.5.5.7.3.6",
  ipsec_user: "1.3.6.1.5.5.7.3.7",
  timestamping: "1.3.6.1.5.5.7.3.8",
  ocsp_signing: "1.3.6.1.5.5.7.3.9",
  microsoft_server_gated_crypto: "1.3.6.1.4.1.311.10.3.3",
  netscape_server_gated_crypto: "2.16.840.1.113730.4.1",
  microsoft_commercial_code_signing: "1.3.6.1.4.1.311.2.1.22",
  microsoft_kernel_code_signing: "1.3.6.1.4.1.311.61.1.1",
};

/** All uses that a program may name, in the order in which the provider lists them. */
export const allowedUses: readonly string[] = [...keyUsages, ...Object.keys(extendedKeyUsages)].sort();

/** A yes; a no is left out where it is the default. */
const yes = new asn1.Boolean({ value: true });

function octets(valueHex: Buffer): Value {
  return new asn1.OctetString({ valueHex });
}

function extension(number: string, value: Value, critical = false): Value {
  return sequence(objectIdentifier(number), ...(critical ? [yes] : []), octets(encode(value)));
}

/** Bits from the left; those at the end that are not set are left out. */
function bitsOf(set: readonly number[]): Value {
  const last = Math.max(...set);
  const unusedBits = 7 - (last % 8);
  const bits = set.reduce((sum, bit) => sum | (1 << (last - bit)), 0) << unusedBits;
  const valueHex = Buffer.alloc(Math.floor(last / 8) + 1);
  valueHex.writeUIntBE(bits, 0, valueHex.length);
  return new asn1.BitString({ valueHex, unusedBits });
}

/** What a certificate may be used for: two extensions, each only where something is named that goes into it. */
export function usages(uses: readonly string[]): readonly Value[] {
  const bits = keyUsages.flatMap((usage, bit) => (uses.includes(usage) ? [bit] : []));
  const further = uses.flatMap((use) => extendedKeyUsages[use] ?? []);
  return [
    ...(bits.length === 0 ? [] : [extension(numbers.keyUsage, bitsOf(bits), true)]),
    ...(further.length === 0
      ? []
      : [extension(numbers.extendedKeyUsage, sequence(...further.map(objectIdentifier)))]),
  ];
}

/** Whether it may sign others. Of a limit to how many may follow, the provider leaves out a zero, as it does "no limit". */
export function basicConstraints(isCa: boolean, maxPathLength = -1): Value {
  const limit = maxPathLength > 0 ? [new asn1.Integer({ value: maxPathLength })] : [];
  return extension(numbers.basicConstraints, sequence(...(isCa ? [yes] : []), ...limit), true);
}

/** By what the key of its subject is known, if it is. */
export function subjectKeyId(id: Buffer | undefined): readonly Value[] {
  return id === undefined ? [] : [extension(numbers.subjectKeyId, octets(id))];
}

/** By what the key of its issuer is known, if it is. */
export function authorityKeyId(id: Buffer | undefined): readonly Value[] {
  return id === undefined ? [] : [extension(numbers.authorityKeyId, sequence(tagged(0, id)))];
}

const dnsName = 2;
const uniformResourceIdentifier = 6;
const ipAddress = 7;

function ascii(value: string): Buffer {
  if (/^[\0-\x7f]*$/.test(value)) return Buffer.from(value);
  throw new Error(`x509: ${JSON.stringify(value)} cannot be encoded as an IA5String`);
}

/**
 * Nothing where there are none.
 * @param critical where the subject is empty, so that these are all there is
 * @throws Error for a name that is no ASCII
 */
export function alternativeNames(
  { dnsNames, ipAddresses, uris }: AlternativeNames,
  critical: boolean,
): readonly Value[] {
  const names = [
    ...dnsNames.map((name) => tagged(dnsName, ascii(name))),
    ...ipAddresses.map((address) => tagged(ipAddress, address)),
    ...uris.map((uri) => tagged(uniformResourceIdentifier, ascii(uri))),
  ];
  return names.length === 0 ? [] : [extension(numbers.alternativeNames, sequence(...names), critical)];
}

/** The sixteen bytes of an address of IPv6; `URL` writes its groups the shortest way. */
function longBytes(address: string): Buffer {
  const [before = [], after = []] = new URL(`http://[${address}]`).hostname
    .slice(1, -1)
    .split("::")
    .map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => "0");
  const digits = [...before, ...zeros, ...after].map((group) => group.padStart(4, "0"));
  return Buffer.from(digits.join(""), "hex");
}

/** What an address of IPv4 begins with where IPv6 writes it: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.5.2 */
const mapped = Buffer.from("00000000000000000000ffff", "hex");

/** The bytes of an address. @throws Refusal in the words of the provider */
export function addressBytes(address: string): Buffer {
  // Go's parser takes no zones: https://pkg.go.dev/net#ParseIP
  if (isIP(address) === 0 || address.includes("%"))
    throw new Refusal("Invalid IP address", `Failed to parse ${JSON.stringify(address)}`);
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  const bytes = longBytes(address);
  const isMapped = bytes.subarray(0, mapped.length).equals(mapped);
  return isMapped ? bytes.subarray(mapped.length) : bytes;
}

/** The values of a certificate's or a request's extensions, by number. */
export type Extensions = ReadonlyMap<string, Value>;

/** Those in a list; whether they are critical does not matter to who only reads. */
export function readExtensions(listed: Value | undefined): Extensions {
  return new Map(
    inside(listed).flatMap((one): readonly (readonly [string, Value])[] => {
      const parts = inside(one);
      const [number, [value]] = [identifierOf(parts[0]), inside(parts.at(-1))];
      return number === undefined || value === undefined ? [] : [[number, value]];
    }),
  );
}

/** Names of the kinds that the provider takes over from a request. */
export function readAlternativeNames(extensions: Extensions): AlternativeNames {
  const names = inside(extensions.get(numbers.alternativeNames));
  const of = (kind: number): readonly Buffer[] => names.filter((name) => isTagged(name, kind)).map(bytesOf);
  return {
    dnsNames: of(dnsName).map(String),
    ipAddresses: of(ipAddress),
    uris: of(uniformResourceIdentifier).map(String),
  };
}
