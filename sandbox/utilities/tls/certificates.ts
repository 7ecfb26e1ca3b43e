import type { KeyObject } from "node:crypto";
import { randomBytes, sign } from "node:crypto";
import * as asn1 from "asn1js";
import type { Value } from "../../encodings/asn1.ts";
import {
  decode,
  encode,
  identifierOf,
  inside,
  isTagged,
  objectIdentifier,
  sequence,
  tagged,
} from "../../encodings/asn1.ts";
import { pemOf } from "../../encodings/pem.ts";
import { Refusal } from "../../model.ts";
import type { AlternativeNames, Extensions } from "./extensions.ts";
import {
  alternativeNames,
  authorityKeyId,
  basicConstraints,
  readExtensions,
  subjectKeyId,
  usages,
} from "./extensions.ts";
import { spkiOf, subjectKeyIdOf } from "./keys.ts";
import type { Name } from "./names.ts";
import { writeName } from "./names.ts";
import { refusing } from "./refusals.ts";

/** How Go signs with a key by default: https://pkg.go.dev/crypto/x509#CreateCertificate */
function signatureOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) {
  if (asymmetricKeyType === "ed25519") return { digest: undefined, number: "1.3.101.112", more: [] };
  if (asymmetricKeyType === "rsa")
    return { digest: "sha256", number: "1.2.840.113549.1.1.11", more: [new asn1.Null()] };
  switch (asymmetricKeyDetails?.namedCurve) {
    case "secp384r1":
      return { digest: "sha384", number: "1.2.840.10045.4.3.3", more: [] };
    case "secp521r1":
      return { digest: "sha512", number: "1.2.840.10045.4.3.4", more: [] };
    default:
      return { digest: "sha256", number: "1.2.840.10045.4.3.2", more: [] };
  }
}

/** What is signed, beside the name of the way in which it is signed, and the signature. */
export function signed(key: KeyObject, content: (algorithm: Value) => Value): Buffer {
  const { digest, number, more } = signatureOf(key);
  const algorithm = sequence(objectIdentifier(number), ...more);
  const body = content(algorithm);
  const signature = new asn1.BitString({ valueHex: sign(digest, encode(body), key) });
  return encode(sequence(body, algorithm, signature));
}

/** What a certificate is to say. */
export interface Template extends AlternativeNames {
  readonly subject: Name;
  readonly publicKey: KeyObject;
  readonly validityPeriodHours: number;
  readonly allowedUses: readonly string[];
  readonly isCaCertificate: boolean;
  readonly maxPathLength?: number | undefined;
  readonly setSubjectKeyId: boolean;
  /** Only a self-signed one may leave it out. @default false */
  readonly setAuthorityKeyId?: boolean;
}

/** Who signs. */
export interface Issuer {
  readonly key: KeyObject;
  /** The subject of its certificate. @default that of the new one: it signs itself */
  readonly name?: Value | undefined;
  /** By what its key is known in its certificate. @default it is not */
  readonly keyId?: Buffer | undefined;
}

/** A certificate that has been made. */
export interface Issued {
  readonly id: string;
  readonly certPem: string;
  /** RFC 3339. */
  readonly validityStartTime: string;
  readonly validityEndTime: string;
}

/** In milliseconds. */
export const hour = 3_600_000;

const failure = "Failed to create certificate";

/** @throws Refusal for a template that contradicts itself, in the words of the provider or of Go */
export function issue(template: Template, issuer: Issuer, now = new Date()): Issued {
  const subject = writeName(template.subject);
  refuseContradictions(template);
  const serial = BigInt(`0x${randomBytes(16).toString("hex")}`);
  const end = new Date(now.getTime() + template.validityPeriodHours * hour);
  const extensions = refusing(failure, () => extensionsOf(template, subject, issuer));
  const certificate = signed(issuer.key, (algorithm) =>
    sequence(
      tagged(0, [new asn1.Integer({ value: 2 })]),
      asn1.Integer.fromBigInt(serial),
      algorithm,
      issuer.name ?? subject,
      sequence(time(now), time(end)),
      subject,
      decode(spkiOf(template.publicKey)),
      tagged(3, [sequence(...extensions)]),
    ),
  );
  return {
    id: String(serial),
    certPem: pemOf("CERTIFICATE", certificate),
    validityStartTime: now.toISOString(),
    validityEndTime: end.toISOString(),
  };
}

function refuseContradictions({ subject, isCaCertificate, maxPathLength = 0 }: Template): void {
  if (isCaCertificate && subject.length === 0) {
    throw new Refusal(
      "Invalid Certificate Subject",
      "Must contain at least one Distinguished Name when creating Certificate Authority (CA)",
    );
  }
  if (!isCaCertificate && maxPathLength > 0)
    throw new Refusal(failure, "x509: only CAs are allowed to specify MaxPathLen");
}

function extensionsOf(template: Template, subject: Value, issuer: Issuer): readonly Value[] {
  const { isCaCertificate, maxPathLength, publicKey } = template;
  const own = isCaCertificate || template.setSubjectKeyId ? subjectKeyIdOf(publicKey) : undefined;
  const above = issuer.name?.isEqual(subject) === false ? issuer.keyId : undefined;
  const authority = above ?? (template.setAuthorityKeyId === true ? insistedOn(own) : undefined);
  return [
    ...usages(template.allowedUses),
    basicConstraints(isCaCertificate, maxPathLength),
    ...subjectKeyId(own),
    ...authorityKeyId(authority),
    ...alternativeNames(template, template.subject.length === 0),
  ];
}

function insistedOn(id: Buffer | undefined): Buffer {
  if (id !== undefined) return id;
  throw new Refusal("Invalid Certificate Authority", "Could not determine Authority Key Identifier");
}

/** Years of two digits end with 2049, and seconds have no parts: https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5 */
function time(when: Date): Value {
  const valueDate = new Date(when);
  valueDate.setUTCMilliseconds(0);
  return when.getUTCFullYear() < 2050
    ? new asn1.UTCTime({ valueDate })
    : new asn1.GeneralizedTime({ valueDate });
}

/** What a certificate says, as far as Node's own class does not tell it. */
export interface Certificate {
  readonly version: number;
  readonly serial: bigint;
  /** Number of the way in which it is signed. */
  readonly signature: string | undefined;
  readonly issuer: Value | undefined;
  readonly subject: Value | undefined;
  readonly extensions: Extensions;
}

/** @throws Error for bytes that are no certificate */
export function readCertificate(bytes: Buffer): Certificate {
  const [body] = inside(decode(bytes));
  const fields = inside(body);
  const under = (tag: number): Value | undefined => inside(fields.find((field) => isTagged(field, tag)))[0];
  const [version, listed] = [under(0), under(3)];
  const [serial, algorithm, issuer, , subject] = fields.filter((field) => !isTagged(field, 0));
  if (!(serial instanceof asn1.Integer)) throw new Error("x509: malformed certificate");
  return {
    version: version instanceof asn1.Integer ? Number(version.toBigInt()) + 1 : 1,
    serial: serial.toBigInt(),
    signature: identifierOf(inside(algorithm)[0]),
    issuer,
    subject,
    extensions: readExtensions(listed),
  };
}
