import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { isRecord, list } from "../../../sandbox/values.ts";
import { refusalOf, World } from "./world.ts";

const tokens = {
  distribution: "aws:cloudfront/distribution:Distribution",
  control: "aws:cloudfront/originAccessControl:OriginAccessControl",
  acl: "aws:wafv2/webAcl:WebAcl",
} as const;

const cachingDisabled = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const bucketDomain = "site.s3.eu-west-1.amazonaws.com";

let world: World;

const behavior = {
  targetOriginId: "site",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD"],
  cachedMethods: ["GET", "HEAD"],
  cachePolicyId: cachingDisabled,
};

const least = {
  enabled: true,
  origins: [{ originId: "site", domainName: bucketDomain }],
  defaultCacheBehavior: behavior,
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: { cloudfrontDefaultCertificate: true },
};

const distribution = (inputs: Properties = {}, name = "site"): Settled =>
  world.make(tokens.distribution, name, { ...least, ...inputs });

const behaving = (inputs: Properties): Settled =>
  distribution({ defaultCacheBehavior: { ...behavior, ...inputs } });

const control = (): Settled =>
  world.make(tokens.control, "site", {
    name: "site",
    originAccessControlOriginType: "s3",
    signingBehavior: "always",
    signingProtocol: "sigv4",
  });

const acl = (inputs: Properties): Settled =>
  world.make(tokens.acl, "firewall", {
    defaultAction: { allow: {} },
    visibilityConfig: { metricName: "all", cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true },
    ...inputs,
  });

/** A certificate of the domain and all below it, with the record that ACM asks for where it is to be issued. */
function certificate(issued: boolean, region = "us-east-1"): Settled {
  const made = world.make("aws:acm/certificate:Certificate", "site", {
    region,
    domainName: "example.com",
    subjectAlternativeNames: ["*.example.com"],
    validationMethod: "DNS",
  });
  const zone = world.make("aws:route53/zone:Zone", "zone", { name: "example.com" });
  const [proof] = list(made.state.domainValidationOptions).filter(isRecord);
  if (issued && proof !== undefined) {
    world.make("aws:route53/record:Record", "proof", {
      zoneId: zone.id,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 60,
    });
  }
  return made;
}

const named = (aliases: readonly string[], { id }: Settled, name = "site"): Settled =>
  distribution({ aliases, viewerCertificate: { acmCertificateArn: id, sslSupportMethod: "sni-only" } }, name);

