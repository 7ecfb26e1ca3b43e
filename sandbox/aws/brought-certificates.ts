import type { KeyObject } from "node:crypto";
import { X509Certificate, createPrivateKey } from "node:crypto";
import { attempt } from "../encodings/attempt.ts";
import { blocksOf } from "../encodings/pem.ts";
import type { Rule } from "./refuse-first.ts";

/** A certificate from elsewhere, as it is brought to ACM or IAM. */
export interface Brought {
  readonly body: string;
  readonly privateKey: string;
  readonly chain: string | undefined;
}

/** The certificate that a text begins with; `undefined` where it is none. */
export function readBrought(text: string): X509Certificate | undefined {
  const [block] = blocksOf(text);
  return block?.label === "CERTIFICATE" ? attempt(() => new X509Certificate(block.bytes)) : undefined;
}

/** Whom a certificate is for: its subject's name first, then those that it lists. */
export function namesOf({ subject, subjectAltName = "" }: X509Certificate): string[] {
  const common = /^CN=(.*)$/m.exec(subject)?.[1];
  const listed = [...subjectAltName.matchAll(/(?:^|, )DNS:([^,]+)/g)].map(([, name = ""]) => name);
  return [...new Set([...(common === undefined ? [] : [common]), ...listed])];
}

/** RFC 3339, as the provider writes it. */
export function dateOf(when: string): string {
  return new Date(when).toISOString().replace(".000Z", "Z");
}

const curves: Readonly<Record<string, string>> = {
  prime256v1: "EC_prime256v1",
  secp384r1: "EC_secp384r1",
  secp521r1: "EC_secp521r1",
};

/** What ACM calls the algorithm of a key; `undefined` for one that it does not take: https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html */
export function keyAlgorithmOf({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  const { modulusLength = 0, namedCurve = "" } = asymmetricKeyDetails ?? {};
  if (asymmetricKeyType !== "rsa") return curves[namedCurve];
  return [1024, 2048, 3072, 4096].includes(modulusLength) ? `RSA_${modulusLength}` : undefined;
}

function isMatch({ body, privateKey }: Brought): boolean {
  const key = attempt(() => createPrivateKey(privateKey));
  return key !== undefined && readBrought(body)?.checkPrivateKey(key) === true;
}

/** By name and by signature; what a signer's certificate says of its uses does not count. */
function hasSigned(signer: X509Certificate | undefined, certificate: X509Certificate | undefined): boolean {
  if (signer === undefined || certificate?.issuer !== signer.subject) return false;
  return certificate.verify(signer.publicKey);
}

/** Whether the chain begins with who has signed the certificate. */
function isSignedByChain({ body, chain = "" }: Brought): boolean {
  return hasSigned(readBrought(chain), readBrought(body));
}

function isSelfSigned({ body }: Brought): boolean {
  const certificate = readBrought(body);
  return hasSigned(certificate, certificate);
}

const unreadable = "Unable to parse certificate. Please ensure the certificate is in PEM format.";
const strayChain =
  "Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: -1";

/**
 * What ACM wants of a certificate: https://docs.aws.amazon.com/acm/latest/userguide/troubleshoot-import.html. The words about the key
 * and the time are ours.
 */
export const rulesOfAcm: readonly Rule<Brought>[] = [
  {
    when: ({ body }) => readBrought(body) === undefined,
    code: "ValidationException",
    says: unreadable,
  },
  {
    when: ({ body }) => blocksOf(body).length > 1,
    code: "ValidationException",
    says: "The certificate field contains more than one certificate. You can specify only one certificate in this field.",
  },
  {
    when: (brought) => !isMatch(brought),
    code: "ValidationException",
    says: "The private key does not belong to the certificate.",
  },
  {
    when: ({ privateKey }) => keyAlgorithmOf(createPrivateKey(privateKey)) === undefined,
    code: "ValidationException",
    says: "The private key is not supported.",
  },
  {
    when: ({ body }) => Date.parse(readBrought(body)?.validTo ?? "") < Date.now(),
    code: "ValidationException",
    says: "The certificate is no longer valid.",
  },
  {
    when: (brought) => brought.chain === undefined && !isSelfSigned(brought),
    code: "ValidationException",
    says: "Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.",
  },
  {
    when: (brought) => brought.chain !== undefined && !isSignedByChain(brought),
    code: "ValidationException",
    says: strayChain,
  },
];

/** What IAM wants of one: https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html#API_UploadServerCertificate_Errors */
export const rulesOfIam: readonly Rule<Brought>[] = [
  {
    when: ({ body }) => readBrought(body) === undefined,
    code: "MalformedCertificate",
    says: unreadable,
  },
  {
    when: (brought) => !isMatch(brought),
    code: "KeyPairMismatch",
    says: "The public key certificate and the private key do not match.",
  },
  {
    when: (brought) => brought.chain !== undefined && !isSignedByChain(brought),
    code: "MalformedCertificate",
    says: strayChain,
  },
];
