import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { apiHostName, siteNames, viewerCertificate } from "../../../components/frontend/distribution.ts";
import { lifecycleRules } from "../../../components/frontend/private-bucket.ts";
import { securityHeaders } from "../../../components/frontend/security-headers.ts";

describe("Names of the site", () => {
  it("are the domain itself for @ and names inside it for the rest", () => {
    expect(siteNames(["@", "www"], "example.com")).to.deep.equal(["example.com", "www.example.com"]);
  });

  it("are none without a domain", () => {
    expect(siteNames(["@", "www"], undefined)).to.deep.equal([]);
  });
});

describe("Host of the API", () => {
  const api = { host: "api", pathPattern: "/api/*" };

  it("is inside the domain", () => {
    expect(apiHostName(api, "example.com")).to.deep.equal({ host: "api.example.com", pathPattern: "/api/*" });
  });

  it("is none without an API, or without a domain", () => {
    expect(apiHostName("none", "example.com")).to.equal(undefined);
    expect(apiHostName(api, undefined)).to.equal(undefined);
  });
});

describe("Certificate for viewers", () => {
  it("is CloudFront's own without a domain", () => {
    expect(viewerCertificate({ edgeCertificateArn: undefined }, "TLSv1.3_2025")).to.deep.equal({
      cloudfrontDefaultCertificate: true,
    });
  });

  it("keeps the TLS floor with a domain", () => {
    const edgeCertificateArn = pulumi.output("arn:aws:acm:us-east-1:111111111111:certificate/c");
    const certificate = viewerCertificate({ edgeCertificateArn }, "TLSv1.3_2025");
    expect(certificate).to.deep.include({
      minimumProtocolVersion: "TLSv1.3_2025",
      sslSupportMethod: "sni-only",
    });
  });
});

describe("Security headers", () => {
  it("insist on HTTPS for two years, on every subdomain, over what the origin says", () => {
    expect(securityHeaders("default-src 'self'").strictTransportSecurity).to.deep.equal({
      accessControlMaxAgeSec: 63_072_000,
      includeSubdomains: true,
      preload: true,
      override: true,
    });
  });

  it("carry the given content security policy", () => {
    expect(securityHeaders("default-src 'none'").contentSecurityPolicy).to.deep.equal({
      contentSecurityPolicy: "default-src 'none'",
      override: true,
    });
  });
});

describe("Life cycle of a private bucket", () => {
  const cleanUp = {
    id: "clean-up",
    status: "Enabled",
    filter: {},
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    noncurrentVersionExpiration: { noncurrentDays: 30 },
  };

  it("throws away unfinished uploads and old versions, and nothing else", () => {
    expect(lifecycleRules({ oldVersionRetentionDays: 30 })).to.deep.equal([cleanUp]);
  });

  it("deletes objects after so many days where asked", () => {
    expect(lifecycleRules({ oldVersionRetentionDays: 30, expireDays: 90 })).to.deep.equal([
      cleanUp,
      { id: "expire", status: "Enabled", filter: {}, expiration: { days: 90 } },
    ]);
  });
});