describe("a simulated distribution", () => {
  beforeEach(() => {
    world = new World();
  });
  it("has CloudFront's ids and names", () => {
    const { id, state, seconds } = distribution();
    expect(id).to.match(/^E[0-9A-Z]{13}$/);
    expect(state.arn).to.equal(`arn:aws:cloudfront::123456789012:distribution/${id}`);
    expect(state.domainName).to.match(/^d[0-9a-z]{13}\.cloudfront\.net$/);
    expect(state).to.include({ hostedZoneId: "Z2FDTNDATAQYW2", status: "Deployed" });
    expect(state.lastModifiedTime).to.match(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \+0000 UTC$/);
    expect(seconds).to.equal(270);
  });

  it("gets another etag by each change", () => {
    const made = distribution();
    const changed = world.change(tokens.distribution, "site", made, { ...least, comment: "changed" });
    expect(changed.state.etag).not.to.equal(made.state.etag);
    expect(changed.state.domainName).to.equal(made.state.domainName);
  });

  it("refuses a behaviour for an origin that it has not", () => {
    expect(refusalOf(() => behaving({ targetOriginId: "api" }))).to.equal(
      "NoSuchOrigin: One or more of your origins or origin groups do not exist.",
    );
  });

  it("refuses two behaviours of one path", () => {
    const twin = { ...behavior, pathPattern: "/assets/*" };
    expect(refusalOf(() => distribution({ orderedCacheBehaviors: [twin, twin] }))).to.equal(
      "InvalidArgument: The parameter PathPattern contains duplicates.",
    );
  });

  it("refuses what it names and is not there, and knows what AWS has for everybody", () => {
    const none = "11111111-2222-3333-4444-555555555555";
    expect(refusalOf(() => behaving({ cachePolicyId: none }))).to.equal(
      "NoSuchCachePolicy: The cache policy does not exist.",
    );
    expect(refusalOf(() => behaving({ originRequestPolicyId: none }))).to.equal(
      "NoSuchOriginRequestPolicy: The origin request policy does not exist.",
    );
    expect(refusalOf(() => behaving({ responseHeadersPolicyId: none }))).to.equal(
      "NoSuchResponseHeadersPolicy: The response headers policy does not exist.",
    );
    const origin = { originId: "site", domainName: bucketDomain, originAccessControlId: "E0" };
    expect(refusalOf(() => distribution({ origins: [origin] }))).to.equal(
      "InvalidOriginAccessControl: The origin access control is not valid.",
    );
    const managed = {
      originRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      responseHeadersPolicyId: "67f7725c-6f97-4210-82d7-5512b31e9d03",
    };
    expect(behaving(managed).state.status).to.equal("Deployed");
  });

  it("signs its requests to buckets only", () => {
    const signed = (domainName: string): Settled =>
      distribution({ origins: [{ originId: "site", domainName, originAccessControlId: id }] });
    const { id } = control();
    expect(refusalOf(() => signed("www.example.com"))).to.equal(
      "InvalidArgument: The parameter Origin DomainName does not refer to a valid S3 bucket.",
    );
    expect(signed(bucketDomain).state.status).to.equal("Deployed");
  });

  it("is guarded by a web ACL for CloudFront", () => {
    const message = "InvalidWebACLId: Web ACL is not accessible by the requester.";
    const regional = acl({ scope: "REGIONAL" });
    expect(refusalOf(() => distribution({ webAclId: regional.state.arn }))).to.equal(message);
    expect(
      refusalOf(() => distribution({ webAclId: "arn:aws:wafv2:us-east-1:1:global/webacl/none/1" })),
    ).to.equal(message);
    const edge = acl({ scope: "CLOUDFRONT", region: "us-east-1" });
    const made = distribution({ webAclId: edge.state.arn });
    expect(refusalOf(() => world.remove(tokens.acl, "firewall", edge))).to.match(
      /^WAFAssociatedItemException: /,
    );
    world.remove(tokens.distribution, "site", made);
    expect(world.remove(tokens.acl, "firewall", edge)).to.equal(5);
  });

  it("refuses names without a certificate", () => {
    expect(refusalOf(() => distribution({ aliases: ["www.example.com"] }))).to.match(
      /^InvalidViewerCertificate: To add an alternate domain name \(CNAME\) to a CloudFront distribution, you must attach a trusted certificate /,
    );
  });

  it("refuses a certificate that is not issued, or lives elsewhere", () => {
    const message =
      "InvalidViewerCertificate: The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.";
    expect(refusalOf(() => named(["example.com"], certificate(false)))).to.equal(message);
    world = new World();
    expect(refusalOf(() => named(["example.com"], certificate(true, "eu-west-1")))).to.equal(message);
  });

  it("refuses names that the certificate does not cover, or that are taken", () => {
    const proof = certificate(true);
    const uncovered =
      /^InvalidViewerCertificate: The certificate that is attached to your distribution doesn't cover /;
    expect(refusalOf(() => named(["www.example.org"], proof))).to.match(uncovered);
    expect(refusalOf(() => named(["a.b.example.com"], proof))).to.match(uncovered);
    named(["example.com", "www.example.com"], proof);
    expect(refusalOf(() => named(["www.example.com"], proof, "twin"))).to.equal(
      "CNAMEAlreadyExists: One or more of the CNAMEs you provided are already associated with a different resource.",
    );
  });
});

describe("a simulated origin access identity", () => {
  const identityToken = "aws:cloudfront/originAccessIdentity:OriginAccessIdentity";
  const signedBy = (originAccessIdentity: unknown): Settled =>
    distribution({
      origins: [{ originId: "site", domainName: bucketDomain, s3OriginConfig: { originAccessIdentity } }],
    });
  let identity: Settled;
  beforeEach(() => {
    world = new World();
    identity = world.make(identityToken, "site");
  });

  it("has a path for distributions and an ARN for the policies of buckets", () => {
    const { id, state } = identity;
    expect(id).to.match(/^E[0-9A-Z]{13}$/);
    expect(state).to.include({
      cloudfrontAccessIdentityPath: `origin-access-identity/cloudfront/${id}`,
      iamArn: `arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`,
    });
  });

  it("signs for distributions, as long as they use it", () => {
    expect(refusalOf(() => signedBy("origin-access-identity/cloudfront/NONE"))).to.match(/^InvalidOrigin: /);
    const made = signedBy(identity.state.cloudfrontAccessIdentityPath);
    expect(refusalOf(() => world.remove(identityToken, "site", identity))).to.match(
      /^CloudFrontOriginAccessIdentityInUse: /,
    );
    world.remove(tokens.distribution, "site", made);
    expect(world.remove(identityToken, "site", identity)).to.equal(1);
  });
});
