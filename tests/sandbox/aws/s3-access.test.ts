import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const tokens = {
  block: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  ownership: "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
  acl: "aws:s3/bucketAcl:BucketAcl",
  policy: "aws:s3/bucketPolicy:BucketPolicy",
} as const;

function policyOf(statement: Properties): Properties {
  return {
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::site/*",
          ...statement,
        },
      ],
    }),
  };
}

describe("access to a simulated bucket", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
    world.make("aws:s3/bucket:Bucket", "site", { bucket: "site" });
  });

  const set = (kind: keyof typeof tokens, inputs: Properties): Settled =>
    world.make(tokens[kind], "site", { bucket: "site", ...inputs });
  const publicRefusal =
    'AccessDenied: User: arn:aws:iam::123456789012:user/sandbox is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::site" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';

  it("is not public while that is blocked, as it is in every new bucket", () => {
    expect(refusalOf(() => set("policy", policyOf({})))).to.equal(publicRefusal);
    set("block", { blockPublicPolicy: false });
    expect(set("policy", policyOf({})).id).to.equal("site");
  });

  it("is public by any wildcard of principals, and not where a condition narrows it", () => {
    const narrow = { StringEquals: { "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/E1" } };
    const wide = { ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::123456789012:distribution/*" } };
    const negated = { StringNotEquals: { "aws:SourceVpc": "vpc-1" } };
    expect(refusalOf(() => set("policy", policyOf({ Principal: { AWS: "*" } })))).to.equal(publicRefusal);
    expect(refusalOf(() => set("policy", policyOf({ Condition: wide })))).to.equal(publicRefusal);
    expect(refusalOf(() => set("policy", policyOf({ Condition: negated })))).to.equal(publicRefusal);
    expect(set("policy", policyOf({ Condition: narrow })).id).to.equal("site");
    expect(set("policy", policyOf({ Effect: "Deny" })).id).to.equal("site");
    expect(set("policy", policyOf({ Principal: { Service: "cloudfront.amazonaws.com" } })).id).to.equal(
      "site",
    );
  });

  it("is said in a policy about this bucket, in S3's actions, for those who exist", () => {
    const other = { Resource: "arn:aws:s3:::site-2/*" };
    const nobody = { Principal: { AWS: "arn:aws:iam::123456789012:role/nobody" } };
    expect(refusalOf(() => set("policy", policyOf(other)))).to.equal(
      "MalformedPolicy: Policy has invalid resource",
    );
    expect(refusalOf(() => set("policy", policyOf({ Action: "sqs:SendMessage" })))).to.equal(
      "MalformedPolicy: Policy has invalid action",
    );
    expect(refusalOf(() => set("policy", policyOf(nobody)))).to.equal(
      "MalformedPolicy: Invalid principal in policy",
    );
    expect(refusalOf(() => set("policy", policyOf({ Principal: undefined })))).to.equal(
      "MalformedPolicy: Missing required field Principal",
    );
  });

  it("comes by ACLs only where they are turned on, and public only where that is not blocked", () => {
    expect(refusalOf(() => set("acl", { acl: "private" }))).to.equal(
      "AccessControlListNotSupported: The bucket does not allow ACLs",
    );
    set("ownership", { rule: { objectOwnership: "BucketOwnerPreferred" } });
    expect(set("acl", { acl: "private" }).id).to.equal("site,private");
    expect(refusalOf(() => set("acl", { acl: "public-read" }))).to.match(
      /^AccessDenied: .* because public ACLs are prevented by the BlockPublicAcls setting /,
    );
    set("block", { blockPublicAcls: false });
    expect(set("acl", { acl: "public-read" }).id).to.equal("site,public-read");
  });
});
