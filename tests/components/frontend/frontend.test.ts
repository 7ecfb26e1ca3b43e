import { expect } from "chai";

import { Frontend } from "../../../components/frontend/frontend.ts";
import { all, only } from "../../support/run.ts";
import type { Recorded } from "../../support/run.ts";
import { dig, listIn } from "../observability/dig.ts";
import { frontend } from "./frontend.ts";

describe("Frontend", () => {
  it("signs every request to the site's bucket", async () => {
    const { resources } = await frontend();
    const access = only(resources, "aws:cloudfront/originAccessControl:OriginAccessControl");
    const { inputs } = only(resources, "aws:cloudfront/distribution:Distribution");
    expect(access.inputs).to.deep.include({
      originAccessControlOriginType: "s3",
      signingBehavior: "always",
      signingProtocol: "sigv4",
    });
    expect(dig(inputs, "origins", 0, "originAccessControlId")).to.equal(access.id);
  });

  it("has firewall, its log, its key and the log delivery in us-east-1", async () => {
    const { resources } = await frontend();
    const regions = [
      only(resources, "aws:wafv2/webAcl:WebAcl"),
      only(resources, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration"),
      only(resources, "aws:cloudwatch/logGroup:LogGroup"),
      only(resources, "aws:kms/key:Key", "frontend-firewall-key"),
      only(resources, "aws:kms/alias:Alias", "frontend-firewall-key"),
      only(resources, "aws:cloudwatch/logDeliverySource:LogDeliverySource"),
      only(resources, "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination"),
      only(resources, "aws:cloudwatch/logDelivery:LogDelivery"),
    ].map(({ inputs }) => inputs.region);
    expect(regions).to.deep.equal(Array<string>(8).fill("us-east-1"));
  });

  it("stands behind its firewall, whose log hides credentials", async () => {
    const { resources } = await frontend();
    const firewall = only(resources, "aws:wafv2/webAcl:WebAcl");
    const log = only(resources, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration");
    expect(firewall.inputs.scope).to.equal("CLOUDFRONT");
    expect(only(resources, "aws:cloudfront/distribution:Distribution").inputs.webAclId).to.equal(
      firewall.state.arn,
    );
    expect(log.inputs.resourceArn).to.equal(firewall.state.arn);
    expect(log.inputs.redactedFields).to.deep.equal([
      { singleHeader: { name: "authorization" } },
      { singleHeader: { name: "cookie" } },
      { singleHeader: { name: "x-api-key" } },
    ]);
    expect(only(resources, "aws:cloudwatch/logGroup:LogGroup").inputs).to.deep.include({
      namePrefix: "aws-waf-logs-frontend-firewall-",
      retentionInDays: 30,
    });
  });

  it("serves pages and assets over HTTPS only, compressed, each with its own cache", async () => {
    const { resources } = await frontend();
    const { inputs } = only(resources, "aws:cloudfront/distribution:Distribution");
    const policies = (name: string) => only(resources, "aws:cloudfront/cachePolicy:CachePolicy", name);
    const behaviors = [inputs.defaultCacheBehavior, ...listIn(inputs, "orderedCacheBehaviors")].map(
      (behavior) =>
        ["pathPattern", "viewerProtocolPolicy", "compress", "cachePolicyId"].map((key) => dig(behavior, key)),
    );
    expect(behaviors).to.deep.equal([
      [undefined, "redirect-to-https", true, policies("frontend-documents").id],
      ["/assets/*", "redirect-to-https", true, policies("frontend-assets").id],
    ]);
    expect(policies("frontend-documents").inputs).to.deep.include({ minTtl: 0, defaultTtl: 60, maxTtl: 60 });
    expect(policies("frontend-assets").inputs.maxTtl).to.equal(31_536_000);
  });

  it("passes the API on uncached, over TLS 1.2, when there is one", async () => {
    const { resources } = await frontend({ api: { host: "api", pathPattern: "/api/*" } });
    const { inputs } = only(resources, "aws:cloudfront/distribution:Distribution");
    const [, origin] = listIn(inputs, "origins");
    const [, behavior] = listIn(inputs, "orderedCacheBehaviors");
    expect(dig(origin, "domainName")).to.equal("api.example.com");
    expect(dig(origin, "customOriginConfig")).to.deep.include({
      originProtocolPolicy: "https-only",
      originSslProtocols: ["TLSv1.2"],
    });
    expect(behavior).to.deep.include({
      pathPattern: "/api/*",
      targetOriginId: "api",
      viewerProtocolPolicy: "https-only",
      cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
    });
  });

  it("answers under its names, over IPv4 and IPv6, with the domain's certificate", async () => {
    const { resources, value } = await frontend();
    const { inputs } = only(resources, "aws:cloudfront/distribution:Distribution");
    const records = all(resources, "aws:route53/record:Record").filter(({ name }) =>
      name.startsWith("frontend-"),
    );
    expect(inputs.aliases).to.deep.equal(["example.com", "www.example.com"]);
    expect(inputs.viewerCertificate).to.deep.include({
      minimumProtocolVersion: "TLSv1.2_2021",
      sslSupportMethod: "sni-only",
    });
    expect(records.map((record) => [record.inputs.name, record.inputs.type])).to.deep.equal([
      ["example.com", "A"],
      ["example.com", "AAAA"],
      ["www.example.com", "A"],
      ["www.example.com", "AAAA"],
    ]);
    expect(only(resources, "platform:index:Frontend").outputs.url).to.equal("https://example.com");
    expect(value).to.be.instanceOf(Frontend);
  });

  it("has CloudFront's name and no records without a domain", async () => {
    const { resources } = await frontend({}, "none");
    const distribution = only(resources, "aws:cloudfront/distribution:Distribution");
    expect(distribution.inputs.aliases).to.deep.equal([]);
    expect(all(resources, "aws:route53/record:Record")).to.deep.equal([]);
    expect(only(resources, "platform:index:Frontend").outputs.url).to.equal(
      `https://${String(distribution.state.domainName)}`,
    );
  });

  it("shows the same resources in a preview", async () => {
    const names = ({ resources }: { readonly resources: readonly Recorded[] }) =>
      resources.map(({ urn }) => urn).toSorted();
    expect(names(await frontend({}, "example.com", { preview: true }))).to.deep.equal(
      names(await frontend()),
    );
  });
});
