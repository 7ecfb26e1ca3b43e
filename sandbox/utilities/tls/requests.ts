import type { KeyObject } from "node:crypto";
import { createHash, createPublicKey } from "node:crypto";
import type { CertRequestArgs, CertRequestState } from "@pulumi/tls";
import * as asn1 from "asn1js";
import {
  decode,
  encode,
  identifierOf,
  inside,
  objectIdentifier,
  sequence,
  setOf,
  tagged,
} from "../../encodings/asn1.ts";
import { pemOf } from "../../encodings/pem.ts";
import type { AnyUtility } from "../model.ts";
import { utility } from "../model.ts";
import { names, onlyPem, ownKey, ownKeys, privateKeyOf } from "./arguments.ts";
import { signed } from "./certificates.ts";
import type { AlternativeNames } from "./extensions.ts";
import { addressBytes, alternativeNames, readAlternativeNames, readExtensions } from "./extensions.ts";
import { algorithmOf, spkiOf } from "./keys.ts";
import type { Name } from "./names.ts";
import { nameOf, readName, writeName } from "./names.ts";
import { refusing } from "./refusals.ts";

/** https://www.rfc-editor.org/rfc/rfc2985#section-5.4.2 */
const extensionRequest = "1.2.840.113549.1.9.14";

function requestOf(subject: Name, key: KeyObject, named: AlternativeNames): Buffer {
  const asked = alternativeNames(named, false).map((extension) =>
    sequence(objectIdentifier(extensionRequest), setOf(sequence(extension))),
  );
  return signed(key, () =>
    sequence(new asn1.Integer({ value: 0 }), writeName(subject), decode(spkiOf(key)), tagged(0, asked)),
  );
}

/** https://registry.terraform.io/providers/hashicorp/tls/latest/docs/resources/cert_request */
export const certRequest: AnyUtility = utility<CertRequestArgs, CertRequestState>(
  "tls:index/certRequest:CertRequest",
  {
    inputs: { ...names, ...ownKey },
    together: [ownKeys],
    outputs: { certRequestPem: "plain", keyAlgorithm: "plain" },
    makes: ({ dnsNames = [], ipAddresses = [], uris = [], subject, privateKeyPem, privateKeyPemWo }) => {
      const key = privateKeyOf(privateKeyPem ?? privateKeyPemWo, "private key");
      const named = { dnsNames, ipAddresses: ipAddresses.map(addressBytes), uris };
      const request = refusing("Error creating certificate request", () =>
        requestOf(nameOf(subject), key, named),
      );
      return {
        id: createHash("sha1").update(request).digest("hex"),
        outputs: {
          certRequestPem: pemOf("CERTIFICATE REQUEST", request),
          keyAlgorithm: algorithmOf(key),
        },
      };
    },
  },
);

/** What somebody asks to have certified. */
export interface Request extends AlternativeNames {
  readonly subject: Name;
  readonly publicKey: KeyObject;
}

/** @throws Refusal for a text that is no request, in the words of the provider */
export function readRequest(pem: string): Request {
  return onlyPem(pem, "CERTIFICATE REQUEST", "certificate request", (bytes) => {
    const [body] = inside(decode(bytes));
    const [, subject, key, attributes] = inside(body);
    if (key === undefined) throw new Error("asn1: structure error");
    const asked = inside(attributes).map(inside);
    const [, wanted] = asked.find(([type]) => identifierOf(type) === extensionRequest) ?? [];
    const [extensions] = inside(wanted);
    return {
      subject: readName(subject),
      publicKey: createPublicKey({ key: encode(key), format: "der", type: "spki" }),
      ...readAlternativeNames(readExtensions(extensions)),
    };
  });
}
