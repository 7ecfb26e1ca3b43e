import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { authorised, decide, readDeployRole } from "../../../sandbox/aws/iam/authorization.ts";
import { unsupportedIn } from "../../../sandbox/aws/iam/authorization-conditions.ts";
import { callsOf } from "../../../sandbox/aws/iam/authorization-requests.ts";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import type { Order } from "../../../sandbox/operations.ts";
import { refusalOf } from "./world.ts";

/** The creation of a bucket, unless a test makes it another. */
function order(inputs: Properties = {}, token = "aws:s3/bucket:Bucket"): Order {
  return {
    kind: "create",
    session: { account: new Account(), settings: { region: "eu-west-1" }, preview: false, seed: "" },
    subject: { urn: `urn:pulumi:dev::shop::${token}::main`, token, name: "main" },
    inputs: { bucket: "site", ...inputs },
  };
}

const role = "arn:aws:iam::123456789012:role/monitoring";
const made: Settled = { id: "site", state: {}, seconds: 1 };

/** What a document says to the creation of a bucket, with other elements of its one statement. */
function verdictOf(statement: Properties, inputs: Properties = {}): string {
  const [call] = callsOf(order(inputs)) ?? [];
  if (call === undefined) throw new Error("no call");
  return decide({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*", ...statement }] }, call).verdict;
}

/** The same, for a condition. */
function verdictIf(condition: Properties, inputs: Properties = {}): string {
  return verdictOf({ Condition: condition }, inputs);
}

describe("the document of the role that deploys", () => {
  it("allows an action by its name, by a pattern, and whatever its case", () => {
    for (const Action of [
      "s3:CreateBucket",
      "s3:Create*",
      "S3:createbucket",
      "s3:CreateBucke?",
      ["ec2:*", "s3:*"],
    ])
      expect(verdictOf({ Action }), String(Action)).to.equal("allowed");
    for (const Action of ["s3:DeleteBucket", "ec2:*", "s3:Get*"])
      expect(verdictOf({ Action }), Action).to.equal("not allowed");
  });

  it("allows everything but NotAction", () => {
    expect(verdictOf({ Action: undefined, NotAction: "iam:*" })).to.equal("allowed");
    expect(verdictOf({ Action: undefined, NotAction: "s3:*" })).to.equal("not allowed");
  });

  it("allows what Resource names, or NotResource does not", () => {
    expect(verdictOf({ Resource: "arn:aws:s3:::site" })).to.equal("allowed");
    expect(verdictOf({ Resource: ["arn:aws:s3:::other", "arn:aws:s3:::s*"] })).to.equal("allowed");
    expect(verdictOf({ Resource: "arn:aws:s3:::other" })).to.equal("not allowed");
    expect(verdictOf({ Resource: undefined, NotResource: "arn:aws:s3:::site" })).to.equal("not allowed");
  });

  it("denies whatever else allows it", () => {
    const [call] = callsOf(order()) ?? [];
    if (call === undefined) throw new Error("no call");
    const Statement = [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: "s3:*", Resource: "*" },
    ];
    expect(decide({ Statement }, call)).to.deep.equal({ verdict: "denied", resource: "arn:aws:s3:::site" });
  });

  it("is asked about the region, the tags and the account", () => {
    expect(verdictIf({ StringEquals: { "aws:RequestedRegion": ["eu-west-1"] } })).to.equal("allowed");
    expect(verdictIf({ StringEquals: { "aws:RequestedRegion": "us-east-1" } })).to.equal("not allowed");
    const tagged = { tagsAll: { Owner: "us" } };
    expect(verdictIf({ StringLike: { "aws:RequestTag/Owner": "u*" } }, tagged)).to.equal("allowed");
    expect(verdictIf({ StringLike: { "aws:RequestTag/Owner": "u*" } })).to.equal("not allowed");
    expect(verdictIf({ StringEqualsIfExists: { "aws:RequestTag/Owner": "us" } })).to.equal("allowed");
    expect(verdictIf({ StringNotEquals: { "aws:RequestTag/Owner": "us" } }, tagged)).to.equal("not allowed");
    expect(verdictIf({ "ForAllValues:StringEquals": { "aws:TagKeys": ["Owner"] } }, tagged)).to.equal(
      "allowed",
    );
    expect(verdictIf({ "ForAnyValue:StringEquals": { "aws:TagKeys": ["Team"] } }, tagged)).to.equal(
      "not allowed",
    );
    expect(verdictIf({ Null: { "aws:RequestTag/Owner": "true" } })).to.equal("allowed");
    expect(verdictIf({ Null: { "aws:RequestTag/Owner": "true" } }, tagged)).to.equal("not allowed");
    expect(verdictIf({ "ForAnyValue:StringNotEquals": { "aws:TagKeys": ["Team"] } })).to.equal("not allowed");
    expect(verdictIf({ "ForAllValues:StringEquals": { "aws:TagKeys": ["Team"] } })).to.equal("allowed");
    expect(verdictIf({ Bool: { "aws:SecureTransport": false } })).to.equal("not allowed");
    expect(verdictIf({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/dep*" } })).to.equal("allowed");
  });

  it("is asked about us-east-1 for what is in no region", () => {
    const [call] = callsOf(order({ name: "worker" }, "aws:iam/role:Role")) ?? [];
    expect(call?.context.get("aws:requestedregion")).to.deep.equal(["us-east-1"]);
  });

  it("is asked about the path that API Gateway keeps a thing at", () => {
    const asked = (token: string, inputs: Properties, more: Partial<Order> = {}): readonly unknown[] =>
      (callsOf({ ...order(inputs, token), ...more }) ?? []).map(({ action, resources }) => [
        action,
        ...resources,
      ]);
    const at = "arn:aws:apigateway:eu-west-1::";
    const api = { restApi: "a1", resourceId: "r1", httpMethod: "GET" };
    expect(asked("aws:apigateway/restApi:RestApi", {})).to.deep.equal([
      ["apigateway:POST", `${at}/restapis`],
    ]);
    expect(asked("aws:apigateway/method:Method", api)).to.deep.equal([
      ["apigateway:PUT", `${at}/restapis/a1/resources/r1/methods/GET`],
    ]);
    expect(asked("aws:apigateway/account:Account", {})).to.deep.equal([
      ["apigateway:PATCH", `${at}/account`],
    ]);
    const changed = { kind: "update", id: "i1" } as const;
    expect(asked("aws:apigatewayv2/integration:Integration", { apiId: "a1" }, changed)).to.deep.equal([
      ["apigateway:PATCH", `${at}/apis/a1/integrations/i1`],
    ]);
    expect(asked("aws:apigatewayv2/api:Api", {}, { kind: "delete", id: "a1" })).to.deep.equal([
      ["apigateway:DELETE", `${at}/apis/a1`],
    ]);
  });

  it("is not evaluated with a condition that nobody here can answer", () => {
    const Condition = {
      IpAddress: { "aws:SourceIp": "10.0.0.0/8" },
      StringEquals: { "aws:RequestedRegion": "eu-west-1", "aws:SourceVpc": "vpc-0123" },
    };
    expect(unsupportedIn({ Statement: [{ Effect: "Allow", Condition }] })).to.deep.equal([
      "condition operator IpAddress",
      "condition key aws:SourceVpc",
    ]);
  });

  it("is asked about every call of an operation: tags, and roles that are passed on", () => {
    const database = order(
      { monitoringRoleArn: role, tagsAll: { Owner: "us" } },
      "aws:rds/instance:Instance",
    );
    expect(callsOf(database)?.map(({ action }) => action)).to.deep.equal([
      "rds:CreateDBInstance",
      "rds:AddTagsToResource",
      "iam:PassRole",
    ]);
    expect(callsOf(database)?.at(-1)?.resources).to.deep.equal([role]);
  });

  it("keeps an operation from the account, in the words of the service", () => {
    const document = { Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] };
    const carry = authorised(() => made, document);
    expect(carry(order(), () => made)).to.equal(made);
    expect(refusalOf(() => carry(order({ bucket: undefined }, "aws:ec2/vpc:Vpc"), () => made))).to.equal(
      "UnauthorizedOperation: You are not authorized to perform this operation. User: arn:aws:sts::123456789012:assumed-role/deploy/pulumi is not authorized to perform: ec2:CreateVpc on resource: arn:aws:ec2:eu-west-1:123456789012:vpc/* because no identity-based policy allows the ec2:CreateVpc action",
    );
  });

  it("says of a denial that it is explicit", () => {
    const document = {
      Statement: [
        { Effect: "Allow", Action: "*", Resource: "*" },
        { Effect: "Deny", Action: "s3:CreateBucket", Resource: "*" },
      ],
    };
    expect(refusalOf(() => authorised(() => made, document)(order(), () => made))).to.equal(
      "AccessDenied: User: arn:aws:sts::123456789012:assumed-role/deploy/pulumi is not authorized to perform: s3:CreateBucket on resource: arn:aws:s3:::site with an explicit deny in an identity-based policy",
    );
  });

  it("does not let through a type whose actions are not known", () => {
    const document = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
    const unknown = order({}, "aws:ec2/unheardOf:UnheardOf");
    expect(refusalOf(() => authorised(() => made, document)(unknown, () => made))).to.equal(
      'UnknownActions: the sandbox does not know which IAM actions it takes to create aws:ec2/unheardOf:UnheardOf, which "main" is: leave out --deploy-role',
    );
  });

  describe("in a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "role-"));
    const file = join(folder, "policy.json");
    const reading = (statement: Properties): (() => unknown) => {
      const Statement = { Effect: "Allow", Action: "s3:*", Resource: "*", ...statement };
      writeFileSync(file, JSON.stringify({ Version: "2012-10-17", Statement }));
      return () => readDeployRole(file);
    };
    after(() => {
      rmSync(folder, { recursive: true });
    });

    it("is refused as IAM would refuse it", () => {
      expect(reading({ Principal: "*" })).to.throw(
        `--deploy-role ${file}: MalformedPolicyDocument: Policy document should not specify a principal.`,
      );
      expect(reading({ Action: "GetObject" })).to.throw(
        "MalformedPolicyDocument: Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
      );
    });

    it("is refused with everything in it that the sandbox does not evaluate", () => {
      const Condition = { DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } };
      expect(reading({ Condition, Resource: "arn:aws:s3:::${aws:PrincipalTag/team}" })).to.throw(
        `--deploy-role ${file}: the sandbox does not evaluate condition operator DateLessThan, policy variable \${aws:PrincipalTag/team}`,
      );
    });
  });
});
