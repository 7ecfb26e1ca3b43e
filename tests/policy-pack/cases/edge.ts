import { UNKNOWN } from "../fixtures/values.ts";
import {
  bucketOrigin as bucket,
  compliantEdge,
  managedGroups as groups,
  rateLimit as rate,
} from "../fixtures/compliant-edge.ts";
import type { CaseBook } from "./case.ts";

const type = "aws:cloudfront/distribution:Distribution";
const { defaultCacheBehavior: behavior, viewerCertificate: certificate } = compliantEdge[type];
const server = {
  ...{ originId: "api", domainName: "api.example.com" },
  customOriginConfig: {
    ...{ httpPort: 80, httpsPort: 443, originProtocolPolicy: "https-only" },
    originSslProtocols: ["TLSv1.2"],
  },
};
const headers =
  compliantEdge["aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"].securityHeadersConfig;
const noHeaders = "name a policy with the security headers.";
const noCertificate =
  "viewerCertificate.acmCertificateArn is not set: name a certificate, or old versions of TLS are let in.";
const { visibilityConfig } = compliantEdge["aws:wafv2/webAcl:WebAcl"];
const counted = (name: string): string => `rule ${name} only counts: let it block in this stack.`;
const unmeasured = { ...visibilityConfig, cloudwatchMetricsEnabled: false };

