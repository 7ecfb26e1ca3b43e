import { define } from "../../kernel/define.ts";
import { has, items } from "../../kernel/read.ts";
import { behaviorsOf, isBucket, pathOf } from "../../reading/distributions.ts";

const year = 31_536_000;

export const cloudfrontHeadersAndRoot = define({
  name: "cloudfront-headers-and-root",
  description:
    "Every answer carries the headers that protect its reader, and the root shows a page, not a listing.",
  severity: "medium",
  controls: { fsbp: ["CloudFront.1"], ckv: ["CKV_AWS_259", "CKV_AWS_305", "CKV2_AWS_32"] },
  remediation: "Use the Frontend component; its contentSecurityPolicy is a setting.",
  checks: {
    "aws:cloudfront/distribution:Distribution": [
      (distribution) =>
        behaviorsOf(distribution)
          .filter((behavior) => !has(behavior, "responseHeadersPolicyId"))
          .map(
            (behavior) =>
              `responseHeadersPolicyId of ${pathOf(behavior)} is not set: name a policy with the security headers.`,
          ),
      (distribution) =>
        !has(distribution, "defaultRootObject") &&
        items(distribution.origins).some(isBucket) &&
        "defaultRootObject is not set: set it to index.html, or the root may list the bucket.",
    ],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
      ({ securityHeadersConfig: headers }) => {
        const seconds = headers?.strictTransportSecurity?.accessControlMaxAgeSec ?? 0;
        return (
          seconds < year &&
          `strictTransportSecurity holds for ${seconds} seconds: let it hold for a year (${year}) or longer.`
        );
      },
      ({ securityHeadersConfig: headers }) =>
        !has(headers, "contentTypeOptions") &&
        "securityHeadersConfig.contentTypeOptions is not set: add it, or browsers guess what a file is.",
      ({ securityHeadersConfig: headers }) =>
        !has(headers, "frameOptions") &&
        "securityHeadersConfig.frameOptions is not set: add it, or other sites may put this one into a frame.",
    ],
  },
});
