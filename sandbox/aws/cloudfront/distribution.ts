import type { cloudfront } from "@pulumi/aws";
import type { AccountView, Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { isIssued, toCertificate } from "../acm.ts";
import { refuseBehaviors } from "./behaviors.ts";
import { refuseEdgeFunctions } from "./edge-functions.ts";
import { refuseLog, refuseOrigins } from "./origins.ts";
import {
  distributionToken,
  toAccessControl,
  toAccessIdentity,
  toCachePolicy,
  toFunction,
  toOriginRequestPolicy,
  toResponseHeadersPolicy,
} from "./references.ts";
import { capitals, etagOf } from "./ids.ts";

/** Where Route 53 finds every distribution: https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const edgeZoneId = "Z2FDTNDATAQYW2";
/** AWS says the same of all that can be wrong with a certificate. */
const toEdgeCertificate = toCertificate(
  "InvalidViewerCertificate",
  "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
);
const guide =
  "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-requirements";

/** `d111111abcdef8.cloudfront.net` */
function domainOf(hex: Context<Properties>["hex"]): string {
  return `d${capitals(hex, 13, "domain").toLowerCase()}.cloudfront.net`;
}

/** `2026-01-01 00:00:00.000 +0000 UTC`, as the provider writes it. */
function written(time: string): string {
  return time.replace("T", " ").replace("Z", " +0000 UTC");
}

/** An ACL made for regions is as good as none: https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html */
function refuseWebAcl(arn: string | undefined, account: AccountView): void {
  if (arn === undefined || arn === "") return;
  const found = account.find("aws:wafv2/webAcl:WebAcl", arn);
  if (found?.state.scope === "CLOUDFRONT") return;
  throw new Refusal("InvalidWebACLId", "Web ACL is not accessible by the requester.");
}

/** `*.example.com` covers one level below it. */
function covers(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") ? host.slice(host.indexOf(".")) === pattern.slice(1) : pattern === host;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html */
function refuseCertificate(inputs: Properties, account: AccountView): void {
  const arn = text(at(inputs.viewerCertificate, "acmCertificateArn"));
  const aliases = list(inputs.aliases).flatMap((alias) => text(alias) ?? []);
  if (arn === undefined) {
    const isOther = text(at(inputs.viewerCertificate, "iamCertificateId")) !== undefined;
    if (aliases.length === 0 || isOther) return;
    throw new Refusal(
      "InvalidViewerCertificate",
      `To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name. For more details, see: ${guide}`,
    );
  }
  const certificate = account.find(String(toEdgeCertificate.to), arn, "us-east-1");
  if (certificate === undefined || !isIssued(account, certificate)) {
    throw new Refusal(toEdgeCertificate.missing.code, toEdgeCertificate.missing.message);
  }
  const { domainName, subjectAlternativeNames } = certificate.state;
  const names = [domainName, ...list(subjectAlternativeNames)].flatMap((name) => text(name) ?? []);
  if (aliases.every((alias) => names.some((name) => covers(name, alias)))) return;
  throw new Refusal(
    "InvalidViewerCertificate",
    `The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add. For more details, see: ${guide}`,
  );
}

function refuseAliases(inputs: Properties, account: AccountView, own: string | undefined): void {
  const others = account.all(distributionToken).filter(({ id }) => id !== own);
  const taken = new Set(others.flatMap(({ state }) => list(state.aliases)));
  if (!list(inputs.aliases).some((alias) => taken.has(alias))) return;
  throw new Refusal(
    "CNAMEAlreadyExists",
    "One or more of the CNAMEs you provided are already associated with a different resource.",
  );
}

/** What every behaviour may name, by path. */
function ofBehaviors<T>(path: string, reference: T): Readonly<Record<string, T>> {
  return {
    [`defaultCacheBehavior.${path}`]: reference,
    [`orderedCacheBehaviors[].${path}`]: reference,
  };
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateDistribution.html. The provider disables it before it deletes it. */
const distribution = behaviour<cloudfront.DistributionArgs, cloudfront.DistributionState>(distributionToken, {
  scope: "global",
  references: {
    "origins[].originAccessControlId": toAccessControl,
    "origins[].s3OriginConfig.originAccessIdentity": toAccessIdentity,
    ...ofBehaviors("cachePolicyId", toCachePolicy),
    ...ofBehaviors("originRequestPolicyId", toOriginRequestPolicy),
    ...ofBehaviors("responseHeadersPolicyId", toResponseHeadersPolicy),
    ...ofBehaviors("functionAssociations[].functionArn", toFunction),
    webAclId: {
      to: "aws:wafv2/webAcl:WebAcl",
      missing: { code: "InvalidWebACLId", message: "Web ACL is not accessible by the requester." },
      anyRegion: true,
    },
    "viewerCertificate.acmCertificateArn": { ...toEdgeCertificate, anyRegion: true },
  },
  id: ({ hex }) => `E${capitals(hex, 13)}`,
  outputs: ({ id, accountId, hex, created, inputs, before }) => ({
    arn: `arn:aws:cloudfront::${accountId}:distribution/${id}`,
    callerReference: `terraform-${created.replaceAll(/[-:.TZ]/g, "")}`,
    continuousDeploymentPolicyId: "",
    domainName: domainOf(hex),
    etag: etagOf(hex, inputs),
    hostedZoneId: edgeZoneId,
    inProgressValidationBatches: 0,
    lastModifiedTime: written(before === undefined ? created : new Date().toISOString()),
    loggingV1Enabled: inputs.loggingConfig !== undefined,
    status: "Deployed",
    trustedKeyGroups: [{ enabled: false, items: [] }],
    trustedSigners: [{ enabled: false, items: [] }],
  }),
  keys: (state) => [state.arn, state.domainName],
  refuses: ({ inputs, account }, before) => {
    refuseWebAcl(inputs.webAclId, account);
    refuseBehaviors({ ...inputs }, account);
    refuseEdgeFunctions({ ...inputs }, account);
    refuseOrigins({ ...inputs });
    refuseLog(inputs.loggingConfig?.bucket, account);
    refuseCertificate({ ...inputs }, account);
    refuseAliases({ ...inputs }, account, before?.id);
  },
  settles: ["etag", "lastModifiedTime"],
  // The provider waits for every edge location; a deletion disables first, which is a deployment of its own.
  seconds: { create: 270, update: 210, delete: 330 },
});

/** What the world reaches a site through. */
export const distributions: readonly AnyBehaviour[] = [distribution];
