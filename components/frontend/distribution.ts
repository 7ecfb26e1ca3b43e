import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { DomainBinding } from "../contracts.ts";
import { assetCaching, documentCaching, managedPolicies } from "./caching.ts";
import type { PrivateBucket } from "./private-bucket.ts";
import { securityHeaders } from "./security-headers.ts";
import type { FrontendSettings } from "./settings.ts";
import { spaRouting } from "./spa-routing.ts";

/** What a distribution needs beside its settings. */
export interface DistributionArgs extends FrontendSettings {
  readonly domain: DomainBinding;
  readonly site: PrivateBucket;
  readonly webAclArn: pulumi.Input<string>;
}

type CacheBehavior = aws.types.input.cloudfront.DistributionDefaultCacheBehavior;
type ViewerCertificate = aws.types.input.cloudfront.DistributionViewerCertificate;

/** The site's addresses inside the domain; none without a domain. */
export function siteNames(hosts: readonly string[], zoneName: string | undefined): readonly string[] {
  if (zoneName === undefined) return [];
  return hosts.map((host) => (host === "@" ? zoneName : `${host}.${zoneName}`));
}

/** The domain's certificate with the TLS floor asked for, or CloudFront's own, whose floor is not ours to choose. */
export function viewerCertificate(
  domain: Pick<DomainBinding, "edgeCertificateArn">,
  minimumTls: FrontendSettings["minimumTls"],
): ViewerCertificate {
  return domain.edgeCertificateArn === undefined
    ? { cloudfrontDefaultCertificate: true }
    : {
        acmCertificateArn: domain.edgeCertificateArn,
        minimumProtocolVersion: minimumTls,
        sslSupportMethod: "sni-only",
      };
}

/** The API's own host name, or none when the site has no API or the stack no domain. */
export function apiHostName(
  api: FrontendSettings["api"],
  zoneName: string | undefined,
): { readonly host: string; readonly pathPattern: string } | undefined {
  return api === "none" || zoneName === undefined
    ? undefined
    : { host: `${api.host}.${zoneName}`, pathPattern: api.pathPattern };
}

/** Makes the distribution and the policies its behaviours name. */
export function createDistribution(
  name: string,
  args: DistributionArgs,
  opts: pulumi.CustomResourceOptions,
): aws.cloudfront.Distribution {
  const access = new aws.cloudfront.OriginAccessControl(
    name,
    { originAccessControlOriginType: "s3", signingBehavior: "always", signingProtocol: "sigv4" },
    opts,
  );
  const api = apiHostName(args.api, args.domain.zoneName);

  return new aws.cloudfront.Distribution(
    name,
    {
      enabled: true,
      comment: name,
      aliases: [...siteNames(args.hosts, args.domain.zoneName)],
      viewerCertificate: viewerCertificate(args.domain, args.minimumTls),
      webAclId: args.webAclArn,
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: args.priceClass,
      restrictions: { geoRestriction: servedCountries(args.allowedCountries) },
      defaultRootObject: "index.html",
      origins: [
        { originId: "site", domainName: args.site.domainName, originAccessControlId: access.id },
        ...(api === undefined ? [] : [apiOrigin(api.host)]),
      ],
      ...createBehaviors(name, args, api?.pathPattern, opts),
    },
    opts,
  );
}

function servedCountries(
  countries: readonly string[],
): aws.types.input.cloudfront.DistributionRestrictionsGeoRestriction {
  return countries.length === 0
    ? { restrictionType: "none" }
    : { restrictionType: "whitelist", locations: [...countries] };
}

function apiOrigin(domainName: string): aws.types.input.cloudfront.DistributionOrigin {
  return {
    originId: "api",
    domainName,
    customOriginConfig: {
      httpPort: 80,
      httpsPort: 443,
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
    },
  };
}

/** Pages, assets and the API differ in how they are cached; all are HTTPS only, compressed, and carry the security headers. */
function createBehaviors(
  name: string,
  args: FrontendSettings,
  apiPathPattern: string | undefined,
  opts: pulumi.CustomResourceOptions,
): Pick<aws.cloudfront.DistributionArgs, "defaultCacheBehavior" | "orderedCacheBehaviors"> {
  const headers = new aws.cloudfront.ResponseHeadersPolicy(
    name,
    { securityHeadersConfig: securityHeaders(args.contentSecurityPolicy) },
    opts,
  );
  const routing = new aws.cloudfront.Function(
    `${name}-routing`,
    { runtime: "cloudfront-js-2.0", publish: true, code: spaRouting },
    opts,
  );
  const documents = new aws.cloudfront.CachePolicy(
    `${name}-documents`,
    documentCaching(args.documentMaxAgeSeconds),
    opts,
  );
  const assets = new aws.cloudfront.CachePolicy(`${name}-assets`, assetCaching, opts);

  const site: Omit<CacheBehavior, "cachePolicyId"> = {
    targetOriginId: "site",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD", "OPTIONS"],
    cachedMethods: ["GET", "HEAD"],
    compress: true,
    responseHeadersPolicyId: headers.id,
  };
  const api = {
    ...site,
    targetOriginId: "api",
    // A redirect would send a body again in the open; an API client is refused instead.
    viewerProtocolPolicy: "https-only",
    allowedMethods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    cachePolicyId: managedPolicies.cachingDisabled,
    originRequestPolicyId: managedPolicies.allViewerExceptHostHeader,
  };

  return {
    defaultCacheBehavior: {
      ...site,
      cachePolicyId: documents.id,
      functionAssociations: [{ eventType: "viewer-request", functionArn: routing.arn }],
    },
    orderedCacheBehaviors: [
      { ...site, pathPattern: args.assetPathPattern, cachePolicyId: assets.id },
      ...(apiPathPattern === undefined ? [] : [{ ...api, pathPattern: apiPathPattern }]),
    ],
  };
}
