import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const objects = "arn:aws:s3:::site/*";
const bucket = "arn:aws:s3:::site";
const statement = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::123456789012:root" },
  Action: "s3:GetObject",
  Resource: objects,
} as const;

function put(statements: readonly Properties[]): Settled {
  return write({ Version: "2012-10-17", Statement: statements.map((one) => ({ ...statement, ...one })) });
}

function write(policy: Properties): Settled {
  const world = new World();
  world.make("aws:s3/bucket:Bucket", "site", { bucket: "site" });
  return world.make("aws:s3/bucketPolicy:BucketPolicy", "site", {
    bucket: "site",
    policy: JSON.stringify(policy),
  });
}

describe("the policy of a simulated bucket", () => {
  const refused: readonly (readonly [what: string, given: Properties, message: string])[] = [
    ["an effect in small letters", { Effect: "allow" }, "Invalid effect: allow"],
    [
      "a condition operator that is none",
      { Condition: { StringEqual: { "aws:SourceVpc": "vpc-1" } } },
      "Invalid Condition type : StringEqual",
    ],
    [
      "a condition key that S3 does not have",
      { Condition: { StringEquals: { "s3:VersionStatus": "x" } } },
      "Policy has an invalid condition key",
    ],
    ["to list objects", { Action: "s3:ListBucket" }, "Action does not apply to any resource(s) in statement"],
    ["to get a bucket", { Resource: bucket }, "Action does not apply to any resource(s) in statement"],
    ["another bucket", { Resource: "arn:aws:s3:::other/*" }, "Policy has invalid resource"],
    ["everything", { Resource: "*" }, "Policy has invalid resource"],
    ["an account that is none", { Principal: { AWS: "1234" } }, "Invalid principal in policy"],
  ];
  for (const [what, given, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => put([given]))).to.equal(`MalformedPolicy: ${message}`);
    });
  }

  it("refuses a document without statements", () => {
    expect(refusalOf(() => write({}))).to.equal("MalformedPolicy: Missing required field Statement");
  });

  it("refuses more than 20 KB", () => {
    const many = (count: number): readonly Properties[] =>
      Array.from({ length: count }, (_, index) => ({ Sid: `Read${index}`, Resource: `${objects}${index}` }));
    expect(refusalOf(() => put(many(200)))).to.equal(
      "MalformedPolicy: Normalized policy document exceeds the maximum allowed size of 20480 bytes",
    );
    expect(put(many(100)).id).to.equal("site");
  });

  const taken: readonly (readonly [what: string, given: Properties])[] = [
    [
      "actions on buckets beside those on objects",
      { Action: ["s3:ListBucket", "s3:GetObject"], Resource: [bucket, objects] },
    ],
    ["every action on objects", { Action: "s3:*" }],
    ["a pattern of actions that includes some of the bucket", { Action: "s3:Get*", Resource: bucket }],
    [
      "a pattern that the bucket matches",
      { Action: ["s3:ListBucket", "s3:GetObject"], Resource: "arn:aws:s3:::sit*" },
    ],
    [
      "all but some resources",
      { Effect: "Deny", Action: "s3:DeleteObject", Resource: undefined, NotResource: `${bucket}/drafts/*` },
    ],
    ["all but some principals", { Effect: "Deny", Principal: undefined, NotPrincipal: statement.Principal }],
    [
      "keys of S3 that end with a name of one's own",
      { Condition: { StringEquals: { "s3:ExistingObjectTag/team": "a", "s3:x-amz-acl": "private" } } },
    ],
    ["canonical users", { Principal: { CanonicalUser: "79a59df900b949e55d96a1e698fbaced" } }],
  ];
  for (const [what, given] of taken) {
    it(`takes ${what}`, () => {
      expect(put([given]).id).to.equal("site");
    });
  }
});
