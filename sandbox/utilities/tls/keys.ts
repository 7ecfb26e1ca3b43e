import type { KeyObject } from "node:crypto";
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import * as asn1 from "asn1js";
import { bytesOf, decode, encode, inside } from "../../encodings/asn1.ts";
import { blocksOf, pemOf } from "../../encodings/pem.ts";
import { sshPublicKeyOf } from "../../encodings/ssh.ts";

/** Keys that the provider makes and takes: by its own word, and by Node's. */
export const algorithms = { rsa: "RSA", ec: "ECDSA", ed25519: "ED25519" } as const;

/** What the provider calls the kind of a key. @throws Error for a kind that it does not know */
export function algorithmOf({ asymmetricKeyType }: KeyObject): string {
  const known = Object.entries(algorithms).find(([name]) => name === asymmetricKeyType);
  if (known === undefined) throw new Error(`unsupported private key type: ${String(asymmetricKeyType)}`);
  return known[1];
}

const labels = ["RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"];

/** Of labels that the provider knows, it says that they are no private key's. */
function unreadable(label: string): string {
  const isKnown = ["PUBLIC KEY", "CERTIFICATE", "CERTIFICATE REQUEST"].includes(label);
  return isKnown
    ? `unable to determine parser for PEM preamble: ${label}`
    : `unsupported PEM preamble/type: ${label}`;
}

/** The private key that a text in PEM begins with. @throws Error in the words of the provider */
export function readPrivateKey(pem: string): KeyObject {
  const [block] = blocksOf(pem);
  const size = Buffer.byteLength(pem);
  if (block === undefined) throw new Error(`failed to decode PEM block: decoded bytes 0, undecoded ${size}`);
  const { label, bytes } = block;
  if (!labels.includes(label)) throw new Error(unreadable(label));
  try {
    return createPrivateKey(pemOf(label, bytes));
  } catch {
    throw new Error(`failed to parse private key given PEM preamble '${label}': asn1: structure error`);
  }
}

/** Whatever may be known of a private key. */
export interface PublicPart {
  readonly id: string;
  readonly outputs: {
    readonly publicKeyFingerprintMd5: string;
    readonly publicKeyFingerprintSha256: string;
    readonly publicKeyOpenssh: string;
    readonly publicKeyPem: string;
  };
}

/** The public key in all its forms; those of SSH are empty where SSH has no name for it. */
export function publicPartOf(key: KeyObject): PublicPart {
  const open = key.type === "private" ? createPublicKey(key) : key;
  const { line = "", md5 = "", sha256 = "" } = sshPublicKeyOf(open) ?? {};
  return {
    id: createHash("sha1").update(spkiOf(open)).digest("hex"),
    outputs: {
      publicKeyFingerprintMd5: md5,
      publicKeyFingerprintSha256: sha256,
      publicKeyOpenssh: line,
      publicKeyPem: pemOf("PUBLIC KEY", spkiOf(open)),
    },
  };
}

/** A public key as certificates hold it. */
export function spkiOf(key: KeyObject): Buffer {
  return (key.type === "private" ? createPublicKey(key) : key).export({ type: "spki", format: "der" });
}

/** What the provider knows a public key by in certificates: of one on Edwards' curve it wraps the bytes once more. */
export function subjectKeyIdOf(key: KeyObject): Buffer {
  const [, bits] = inside(decode(spkiOf(key)));
  const valueHex = bytesOf(bits);
  const hashed = key.asymmetricKeyType === "ed25519" ? encode(new asn1.OctetString({ valueHex })) : valueHex;
  return createHash("sha1").update(hashed).digest();
}
