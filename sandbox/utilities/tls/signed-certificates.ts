import { X509Certificate, createPublicKey } from "node:crypto";
import type {
  LocallySignedCertArgs,
  LocallySignedCertState,
  SelfSignedCertArgs,
  SelfSignedCertState,
} from "@pulumi/tls";
import { bytesOf } from "../../encodings/asn1.ts";
import { Refusal } from "../../model.ts";
import type { AnyUtility } from "../model.ts";
import { utility } from "../model.ts";
import type { DefaultedTerms } from "./arguments.ts";
import {
  forgottenKey,
  keptKey,
  names,
  onlyPem,
  ownKey,
  ownKeys,
  privateKeyOf,
  publicPem,
  terms,
} from "./arguments.ts";
import { hour, issue, readCertificate } from "./certificates.ts";
import { addressBytes, numbers } from "./extensions.ts";
import { algorithmOf, spkiOf } from "./keys.ts";
import { nameOf } from "./names.ts";
import { readRequest } from "./requests.ts";

interface Hours {
  readonly earlyRenewalHours?: number | undefined;
  readonly validityPeriodHours?: number | undefined;
}

/** One that is to be renewed before it is made is so from the beginning: each update makes another. */
function readyForRenewal({ earlyRenewalHours = 0, validityPeriodHours = 0 }: Hours): boolean {
  return earlyRenewalHours >= validityPeriodHours;
}

/** https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/self_signed_cert#automatic-renewal */
const expires = {
  output: "readyForRenewal",
  isOver: (
    { validityEndTime }: { readonly validityEndTime?: string | undefined },
    { earlyRenewalHours = 0 }: Hours,
    now: Date,
  ): boolean =>
    validityEndTime !== undefined && Date.parse(validityEndTime) - earlyRenewalHours * hour <= now.getTime(),
} as const;

const outputs = {
  certPem: "plain",
  readyForRenewal: "plain",
  validityEndTime: "plain",
  validityStartTime: "plain",
} as const;

const settles = (planned: Hours): { readonly readyForRenewal: boolean } => ({
  readyForRenewal: readyForRenewal(planned),
});

/** https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/self_signed_cert */
const selfSigned = utility<SelfSignedCertArgs, SelfSignedCertState, DefaultedTerms | "setAuthorityKeyId">(
  "tls:index/selfSignedCert:SelfSignedCert",
  {
    inputs: { ...names, ...ownKey, ...terms, setAuthorityKeyId: { default: false } },
    together: [ownKeys],
    outputs: { ...outputs, keyAlgorithm: "plain" },
    settles,
    expires,
    makes: ({ dnsNames = [], ipAddresses = [], uris = [], subject, ...planned }) => {
      const key = privateKeyOf(planned.privateKeyPem ?? planned.privateKeyPemWo, "private key");
      const named = { dnsNames, ipAddresses: ipAddresses.map(addressBytes), uris };
      const template = { ...planned, ...named, subject: nameOf(subject), publicKey: createPublicKey(key) };
      const { id, ...issued } = issue(template, { key });
      return { id, outputs: { ...issued, ...settles(planned), keyAlgorithm: algorithmOf(key) } };
    },
  },
);

/** Of the authority's certificate, what goes into those that it signs. */
function authorityOf(pem: string) {
  return onlyPem(pem, "CERTIFICATE", "CA certificate", (bytes) => {
    const { subject, extensions } = readCertificate(bytes);
    const keyId = extensions.get(numbers.subjectKeyId);
    return {
      name: subject,
      keyId: keyId && bytesOf(keyId),
      publicKey: new X509Certificate(bytes).publicKey,
    };
  });
}

/** https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/locally_signed_cert */
const locallySigned = utility<LocallySignedCertArgs, LocallySignedCertState, DefaultedTerms>(
  "tls:index/locallySignedCert:LocallySignedCert",
  {
    inputs: {
      ...terms,
      caCertPem: publicPem,
      caPrivateKeyPem: keptKey,
      caPrivateKeyPemWo: forgottenKey("caPrivateKeyPemWoVersion"),
      caPrivateKeyPemWoVersion: {},
      certRequestPem: publicPem,
    },
    together: [["caPrivateKeyPem", "caPrivateKeyPemWo"]],
    outputs: { ...outputs, caKeyAlgorithm: "plain" },
    settles,
    expires,
    makes: ({ caCertPem, certRequestPem, caPrivateKeyPem, caPrivateKeyPemWo, ...planned }) => {
      const request = readRequest(certRequestPem);
      const key = privateKeyOf(caPrivateKeyPem ?? caPrivateKeyPemWo, "CA private key");
      const { publicKey, ...issuer } = authorityOf(caCertPem);
      if (!spkiOf(publicKey).equals(spkiOf(key))) {
        throw new Refusal(
          "Failed to create certificate",
          "x509: provided PrivateKey doesn't match parent's PublicKey",
        );
      }
      const { id, ...issued } = issue({ ...planned, ...request }, { key, ...issuer });
      return { id, outputs: { ...issued, ...settles(planned), caKeyAlgorithm: algorithmOf(key) } };
    },
  },
);

/** Certificates, by who signs them. */
export const signedCertificates: readonly AnyUtility[] = [selfSigned, locallySigned];
