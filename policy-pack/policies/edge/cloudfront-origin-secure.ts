import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { has, items } from "../../kernel/read.ts";
import { isBucket, isWebsite } from "../../reading/distributions.ts";
import type { Origin } from "../../reading/distributions.ts";

/** A bucket lets in this distribution, and nobody who goes around it. */
function judgeBucket(origin: Origin): Findings {
  if (has(origin.s3OriginConfig, "originAccessIdentity"))
    return `origin ${origin.originId} uses an origin access identity, which cannot read what KMS encrypts: use originAccessControlId.`;
  if (has(origin, "originAccessControlId")) return undefined;
  return (
    isBucket(origin) &&
    `originAccessControlId of origin ${origin.originId} is not set: set it, and let the bucket's policy name the distribution.`
  );
}

function judgeServer(origin: Origin): Findings {
  const server = origin.customOriginConfig;
  if (server === undefined) return undefined;
  const policy = server.originProtocolPolicy;
  const old = server.originSslProtocols.filter((version) => version !== "TLSv1.2");
  return [
    policy !== "https-only" &&
      `originProtocolPolicy of origin ${origin.originId} is ${policy}: use https-only.`,
    old.length > 0 &&
      `originSslProtocols of origin ${origin.originId} has ${old.join(", ")}: allow TLSv1.2 only.`,
  ];
}

export const cloudfrontOriginSecure = define({
  name: "cloudfront-origin-secure",
  description: "Nobody gets around the edge, and the edge reads over TLS.",
  severity: "high",
  controls: {
    fsbp: ["CloudFront.9", "CloudFront.10", "CloudFront.13"],
    ckv: ["CKV2_AWS_46", "CKV2_AWS_54", "CKV2_AWS_72"],
  },
  remediation: "Use the Frontend component, whose bucket admits its own distribution only.",
  checks: {
    "aws:cloudfront/distribution:Distribution": [
      ({ origins }) =>
        items(origins)
          .filter(isWebsite)
          .map(
            ({ originId }) =>
              `origin ${originId} is a website endpoint, which speaks plain HTTP to everyone: use the bucket's own.`,
          ),
      ({ origins }) => items(origins).flatMap((origin) => [judgeBucket(origin)].flat()),
      ({ origins }) => items(origins).flatMap((origin) => [judgeServer(origin)].flat()),
      (distribution) =>
        !has(distribution, "origins") && "origins is not set: name what the distribution reads from.",
    ],
  },
});
