import type { KeyObject } from "node:crypto";
import { createHash, createPublicKey } from "node:crypto";
import { attempt } from "../../encodings/attempt.ts";
import { blocksOf } from "../../encodings/pem.ts";
import { colons, readSshPublicKey, sshPublicKeyOf } from "../../encodings/ssh.ts";

/** What EC2 knows of a public key that is brought to it. */
export interface KeyMaterial {
  readonly keyType: "rsa" | "ed25519";
  readonly fingerprint: string;
}

/** A line of `authorized_keys`, or a file as RFC 4716 has it; the rest is DER in base64. */
const sshForms = [
  /^ssh-\S+ +(?<blob>\S+)/,
  /^---- BEGIN SSH2 PUBLIC KEY ----\n(?:.*:.*\n)*(?<blob>[^-:]+)\n---- END/,
] as const;

/** In any of the forms that https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html lists. @throws Error for others */
function keyIn(text: string): KeyObject {
  const [blob] = sshForms.flatMap((form) => form.exec(text)?.groups?.blob ?? []);
  if (blob !== undefined) return readSshPublicKey(Buffer.from(blob, "base64"));
  const key = blocksOf(text)[0]?.bytes ?? Buffer.from(text, "base64");
  return createPublicKey({ key, format: "der", type: "spki" });
}

/** `undefined` for what is no public key of a kind that EC2 takes. */
export function readKeyMaterial(publicKey: string): KeyMaterial | undefined {
  const key = attempt(() => keyIn(publicKey.replaceAll("\r\n", "\n").trim()));
  const keyType = key?.asymmetricKeyType;
  if (key === undefined || (keyType !== "rsa" && keyType !== "ed25519")) return undefined;
  return { keyType, fingerprint: keyType === "rsa" ? ofDer(key) : ofSsh(key) };
}

/** Of RSA keys that are imported: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html */
function ofDer(key: KeyObject): string {
  return colons(
    createHash("md5")
      .update(key.export({ type: "spki", format: "der" }))
      .digest(),
  );
}

/** As SSH shows it, but for its prefix, and with the padding that SSH leaves out: the same page. */
function ofSsh(key: KeyObject): string {
  return `${sshPublicKeyOf(key)?.sha256.replace("SHA256:", "") ?? ""}=`;
}
