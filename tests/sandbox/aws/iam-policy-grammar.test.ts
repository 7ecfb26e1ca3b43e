import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { refusalOf, World, trustOf } from "./world.ts";

/** A managed policy of one statement, which is changed by `statement`; the document by `document`. */
function attempt(statement: Properties, document: Properties = {}): unknown {
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement }],
    ...document,
  });
  return new World().make("aws:iam/policy:Policy", "reader", { policy });
}

const readTwice = { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "*" } as const;

describe("the grammar of a policy", () => {
  const refused: readonly (readonly [
    what: string,
    statement: Properties,
    message: string,
    of?: Properties,
  ])[] = [
    ["an element that is none", { Ressource: "*" }, "Syntax errors in policy."],
    ["an action and all but one", { NotAction: "s3:*" }, "Syntax errors in policy."],
    [
      "a condition operator that is none",
      { Condition: { StringEqual: { "aws:username": "x" } } },
      "Syntax errors in policy.",
    ],
    ["a list without actions", { Action: [] }, "Policy statement must contain actions."],
    ["a list without resources", { Resource: [] }, "Policy statement must contain resources."],
    [
      "the version of long ago",
      {},
      "Policy document must be version 2012-10-17 or greater.",
      { Version: "2008-10-17" },
    ],
    ["no version", {}, "Policy document must be version 2012-10-17 or greater.", { Version: undefined }],
    [
      "one id for two statements",
      {},
      "Statement IDs (SID) in a single policy must be unique.",
      { Statement: [readTwice, readTwice] },
    ],
    [
      "an action without its service",
      { Action: "GetObject" },
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    ["an action of two colons", { Action: "s3:Get:Object" }, "Actions/Condition can contain only one colon."],
    ["an action of no service", { Action: "a b:Get" }, "Vendor a b is not valid"],
    ["a resource that is a word", { Resource: "site" }, 'Resource site must be in ARN format or "*".'],
    [
      "an ARN without its partition",
      { Resource: "arn:s3:::site" },
      'Partition "s3" is not valid for resource "arn:s3:::site:*".',
    ],
    [
      "an ARN that ends too early",
      { Resource: "arn:aws" },
      "Resource vendor must be fully qualified and cannot contain regexes.",
    ],
    [
      "a bucket of a region",
      { Resource: "arn:aws:s3:eu-west-1::site" },
      "Resource arn:aws:s3:eu-west-1::site can not contain region information.",
    ],
    [
      "a role of a region",
      { Resource: "arn:aws:iam:eu-west-1::role/worker" },
      "IAM resource arn:aws:iam:eu-west-1::role/worker cannot contain region information.",
    ],
    [
      "a thing of IAM without its kind",
      { Resource: "arn:aws:iam::123456789012:worker" },
      'IAM resource path must either be "*" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.',
    ],
  ];
  for (const [what, statement, message, document] of refused) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => attempt(statement, document))).to.equal(`MalformedPolicyDocument: ${message}`);
    });
  }

  const taken: readonly (readonly [what: string, statement: Properties, of?: Properties])[] = [
    ["all but some actions", { Effect: "Deny", Action: undefined, NotAction: ["iam:*", "sts:*"] }],
    ["all but some resources", { Resource: undefined, NotResource: "arn:aws:s3:::site/*" }],
    [
      "operators on sets and on what may be missing",
      {
        Condition: {
          "ForAnyValue:StringLikeIfExists": { "aws:PrincipalOrgPaths": ["o-a/*"] },
          "ForAllValues:StringEquals": { "aws:TagKeys": ["team"] },
          ArnNotLikeIfExists: { "aws:SourceArn": "arn:aws:s3:::site" },
          Bool: { "aws:ViaAWSService": true },
          DateGreaterThanEquals: { "aws:CurrentTime": "2026-01-01T00:00:00Z" },
          NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" },
          Null: { "aws:TokenIssueTime": "true" },
          NumericLessThan: { "s3:max-keys": 10 },
        },
      },
    ],
    ["variables with colons", { Resource: "arn:aws:iam::${aws:PrincipalAccount}:user/${aws:username}" }],
    [
      "patterns of ARNs",
      { Resource: ["arn:*:s3:::site/*", "arn:aws-us-gov:s3:::site", "arn:aws:iam::*:role/*"] },
    ],
    [
      "access points, which are of a region",
      { Resource: "arn:aws:s3:eu-west-1:123456789012:accesspoint/mine/object/*" },
    ],
    ["what IAM has since", { Resource: "arn:aws:iam::123456789012:delegation-request/x" }],
    ["statements without ids", {}, { Statement: [1, 2].map(() => ({ ...readTwice, Sid: "" })) }],
  ];
  for (const [what, statement, document] of taken) {
    it(`takes ${what}`, () => {
      expect(attempt(statement, document)).to.have.property("id");
    });
  }

  const principals: readonly unknown[] = [
    "*",
    { AWS: ["123456789012", "arn:aws:sts::111122223333:assumed-role/a/b", "AIDACKCEVSQ6C2EXAMPLE"] },
    { Service: ["ec2.amazonaws.com.cn", "alexa-appkit.amazon.com", "states.eu-west-1.amazonaws.com"] },
  ];
  for (const principal of principals) {
    it(`takes the principals ${JSON.stringify(principal)}`, () => {
      const role = new World().role("worker", { name: "worker", assumeRolePolicy: trustOf(principal) });
      expect(role.id).to.equal("worker");
    });
  }

  it("is that of long ago for what is written into a role", () => {
    const world = new World();
    world.role("worker", { name: "worker" });
    const policy = JSON.stringify({ Version: "2008-10-17", Statement: readTwice });
    expect(
      world.make("aws:iam/rolePolicy:RolePolicy", "old", { role: "worker", policy }).state.role,
    ).to.equal("worker");
  });
});
