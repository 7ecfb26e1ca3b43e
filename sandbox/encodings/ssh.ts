import type { JsonWebKey, KeyObject } from "node:crypto";
import { createHash, createPublicKey, randomBytes } from "node:crypto";
import { blocksOf, pemOf } from "./pem.ts";

/** Curves by OpenSSL's name: https://www.rfc-editor.org/rfc/rfc5656#section-10.1 has no P-224. */
const curves: Readonly<Record<string, { readonly ssh: string; readonly web: string }>> = {
  prime256v1: { ssh: "nistp256", web: "P-256" },
  secp384r1: { ssh: "nistp384", web: "P-384" },
  secp521r1: { ssh: "nistp521", web: "P-521" },
};

function unsigned(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function field(value: Uint8Array | string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([unsigned(bytes.length), bytes]);
}

/** A number: without leading zeros, but for one that keeps it from looking negative. https://www.rfc-editor.org/rfc/rfc4251#section-5 */
function number(base64 = ""): Buffer {
  const bytes = Buffer.from(base64, "base64url");
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = bytes.subarray(start === -1 ? bytes.length : start);
  return field(Buffer.concat([Buffer.from((digits[0] ?? 0) >= 0x80 ? [0] : []), digits]));
}

function raw(base64 = ""): Buffer {
  return Buffer.from(base64, "base64url");
}

/** How a key is called and written; those of its fields that everybody may know, and those of a private key's file. */
interface Fields {
  readonly type: string;
  readonly open: readonly Buffer[];
  readonly secret: readonly Buffer[];
}

/** `undefined` for keys that SSH has no name for. */
function fieldsOf(key: KeyObject): Fields | undefined {
  const { asymmetricKeyType: kind, asymmetricKeyDetails: { namedCurve = "" } = {} } = key;
  if (kind === "rsa") return rsaFields(key.export({ format: "jwk" }));
  if (kind === "ed25519") return edwardsFields(key.export({ format: "jwk" }));
  const curve = curves[namedCurve]?.ssh;
  return curve === undefined ? undefined : curveFields(curve, key.export({ format: "jwk" }));
}

function rsaFields({ n, e, d, qi, p, q }: JsonWebKey): Fields {
  return { type: "ssh-rsa", open: [number(e), number(n)], secret: [n, e, d, qi, p, q].map(number) };
}

function edwardsFields({ x, d }: JsonWebKey): Fields {
  const open = [field(raw(x))];
  return { type: "ssh-ed25519", open, secret: [...open, field(Buffer.concat([raw(d), raw(x)]))] };
}

function curveFields(curve: string, { x, y, d }: JsonWebKey): Fields {
  const open = [field(curve), field(Buffer.concat([Buffer.of(4), raw(x), raw(y)]))];
  return { type: `ecdsa-sha2-${curve}`, open, secret: [...open, number(d)] };
}

function blobOf({ type, open }: Fields): Buffer {
  return Buffer.concat([field(type), ...open]);
}

/** A public key as a line of `authorized_keys`, and its fingerprints as `ssh-keygen -l` shows them. */
export interface SshPublicKey {
  /** With a newline at its end. */
  readonly line: string;
  /** `aa:bb:cc:…` */
  readonly md5: string;
  /** `SHA256:…` */
  readonly sha256: string;
}

/** `undefined` for a key that SSH has no name for, such as one on the curve P-224. */
export function sshPublicKeyOf(key: KeyObject): SshPublicKey | undefined {
  const fields = fieldsOf(key);
  if (fields === undefined) return undefined;
  const blob = blobOf(fields);
  const sha256 = createHash("sha256").update(blob).digest("base64").replaceAll("=", "");
  return {
    line: `${fields.type} ${blob.toString("base64")}\n`,
    md5: colons(createHash("md5").update(blob).digest()),
    sha256: `SHA256:${sha256}`,
  };
}

/** `aa:bb:cc` */
export function colons(digest: Buffer): string {
  return digest.toString("hex").replaceAll(/(..)(?=.)/g, "$1:");
}

const label = "OPENSSH PRIVATE KEY";
const magic = "openssh-key-v1\0";

/**
 * OpenSSH's own file of a private key, without a passphrase; `undefined` for one that SSH has no name for:
 * https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.key
 */
export function sshPrivateKeyOf(key: KeyObject): string | undefined {
  const fields = fieldsOf(key);
  if (fields === undefined) return undefined;
  const check = randomBytes(4);
  const secret = Buffer.concat([check, check, field(fields.type), ...fields.secret, field("")]);
  const padding = Buffer.from(Array.from({ length: -secret.length & 7 }, (_, index) => index + 1));
  const head = [Buffer.from(magic), field("none"), field("none"), field(""), unsigned(1)];
  return pemOf(
    label,
    Buffer.concat([...head, field(blobOf(fields)), field(Buffer.concat([secret, padding]))]),
  );
}

/** The fields that follow one another, as many as there are. @throws Error where the last is cut off. */
function readFields(bytes: Buffer): readonly Buffer[] {
  const found: Buffer[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const end = rest.length < 4 ? Infinity : 4 + rest.readUInt32BE(0);
    if (end > rest.length) throw new Error("ssh: short read");
    found.push(rest.subarray(4, end));
    rest = rest.subarray(end);
  }
  return found;
}

/** The public key of OpenSSH's file of a private one. @throws Error where it is none, or needs a passphrase. */
export function readSshPrivateKey(text: string): KeyObject {
  const file = blocksOf(text).find((block) => block.label === label)?.bytes;
  if (file?.subarray(0, magic.length).toString() !== magic) throw new Error("ssh: no key found");
  const cipher = file.subarray(magic.length, magic.length + 8);
  if (!cipher.equals(field("none"))) throw new Error("ssh: this private key is passphrase protected");
  const afterCount = magic.length + field("none").length * 2 + field("").length + 4;
  const [blob = Buffer.of()] = readFields(file.subarray(afterCount));
  return readSshPublicKey(blob);
}

/** The key that a line of `authorized_keys` holds in its second word. @throws Error where that is none. */
export function readSshPublicKey(blob: Buffer): KeyObject {
  const [type = Buffer.of(), ...open] = readFields(blob);
  const key = webKeyOf(type.toString(), open);
  if (key === undefined) throw new Error(`ssh: unknown key algorithm: ${type.toString()}`);
  return createPublicKey({ key, format: "jwk" });
}

function webKeyOf(
  type: string,
  [first = Buffer.of(), second = Buffer.of()]: readonly Buffer[],
): JsonWebKey | undefined {
  if (type === "ssh-rsa") return { kty: "RSA", e: web(first), n: web(second) };
  if (type === "ssh-ed25519") return { kty: "OKP", crv: "Ed25519", x: web(first) };
  const curve = Object.values(curves).find(({ ssh }) => type === `ecdsa-sha2-${ssh}`);
  if (curve === undefined) return undefined;
  const half = (second.length - 1) / 2;
  const [x, y] = [second.subarray(1, 1 + half), second.subarray(1 + half)];
  return { kty: "EC", crv: curve.web, x: web(x), y: web(y) };
}

function web(bytes: Buffer): string {
  return bytes.toString("base64url");
}
