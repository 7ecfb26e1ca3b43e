import type { KeyObject } from "node:crypto";
import { generateKeyPair } from "node:crypto";
import { promisify } from "node:util";
import type { PrivateKeyArgs, PrivateKeyState } from "@pulumi/tls";
import { sshPrivateKeyOf } from "../../encodings/ssh.ts";
import { Refusal } from "../../model.ts";
import type { AnyUtility } from "../model.ts";
import { utility } from "../model.ts";
import { oneOf } from "../rules.ts";
import { algorithms, publicPartOf } from "./keys.ts";

/** By the provider's word, OpenSSL's. */
const curves: Readonly<Record<string, string>> = {
  P224: "secp224r1",
  P256: "prime256v1",
  P384: "secp384r1",
  P521: "secp521r1",
};

/** The smallest RSA key that Go makes: https://pkg.go.dev/crypto/rsa#hdr-Minimum_key_size */
const smallest = 1024;

const generate = promisify(generateKeyPair);

async function keyOf(algorithm: string, bits: number, curve: string): Promise<KeyObject> {
  if (algorithm === algorithms.ed25519) return (await generate("ed25519")).privateKey;
  if (algorithm === algorithms.ec) {
    return (await generate("ec", { namedCurve: curves[curve] ?? curve })).privateKey;
  }
  if (bits < smallest) {
    throw new Refusal(
      "Unable to generate Key from configuration",
      `crypto/rsa: ${bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`,
    );
  }
  return (await generate("rsa", { modulusLength: bits })).privateKey;
}

/** The form that each kind has had longest. */
const pemTypes = { rsa: "pkcs1", ec: "sec1" } as const;

function textOf(key: KeyObject, type: "pkcs1" | "sec1" | "pkcs8"): string {
  return key.export({ type, format: "pem" }).toString();
}

function pemOf(key: KeyObject): string {
  const { asymmetricKeyType: kind } = key;
  return textOf(key, kind === "rsa" || kind === "ec" ? pemTypes[kind] : "pkcs8");
}

/** https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/private_key */
export const privateKey: AnyUtility = utility<PrivateKeyArgs, PrivateKeyState, "ecdsaCurve" | "rsaBits">(
  "tls:index/privateKey:PrivateKey",
  {
    inputs: {
      algorithm: { required: true, rules: [oneOf(Object.values(algorithms))] },
      ecdsaCurve: { default: "P224", rules: [oneOf(Object.keys(curves))] },
      rsaBits: { default: 2048 },
    },
    outputs: {
      privateKeyOpenssh: "secret",
      privateKeyPem: "secret",
      privateKeyPemPkcs8: "secret",
      publicKeyFingerprintMd5: "plain",
      publicKeyFingerprintSha256: "plain",
      publicKeyOpenssh: "plain",
      publicKeyPem: "plain",
    },
    makes: async ({ algorithm, ecdsaCurve, rsaBits }) => {
      const key = await keyOf(algorithm, rsaBits, ecdsaCurve);
      const { id, outputs } = publicPartOf(key);
      const secret = {
        privateKeyOpenssh: sshPrivateKeyOf(key) ?? "",
        privateKeyPem: pemOf(key),
        privateKeyPemPkcs8: textOf(key, "pkcs8"),
      };
      return { id, outputs: { ...outputs, ...secret } };
    },
  },
);