/** What the policies on CloudFront and its firewall make of single resources. */
export const edge: CaseBook = {
  "cloudfront-viewer-tls": {
    [type]: [
      {
        when: "pages come over plain HTTP",
        patch: { defaultCacheBehavior: { ...behavior, viewerProtocolPolicy: "allow-all" } },
        finds: "viewerProtocolPolicy of default is allow-all: use redirect-to-https.",
      },
      {
        when: "some paths come over plain HTTP",
        patch: {
          orderedCacheBehaviors: [{ ...behavior, pathPattern: "/api/*", viewerProtocolPolicy: "allow-all" }],
        },
        finds: "viewerProtocolPolicy of /api/* is allow-all: use redirect-to-https.",
      },
      {
        when: "paths refuse plain HTTP",
        patch: { defaultCacheBehavior: { ...behavior, viewerProtocolPolicy: "https-only" } },
      },
      {
        when: "old TLS is let in",
        patch: { viewerCertificate: { ...certificate, minimumProtocolVersion: "TLSv1.2_2019" } },
        finds: "minimumProtocolVersion is TLSv1.2_2019: use TLSv1.2_2021 or a newer one.",
      },
      {
        when: "it has addresses of its own",
        patch: { viewerCertificate: { ...certificate, sslSupportMethod: "vip" } },
        finds: "sslSupportMethod is vip: use sni-only, since an address of its own costs $600 a month.",
      },
      {
        when: "it has CloudFront's certificate",
        patch: { viewerCertificate: { cloudfrontDefaultCertificate: true } },
        finds: noCertificate,
      },
      {
        when: "it has CloudFront's certificate in dev",
        patch: { viewerCertificate: { cloudfrontDefaultCertificate: true } },
        stack: "dev",
      },
      {
        when: "nothing is said",
        patch: { viewerCertificate: undefined },
        finds: [
          noCertificate,
          "minimumProtocolVersion is not set: use TLSv1.2_2021 or a newer one.",
          "sslSupportMethod is not set: use sni-only, since an address of its own costs $600 a month.",
        ],
      },
      {
        when: "the certificate is not known yet",
        patch: { viewerCertificate: { ...certificate, acmCertificateArn: UNKNOWN } },
      },
      { when: "its paths are not known yet", patch: { orderedCacheBehaviors: UNKNOWN }, defers: true },
    ],
  },
  "cloudfront-origin-secure": {
    [type]: [
      {
        when: "a bucket lets in whoever asks",
        patch: { origins: [{ originId: "site", domainName: "a.s3.eu-west-1.amazonaws.com" }] },
        finds:
          "originAccessControlId of origin site is not set: set it, and let the bucket's policy name the distribution.",
      },
      {
        when: "a bucket is read by an origin access identity",
        patch: {
          origins: [{ ...bucket, s3OriginConfig: { originAccessIdentity: "origin-access-identity/E1" } }],
        },
        finds:
          "origin site uses an origin access identity, which cannot read what KMS encrypts: use originAccessControlId.",
      },
      {
        when: "a bucket is served as a website",
        patch: { origins: [{ ...server, domainName: "a.s3-website-eu-west-1.amazonaws.com" }] },
        finds: "origin api is a website endpoint, which speaks plain HTTP to everyone: use the bucket's own.",
      },
      { when: "a server is asked over TLS 1.2", patch: { origins: [bucket, server] } },
      {
        when: "a server is asked as the visitor asks, over old TLS",
        patch: {
          origins: [
            {
              ...server,
              customOriginConfig: {
                ...server.customOriginConfig,
                ...{ originProtocolPolicy: "match-viewer", originSslProtocols: ["TLSv1", "TLSv1.2"] },
              },
            },
          ],
        },
        finds: [
          "originProtocolPolicy of origin api is match-viewer: use https-only.",
          "originSslProtocols of origin api has TLSv1: allow TLSv1.2 only.",
        ],
      },
      {
        when: "nothing is said",
        patch: { origins: undefined },
        finds: "origins is not set: name what the distribution reads from.",
      },
      {
        when: "the bucket's name is not known yet",
        patch: { origins: [{ ...bucket, domainName: UNKNOWN }] },
      },
      {
        when: "nobody can tell yet whether it is a bucket",
        patch: { origins: [{ originId: "site", domainName: UNKNOWN }] },
        defers: true,
      },
    ],
  },
  "cloudfront-waf-attached": {
    [type]: [
      {
        when: "no firewall stands before it",
        patch: { webAclId: undefined },
        finds: "webAclId is not set: name the ARN of a web ACL in us-east-1.",
      },
      { when: "the firewall is not known yet", patch: { webAclId: UNKNOWN } },
    ],
  },
  "cloudfront-headers-and-root": {
    [type]: [
      {
        when: "pages carry no headers",
        patch: { defaultCacheBehavior: { ...behavior, responseHeadersPolicyId: undefined } },
        finds: `responseHeadersPolicyId of default is not set: ${noHeaders}`,
      },
      {
        when: "some paths carry no headers",
        patch: {
          orderedCacheBehaviors: [{ ...behavior, pathPattern: "/api/*", responseHeadersPolicyId: undefined }],
        },
        finds: `responseHeadersPolicyId of /api/* is not set: ${noHeaders}`,
      },
      {
        when: "the headers are not known yet",
        patch: { defaultCacheBehavior: { ...behavior, responseHeadersPolicyId: UNKNOWN } },
      },
      {
        when: "the root has no page",
        patch: { defaultRootObject: undefined },
        finds: "defaultRootObject is not set: set it to index.html, or the root may list the bucket.",
      },
      { when: "the root is a server's", patch: { defaultRootObject: undefined, origins: [server] } },
    ],
    "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy": [
      {
        when: "HTTPS is remembered for a day",
        patch: {
          securityHeadersConfig: {
            ...headers,
            strictTransportSecurity: { accessControlMaxAgeSec: 86_400, override: true },
          },
        },
        finds:
          "strictTransportSecurity holds for 86400 seconds: let it hold for a year (31536000) or longer.",
      },
      {
        when: "nothing is said",
        patch: { securityHeadersConfig: undefined },
        finds: [
          "strictTransportSecurity holds for 0 seconds: let it hold for a year (31536000) or longer.",
          "securityHeadersConfig.contentTypeOptions is not set: add it, or browsers guess what a file is.",
          "securityHeadersConfig.frameOptions is not set: add it, or other sites may put this one into a frame.",
        ],
      },
      { when: "they are not known yet", patch: { securityHeadersConfig: UNKNOWN }, defers: true },
    ],
  },
  "waf-core-rules": {
    "aws:wafv2/webAcl:WebAcl": [
      {
        when: "a group of rules is missing",
        patch: { rules: [rate, ...groups.slice(1)] },
        finds: "no rule uses AWSManagedRulesAmazonIpReputationList: add it as a managedRuleGroupStatement.",
      },
      {
        when: "nothing limits the rate",
        patch: { rules: groups },
        finds: "no rule limits the rate of requests: add a rateBasedStatement.",
      },
      {
        when: "rules only count",
        patch: {
          rules: [
            { ...rate, action: { count: {} } },
            ...groups.map((rule) => ({ ...rule, overrideAction: { count: {} } })),
          ],
        },
        finds: ["rate", "AmazonIpReputationList", "CommonRuleSet", "KnownBadInputsRuleSet"].map(counted),
      },
      {
        when: "rules only count in dev",
        patch: { rules: [{ ...rate, action: { count: {} } }, ...groups] },
        stack: "dev",
      },
      {
        when: "a rule is not measured",
        patch: { rules: [{ ...rate, visibilityConfig: unmeasured }, ...groups] },
        finds: "cloudwatchMetricsEnabled of rule rate is not true: set it, or no alarm can see it.",
      },
      {
        when: "the firewall is not measured",
        patch: { visibilityConfig: unmeasured },
        finds:
          "visibilityConfig.cloudwatchMetricsEnabled is not true: set it, or no alarm can see the firewall.",
      },
      { when: "the rules are not known yet", patch: { rules: UNKNOWN }, defers: true },
    ],
  },
};
