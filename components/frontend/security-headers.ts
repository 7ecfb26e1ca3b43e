import type * as aws from "@pulumi/aws";

/** One year and above is what browsers' preload lists and AWS Security Hub ask for. */
const twoYearsInSeconds = 63_072_000;

/**
 * Headers that every answer of the site carries, whatever the origin says: HTTPS only for two years, no guessing of
 * content types, no framing, no full address to other sites, and the given content security policy.
 */
export function securityHeaders(
  contentSecurityPolicy: string,
): aws.types.input.cloudfront.ResponseHeadersPolicySecurityHeadersConfig {
  return {
    strictTransportSecurity: {
      accessControlMaxAgeSec: twoYearsInSeconds,
      includeSubdomains: true,
      preload: true,
      override: true,
    },
    contentSecurityPolicy: { contentSecurityPolicy, override: true },
    contentTypeOptions: { override: true },
    frameOptions: { frameOption: "DENY", override: true },
    referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
  };
}
