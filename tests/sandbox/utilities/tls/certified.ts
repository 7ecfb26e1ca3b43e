import { X509Certificate, generateKeyPairSync } from "node:crypto";
import { decode, encode, inside } from "../../../../sandbox/encodings/asn1.ts";
import { blocksOf } from "../../../../sandbox/encodings/pem.ts";
import type { Settled } from "../../../../sandbox/model.ts";
import { tlsProvider } from "../../../../sandbox/utilities/packages.ts";
import { Maker } from "../maker.ts";

/** Certificates by themselves. */
export const selfSigned = (): Maker => new Maker(tlsProvider, "tls:index/selfSignedCert:SelfSignedCert");

/** A key, and another of another kind. */
export const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
export const privateKeyPem = String(privateKey.export({ type: "sec1", format: "pem" }));
export const other = generateKeyPairSync("ed25519").privateKey;
export const otherPem = String(other.export({ type: "pkcs8", format: "pem" }));

export const terms = { validityPeriodHours: 24, allowedUses: ["server_auth"] };

/** The smallest self-signed certificate. */
export const own = { privateKeyPem, subject: { commonName: "shop.example.com" }, ...terms };

/** One that signs others. */
export const authority = {
  ...own,
  subject: { commonName: "Root" },
  isCaCertificate: true,
  allowedUses: ["cert_signing"],
};

/** What Go was told too (`made-by-go.ts`). */
export const described = {
  subject: {
    commonName: "shop.example.com",
    organization: "Café, Inc",
    organizationalUnit: "Ops",
    streetAddresses: ["2 Main St", "1 Main St"],
    locality: "Oslo",
    province: "Oslo",
    country: "NO",
    postalCode: "0150",
    serialNumber: "7",
    emailAddress: "ops@example.com",
  },
  dnsNames: ["shop.example.com", "*.example.com"],
  ipAddresses: ["10.0.0.1", "2001:db8::1"],
  uris: ["spiffe://example.com/web"],
};

/** The certificate itself. */
export function read({ state }: Settled): X509Certificate {
  return new X509Certificate(String(state.certPem));
}

/** What is signed, field by field. */
export function fieldsOf(pem: string): readonly string[] {
  const [block] = blocksOf(pem);
  const [body] = inside(decode(block?.bytes ?? Buffer.of()));
  return inside(body).map((field) => encode(field).toString("hex"));
}
