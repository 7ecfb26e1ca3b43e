import type { acm } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AccountView, Stored } from "../model.ts";
import { hexOf, isRecord, list, text } from "../values.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { ABSENT, behaviour } from "./behaviour.ts";
import { dateOf, keyAlgorithmOf, namesOf, readBrought, rulesOfAcm } from "./brought-certificates.ts";
import { refuseFirst } from "./refuse-first.ts";
import { answers } from "./route53.ts";
import { uuidOf } from "./uuid.ts";

const certificateToken = "aws:acm/certificate:Certificate";

/**
 * A certificate by ARN, which cannot be deleted while it is in use.
 * @param code what the service that uses it says when it is not there.
 */
export function toCertificate(code: string, message: string): Reference {
  return { to: certificateToken, missing: { code, message } };
}

/** One proof of ownership that ACM asks for. */
interface Proof {
  readonly domainName: string;
  readonly resourceRecordName: string;
  readonly resourceRecordType: string;
  readonly resourceRecordValue: string;
}

/** A wildcard asks for the record of its own domain, and a domain for the same one each time: https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html */
function proofOf(domainName: string, accountId: string): Proof {
  const domain = domainName.replace(/^\*\./, "");
  const seed = `acm/${accountId}/${domain}`;
  return {
    domainName,
    resourceRecordName: `_${hexOf(`${seed}/name`, 32)}.${domain}.`,
    resourceRecordType: "CNAME",
    resourceRecordValue: `_${hexOf(`${seed}/value`, 32)}.${hexOf(`${seed}/zone`, 10)}.acm-validations.aws.`,
  };
}

/** The records that a certificate waits for, each once. */
function recordsOf({ state }: Stored): readonly (readonly [name: string, value: string])[] {
  const proofs = list(state.domainValidationOptions).filter(isRecord);
  return proofs.map((proof) => [text(proof.resourceRecordName) ?? "", text(proof.resourceRecordValue) ?? ""]);
}

/** True once ACM has issued the certificate: at once by an authority of one's own, else as soon as every record that it waits for can be asked for. */
export function isIssued(account: AccountView, certificate: Stored): boolean {
  const { type, certificateAuthorityArn } = certificate.state;
  if (type === "IMPORTED" || text(certificateAuthorityArn) !== undefined) return true;
  const records = recordsOf(certificate);
  return records.length > 0 && records.every(([name, value]) => answers({ account }, name, value));
}

/** What tells one that ACM issues from one that is brought to it: the dates of the first are not known before it is issued. */
function originOf(
  body: string | undefined,
  { domainName = "", subjectAlternativeNames = [] }: Named,
): Origin {
  const brought = body === undefined ? undefined : readBrought(body);
  if (brought !== undefined) {
    const names = namesOf(brought);
    return {
      ...{
        status: "ISSUED",
        type: "IMPORTED",
        keyAlgorithm: keyAlgorithmOf(brought.publicKey) ?? "RSA_2048",
      },
      ...{ notBefore: dateOf(brought.validFrom), notAfter: dateOf(brought.validTo) },
      ...{ domainName: names[0] ?? "", subjectAlternativeNames: names },
    };
  }
  return {
    ...{ status: "PENDING_VALIDATION", type: "AMAZON_ISSUED", keyAlgorithm: "RSA_2048" },
    ...{ notBefore: ABSENT, notAfter: ABSENT, domainName },
    subjectAlternativeNames: [...new Set([domainName, ...subjectAlternativeNames])],
  };
}

interface Named {
  readonly domainName?: string | undefined;
  readonly subjectAlternativeNames?: readonly string[] | undefined;
}

interface Origin {
  readonly status: string;
  readonly type: string;
  readonly keyAlgorithm: string;
  readonly notBefore: string | typeof ABSENT;
  readonly notAfter: string | typeof ABSENT;
  readonly domainName: string;
  readonly subjectAlternativeNames: string[];
}

/** Names of one certificate, its own among them: https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const nameQuota = 10;

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html */
const certificate = behaviour<acm.CertificateArgs, acm.CertificateState>(certificateToken, {
  id: ({ accountId, region, hex }) => `arn:aws:acm:${region}:${accountId}:certificate/${uuidOf(hex(32))}`,
  outputs: ({ id, accountId, inputs }) => {
    const { validationMethod, certificateBody } = inputs;
    const origin = originOf(certificateBody, inputs);
    const { subjectAlternativeNames: names } = origin;
    return {
      ...origin,
      arn: id,
      domainValidationOptions: validationMethod === "DNS" ? names.map((one) => proofOf(one, accountId)) : [],
      pendingRenewal: false,
      renewalEligibility: "INELIGIBLE",
      renewalSummaries: [],
      validationEmails:
        validationMethod === "EMAIL" ? names.map((one) => `admin@${one.replace(/^\*\./, "")}`) : [],
    };
  },
  keys: (state) => [state.arn],
  refuses: ({ inputs }, before) => {
    const { certificateBody: body, privateKey, domainName, subjectAlternativeNames = [] } = inputs;
    const isBrought = body !== undefined && body !== before?.state.certificateBody;
    if (isBrought && privateKey !== undefined)
      refuseFirst(rulesOfAcm, { body, privateKey, chain: inputs.certificateChain });
    const names = new Set([domainName, ...subjectAlternativeNames]);
    if (body !== undefined || names.size <= nameQuota) return;
    throw new Refusal("LimitExceededException", "Certificate has too many domains.");
  },
  keeps: ({ id }, holders) => {
    if (holders.length === 0) return;
    throw new Refusal("ResourceInUseException", `Certificate ${id} is in use.`);
  },
  seconds: { create: 8, update: 2, delete: 2 },
});

/** The provider insists on being told of every record, if of any. */
function refuseIncomplete(found: Stored, given: readonly string[] | undefined): void {
  if (given === undefined) return;
  const asked = new Set(recordsOf(found).map(([name]) => name.replace(/\.$/, "")));
  const told = new Set(given.map((name) => name.replace(/\.$/, "")));
  if ([...asked].every((name) => told.has(name))) return;
  throw new Refusal(
    "InvalidParameter",
    `Certificate needs [${[...asked].join(" ")}] to be set but only [${[...told].join(" ")}] was passed to validation_record_fqdns`,
  );
}

/** No request of its own: the provider waits until the certificate is issued. https://www.pulumi.com/registry/packages/aws/api-docs/acm/certificatevalidation/ */
const certificateValidation = behaviour<acm.CertificateValidationArgs, acm.CertificateValidationState>(
  "aws:acm/certificateValidation:CertificateValidation",
  {
    references: {
      certificateArn: {
        ...toCertificate("ResourceNotFoundException", "Could not find certificate {value}."),
        holds: false,
      },
    },
    id: ({ created }) => created,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account, region }) => {
      const found = account.find(certificateToken, inputs.certificateArn, region);
      if (found === undefined) return;
      refuseIncomplete(found, inputs.validationRecordFqdns);
      if (isIssued(account, found)) return;
      throw new Refusal(
        "Timeout",
        `waiting for ACM Certificate (${found.id}) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)`,
      );
    },
    // It begins with a record that all name servers know, so ACM needs one or two looks.
    seconds: { create: 90, update: 2, delete: 0 },
  },
);

/** Certificates that renew themselves. */
export const certificates: readonly AnyBehaviour[] = [certificate, certificateValidation];
