import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, trustOf, World } from "./world.ts";

const bucket = "site.s3.eu-west-1.amazonaws.com";
const server = {
  customOriginConfig: {
    httpPort: 80,
    httpsPort: 443,
    originProtocolPolicy: "https-only",
    originSslProtocols: ["TLSv1.2"],
  },
};
const behavior = {
  targetOriginId: "site",
  viewerProtocolPolicy: "redirect-to-https",
  allowedMethods: ["GET", "HEAD"],
  cachedMethods: ["GET", "HEAD"],
  cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
};
const forwardedValues = { queryString: false, cookies: { forward: "none" } };

let world: World;
beforeEach(() => {
  world = new World();
});

function distribution(inputs: Properties = {}, behaving: Properties = {}): Settled {
  return world.make("aws:cloudfront/distribution:Distribution", "site", {
    enabled: true,
    origins: [{ originId: "site", domainName: bucket }],
    defaultCacheBehavior: { ...behavior, ...behaving },
    restrictions: { geoRestriction: { restrictionType: "none" } },
    viewerCertificate: { cloudfrontDefaultCertificate: true },
    ...inputs,
  });
}

function from(domainName: string, of: Properties = {}): Settled {
  return distribution({ origins: [{ originId: "site", domainName, ...of }] });
}

describe("an origin of a simulated distribution", () => {
  const notABucket = "InvalidArgument: The parameter Origin DomainName does not refer to a valid S3 bucket.";

  it("is a bucket by its own name, unless it is said to be a server", () => {
    const website = "site.s3-website-eu-west-1.amazonaws.com";
    expect(refusalOf(() => from(website))).to.equal(notABucket);
    expect(refusalOf(() => from("www.example.com"))).to.equal(notABucket);
    expect(from(website, server).state.status).to.equal("Deployed");
    expect(from("site.s3.amazonaws.com").state.status).to.equal("Deployed");
  });

  it("is named without a protocol or a path", () => {
    for (const domain of ["https://www.example.com", "www.example.com/prod"]) {
      expect(refusalOf(() => from(domain, server))).to.equal(
        "InvalidArgument: The parameter origin name must be a domain name.",
      );
    }
  });
});

describe("the log of a simulated distribution", () => {
  const logged = (): Settled => distribution({ loggingConfig: { bucket: "logs.s3.amazonaws.com" } });

  it("goes to a bucket that takes ACLs, or to one of another account", () => {
    expect(logged().state.loggingV1Enabled).to.equal(true);
    world.make("aws:s3/bucket:Bucket", "logs", { bucket: "logs" });
    expect(refusalOf(logged)).to.equal(
      "InvalidArgument: The S3 bucket that you specified for CloudFront logs does not enable ACL access: logs.s3.amazonaws.com",
    );
    world.make("aws:s3/bucketOwnershipControls:BucketOwnershipControls", "logs", {
      bucket: "logs",
      rule: { objectOwnership: "BucketOwnerPreferred" },
    });
    expect(logged().state.loggingV1Enabled).to.equal(true);
  });
});

describe("a behaviour of a simulated distribution", () => {
  it("says once what is cached", () => {
    expect(refusalOf(() => distribution({}, { forwardedValues }))).to.equal(
      "InvalidArgument: The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior.",
    );
    expect(refusalOf(() => distribution({}, { cachePolicyId: undefined }))).to.equal(
      "InvalidArgument: The parameter ForwardedValues is required.",
    );
    expect(distribution({}, { cachePolicyId: undefined, forwardedValues }).state.status).to.equal("Deployed");
  });

  it("only reads from a group of origins", () => {
    const origins = ["first", "second"].map((originId) => ({ originId, domainName: bucket }));
    const originGroups = [
      {
        originId: "site",
        failoverCriteria: { statusCodes: [500] },
        members: origins.map(({ originId }) => ({ originId })),
      },
    ];
    const all = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
    expect(refusalOf(() => distribution({ origins, originGroups }, { allowedMethods: all }))).to.equal(
      "InvalidArgument: The parameter AllowedMethods cannot include POST, PUT, PATCH, or DELETE for a cached behavior associated with an origin group.",
    );
    expect(distribution({ origins, originGroups }).state.status).to.equal("Deployed");
  });
});

describe("a function at the edge", () => {
  const services = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"];

  function at(arnOf: (made: Settled) => unknown, inputs: Properties = {}, trusted = services): Settled {
    const role = world.role("edge", { name: "edge", assumeRolePolicy: trustOf({ Service: trusted }) });
    const made = world.make("aws:lambda/function:Function", "sign", {
      ...{ name: "sign", runtime: "nodejs22.x", handler: "index.handler", s3Bucket: "code", s3Key: "a.zip" },
      ...{ role: role.state.arn, publish: true, region: "us-east-1" },
      ...inputs,
    });
    const lambdaFunctionAssociations = [{ eventType: "viewer-request", lambdaArn: arnOf(made) }];
    return distribution({}, { lambdaFunctionAssociations });
  }
  const version = ({ state }: Settled): unknown => state.qualifiedArn;
  const arn = "arn:aws:lambda:us-east-1:123456789012:function:sign";

  it("is a version of one that the edge may be", () => {
    expect(at(version).state.status).to.equal("Deployed");
  });

  const refused: readonly (readonly [what: string, attempt: () => unknown, message: string])[] = [
    [
      "what is no version",
      () => at(({ state }) => state.arn),
      `The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: ${arn}`,
    ],
    [
      "another region",
      () => at(version, { region: "eu-west-1" }),
      `The function must be in region 'us-east-1'. ARN: ${arn.replace("us-east-1", "eu-west-1")}:1`,
    ],
    [
      "a role that does not trust the edge",
      () => at(version, {}, ["lambda.amazonaws.com"]),
      "The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals. Update the IAM role and try again. Role: arn:aws:iam::123456789012:role/edge",
    ],
    [
      "variables",
      () => at(version, { environment: { variables: { STAGE: "prod" } } }),
      `The function cannot have environment variables. Function: ${arn}:1`,
    ],
  ];
  for (const [what, attempt, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(attempt)).to.equal(`InvalidLambdaFunctionAssociation: ${message}`);
    });
  }
});
