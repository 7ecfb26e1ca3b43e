import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const certificateRegion = config.get("certificateRegion") ?? "us-east-1";
const indexDocument = config.get("indexDocument") ?? "index.html";
const domain = "www.example.org";

const bucket = new aws.s3.Bucket("content", { forceDestroy: true });

new aws.s3.BucketPublicAccessBlock("content", {
  bucket: bucket.id,
  blockPublicAcls: true,
  blockPublicPolicy: true,
  ignorePublicAcls: true,
  restrictPublicBuckets: true,
});

for (const [key, content] of [
  ["index.html", "<h1>Hello</h1>"],
  ["404.html", "<h1>Not here</h1>"],
] as const) {
  new aws.s3.BucketObjectv2(key, { bucket: bucket.id, key, content, contentType: "text/html" });
}

const zone = new aws.route53.Zone("zone", { name: "example.org" });

// CloudFront takes certificates from one region only.
const east = new aws.Provider("east", { region: certificateRegion });
const certificate = new aws.acm.Certificate(
  "certificate",
  { domainName: domain, validationMethod: "DNS" },
  { provider: east },
);
const option = certificate.domainValidationOptions.apply(([first]) => first);
const proof = new aws.route53.Record("certificate-proof", {
  zoneId: zone.zoneId,
  name: option.apply((one) => one?.resourceRecordName ?? ""),
  type: option.apply((one) => one?.resourceRecordType ?? ""),
  records: [option.apply((one) => one?.resourceRecordValue ?? "")],
  ttl: 600,
});
const validation = new aws.acm.CertificateValidation(
  "certificate",
  { certificateArn: certificate.arn, validationRecordFqdns: [proof.fqdn] },
  { provider: east },
);

const access = new aws.cloudfront.OriginAccessControl("access", {
  originAccessControlOriginType: "s3",
  signingBehavior: "always",
  signingProtocol: "sigv4",
});

const cdn = new aws.cloudfront.Distribution("cdn", {
  enabled: true,
  aliases: [domain],
  defaultRootObject: indexDocument,
  origins: [
    {
      originId: bucket.arn,
      domainName: bucket.bucketRegionalDomainName,
      originAccessControlId: access.id,
    },
  ],
  defaultCacheBehavior: {
    targetOriginId: bucket.arn,
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD", "OPTIONS"],
    cachedMethods: ["GET", "HEAD", "OPTIONS"],
    forwardedValues: { cookies: { forward: "none" }, queryString: false },
  },
  customErrorResponses: [{ errorCode: 404, responseCode: 404, responsePagePath: "/404.html" }],
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: { acmCertificateArn: validation.certificateArn, sslSupportMethod: "sni-only" },
});

new aws.s3.BucketPolicy("content", {
  bucket: bucket.id,
  policy: aws.iam.getPolicyDocumentOutput({
    statements: [
      {
        principals: [{ type: "Service", identifiers: ["cloudfront.amazonaws.com"] }],
        actions: ["s3:GetObject"],
        resources: [pulumi.interpolate`${bucket.arn}/*`],
        conditions: [{ test: "StringEquals", variable: "AWS:SourceArn", values: [cdn.arn] }],
      },
    ],
  }).json,
});

new aws.route53.Record("alias", {
  zoneId: zone.zoneId,
  name: domain,
  type: "A",
  aliases: [{ name: cdn.domainName, zoneId: cdn.hostedZoneId, evaluateTargetHealth: true }],
});

export const url = `https://${domain}`;
export const cdnHostname = cdn.domainName;
