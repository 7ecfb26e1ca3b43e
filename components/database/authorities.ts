import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The authority whose certificates our instances get. RDS has one of each kind in every region. */
export const authority = "rds-ca-rsa2048-g1";

/**
 * Its root certificate in a region, by which a client knows the database (Amazon RDS user guide, "Using SSL/TLS to encrypt a connection to a
 * DB instance or cluster": the certificates of the global bundle). `undefined` for a region whose certificate is not among ours.
 */
export function rootCertificateIn(region: string): string | undefined {
  return certificates().get(`Amazon RDS ${region} Root CA RSA2048 G1`);
}

function certificates(): ReadonlyMap<string, string> {
  const bundle = readFileSync(join(import.meta.dirname, "authorities.pem"), "utf8");
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g) ?? [];
  return new Map(blocks.map((block) => [nameIn(new X509Certificate(block)), block]));
}

function nameIn({ subject }: X509Certificate): string {
  return /^CN=(.+)$/m.exec(subject)?.[1] ?? "";
}
