import { X509Certificate, createHash } from "node:crypto";
import type { KeyObject } from "node:crypto";
import * as asn1 from "asn1js";
import { inside } from "../../encodings/asn1.ts";
import { blocksOf, pemOf } from "../../encodings/pem.ts";
import { readSshPrivateKey } from "../../encodings/ssh.ts";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { UtilityFunction } from "../provider.ts";
import { combination, exactlyOneOf } from "../rules.ts";
import type { Certificate } from "./certificates.ts";
import { readCertificate } from "./certificates.ts";
import { numbers } from "./extensions.ts";
import { algorithmOf, publicPartOf, readPrivateKey } from "./keys.ts";
import { showName } from "./names.ts";
import { refusing } from "./refusals.ts";

function insistOnOneOf(properties: readonly string[], args: Properties): void {
  const sentence = exactlyOneOf(properties, args);
  if (sentence !== undefined) throw new Refusal(combination, sentence);
}

function keyIn(args: Properties): KeyObject {
  const [pem, openssh] = [text(args.privateKeyPem), text(args.privateKeyOpenssh)];
  return refusing("Unable to parse private key", () =>
    pem === undefined ? readSshPrivateKey(openssh ?? "") : readPrivateKey(pem),
  );
}

/** https://registry.terraform.io/providers/hashicorp/tls/latest/docs/data-sources/public_key */
const getPublicKey: UtilityFunction = (args) => {
  insistOnOneOf(["privateKeyPem", "privateKeyOpenssh"], args);
  const key = keyIn(args);
  const { id, outputs } = publicPartOf(key);
  return { ...args, ...outputs, id, algorithm: algorithmOf(key) };
};

/** What Go calls the ways in which certificates are signed: https://pkg.go.dev/crypto/x509#SignatureAlgorithm */
const signatures: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.5": "SHA1-RSA",
  "1.2.840.113549.1.1.11": "SHA256-RSA",
  "1.2.840.113549.1.1.12": "SHA384-RSA",
  "1.2.840.113549.1.1.13": "SHA512-RSA",
  "1.2.840.10045.4.1": "ECDSA-SHA1",
  "1.2.840.10045.4.3.2": "ECDSA-SHA256",
  "1.2.840.10045.4.3.3": "ECDSA-SHA384",
  "1.2.840.10045.4.3.4": "ECDSA-SHA512",
  "1.3.101.112": "Ed25519",
};

/** The same for keys: https://pkg.go.dev/crypto/x509#PublicKeyAlgorithm */
const keyNames: Readonly<Record<string, string>> = { rsa: "RSA", ec: "ECDSA", ed25519: "Ed25519" };

function rfc3339(when: string): string {
  return new Date(when).toISOString().replace(".000", "");
}

/** How many may follow: -1 where it does not say, and 0 where it says nothing of signing others. */
function maxPathLengthOf({ extensions }: Certificate): number {
  const constraints = extensions.get(numbers.basicConstraints);
  if (constraints === undefined) return 0;
  const limit = inside(constraints).find((value) => value instanceof asn1.Integer);
  return limit === undefined ? -1 : Number(limit.toBigInt());
}

function described(bytes: Buffer): Properties {
  const read = readCertificate(bytes);
  const own = new X509Certificate(bytes);
  return {
    signatureAlgorithm: signatures[read.signature ?? ""] ?? "0",
    publicKeyAlgorithm: keyNames[own.publicKey.asymmetricKeyType ?? ""] ?? "0",
    serialNumber: String(read.serial),
    isCa: own.ca,
    maxPathLength: maxPathLengthOf(read),
    version: read.version,
    issuer: showName(read.issuer),
    subject: showName(read.subject),
    notBefore: rfc3339(own.validFrom),
    notAfter: rfc3339(own.validTo),
    sha1Fingerprint: createHash("sha1").update(bytes).digest("hex"),
    certPem: pemOf("CERTIFICATE", bytes),
  };
}

function describedPem(content: string): Properties {
  const [block] = blocksOf(content);
  if (block === undefined)
    throw new Refusal("Failed to decoded PEM", "Value is not a valid PEM encoding of a certificate");
  if (block.label !== "CERTIFICATE") {
    throw new Refusal(
      "Unexpected PEM preamble",
      `Certificate PEM should be "CERTIFICATE", got "${block.label}"`,
    );
  }
  return refusing("Unable to parse certificate", () => described(block.bytes));
}

/** https://registry.terraform.io/providers/hashicorp/tls/latest/docs/data-sources/certificate */
const getCertificate: UtilityFunction = (args) => {
  insistOnOneOf(["content", "url"], args);
  const content = text(args.content);
  if (content === undefined) {
    throw new Refusal(
      "UnsupportedInvoke",
      `the sandbox does not connect to ${String(args.url)}, whose certificates are asked for: give one as content`,
    );
  }
  const found = describedPem(content);
  // The id is a digest of how Go prints the list.
  const printed = `[{${Object.values(found)
    .map((value) => JSON.stringify(value))
    .join(" ")}}]`;
  const id = createHash("sha1").update(printed).digest("hex");
  return { verifyChain: true, ...args, id, certificates: [found] };
};

/** What a program may ask of the package. */
export const functions: Readonly<Record<string, UtilityFunction>> = {
  "tls:index/getCertificate:getCertificate": getCertificate,
  "tls:index/getPublicKey:getPublicKey": getPublicKey,
};
