import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { text } from "../../../sandbox/values.ts";
import { refusalOf, World } from "./world.ts";

const tokens = {
  distribution: "aws:cloudfront/distribution:Distribution",
  control: "aws:cloudfront/originAccessControl:OriginAccessControl",
  cache: "aws:cloudfront/cachePolicy:CachePolicy",
  headers: "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy",
  requests: "aws:cloudfront/originRequestPolicy:OriginRequestPolicy",
  function: "aws:cloudfront/function:Function",
} as const;

describe("what a simulated distribution names", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const behaving = (inputs: Properties): Settled =>
    world.make(tokens.distribution, "site", {
      enabled: true,
      origins: [{ originId: "site", domainName: "site.s3.eu-west-1.amazonaws.com" }],
      defaultCacheBehavior: {
        targetOriginId: "site",
        viewerProtocolPolicy: "redirect-to-https",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        ...inputs,
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    });
  const control = (): Settled =>
    world.make(tokens.control, "site", {
      name: "site",
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
  const cached = (inputs: Properties = {}, keyed: Properties = {}): Settled =>
    world.make(tokens.cache, "pages", {
      name: "pages",
      minTtl: 0,
      parametersInCacheKeyAndForwardedToOrigin: {
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
        ...keyed,
      },
      ...inputs,
    });
  const routing = (inputs: Properties = {}): Settled =>
    world.make(tokens.function, "routing", {
      name: "routing",
      runtime: "cloudfront-js-2.0",
      code: "function handler(event) { return event.request; }",
      ...inputs,
    });

  it("refuses a name that is taken, by its own code", () => {
    control();
    cached();
    routing();
    const codeOf = (attempt: () => unknown): string => refusalOf(attempt).split(":")[0] ?? "";
    expect(codeOf(() => control())).to.equal("OriginAccessControlAlreadyExists");
    expect(codeOf(() => cached())).to.equal("CachePolicyAlreadyExists");
    expect(codeOf(() => routing())).to.equal("FunctionAlreadyExists");
    const frames = { frameOptions: { frameOption: "DENY", override: true } };
    const headers = (): Settled =>
      world.make(tokens.headers, "headers", { name: "headers", securityHeadersConfig: frames });
    headers();
    expect(codeOf(headers)).to.equal("ResponseHeadersPolicyAlreadyExists");
    const requests = (): Settled =>
      world.make(tokens.requests, "all", {
        name: "all",
        cookiesConfig: { cookieBehavior: "all" },
        headersConfig: { headerBehavior: "allViewer" },
        queryStringsConfig: { queryStringBehavior: "all" },
      });
    requests();
    expect(codeOf(requests)).to.equal("OriginRequestPolicyAlreadyExists");
  });

  it("stays while a distribution names it", () => {
    const policy = cached();
    const site = behaving({ cachePolicyId: policy.id });
    expect(refusalOf(() => world.remove(tokens.cache, "pages", policy))).to.equal(
      "CachePolicyInUse: Cannot delete a cache policy because it is attached to one or more cache behaviors in a CloudFront distribution.",
    );
    world.remove(tokens.distribution, "site", site);
    expect(world.remove(tokens.cache, "pages", policy)).to.equal(1);
  });

  it("refuses a cache policy that tells requests apart and caches nothing", () => {
    const nothing = { defaultTtl: 0, maxTtl: 0 };
    expect(refusalOf(() => cached(nothing, { enableAcceptEncodingGzip: true }))).to.equal(
      "InvalidArgument: The parameter EnableAcceptEncodingGzip is invalid for policy with caching disabled.",
    );
    expect(refusalOf(() => cached(nothing, { cookiesConfig: { cookieBehavior: "all" } }))).to.equal(
      "InvalidArgument: The parameter CookieBehavior is invalid for policy with caching disabled.",
    );
    expect(cached(nothing).id).to.match(/^[0-9a-f]{8}-/);
  });

  it("refuses a cache policy whose times are out of order", () => {
    expect(refusalOf(() => cached({ minTtl: 10, defaultTtl: 5 }))).to.equal(
      "InvalidArgument: The parameter MinTTL cannot be greater than DefaultTTL.",
    );
    expect(refusalOf(() => cached({ defaultTtl: 10, maxTtl: 5 }))).to.equal(
      "InvalidArgument: The parameter DefaultTTL cannot be greater than MaxTTL.",
    );
  });

  it("refuses a function that is too large, and a distribution one that is not published", () => {
    expect(refusalOf(() => routing({ code: "/".repeat(10 * 1024 + 1) }))).to.match(
      /^FunctionSizeLimitExceeded: /,
    );
    const draft = routing({ publish: false });
    const using = (functionArn: unknown): Settled =>
      behaving({ functionAssociations: [{ eventType: "viewer-request", functionArn }] });
    expect(refusalOf(() => using(draft.state.arn))).to.match(
      /^InvalidFunctionAssociation: .* is not published\.$/,
    );
    expect(refusalOf(() => using(`${text(draft.state.arn) ?? ""}-2`))).to.match(
      /^InvalidFunctionAssociation: .* there is no function /,
    );
  });
});
