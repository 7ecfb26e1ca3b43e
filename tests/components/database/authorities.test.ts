import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";

import { expect } from "chai";

import { rootCertificateIn } from "../../../components/database/authorities.ts";

const bundle = readFileSync("components/database/authorities.pem", "utf8");
const certificates = (bundle.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map(
  (block) => new X509Certificate(block),
);

describe("the authorities of RDS", () => {
  it("are one of each region", () => {
    const regions = certificates.map(({ subject }) => / (\S+) Root CA RSA2048 G1/.exec(subject)?.[1]);
    expect(regions).to.have.length(27);
    expect(new Set(regions).size).to.equal(27);
    expect(regions).to.include.members(["eu-west-1", "eu-south-1", "us-east-1", "ap-southeast-2"]);
  });

  it("vouch for themselves and may vouch for others, for longer than any instance lives", () => {
    for (const certificate of certificates) {
      expect(certificate.verify(certificate.publicKey), certificate.subject).to.equal(true);
      expect(certificate.ca, certificate.subject).to.equal(true);
      expect(Date.parse(certificate.validTo), certificate.subject).to.be.above(Date.parse("2061-01-01"));
    }
  });

  it("are known by what RDS publishes of them", () => {
    const certificate = new X509Certificate(rootCertificateIn("eu-west-1") ?? "");
    expect(certificate.subject).to.contain("CN=Amazon RDS eu-west-1 Root CA RSA2048 G1");
    expect(certificate.fingerprint256).to.equal(
      "6F:7E:01:B6:2A:F2:40:58:41:71:30:B2:1E:5F:B9:AD:9F:29:B2:9C:77:5C:51:07:B6:57:41:90:10:97:58:86",
    );
  });

  it("are not known of a region that does not exist", () => {
    expect(rootCertificateIn("eu-west-9")).to.equal(undefined);
  });
});
