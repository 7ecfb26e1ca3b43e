import { expect } from "chai";
import { exceptionalActions } from "../../../sandbox/aws/iam/actions-exceptions.ts";
import { actionsOf, prefixOf } from "../../../sandbox/aws/iam/actions-of-types.ts";
import { actionOf, listedOn, unknownActions } from "../../../sandbox/aws/iam/actions.ts";
import { behaviours } from "../../../sandbox/aws/index.ts";
import { refuseDocument } from "../../../sandbox/aws/iam/policy-documents.ts";
import { allow, refusalOf, trustOf } from "./world.ts";

const statement = (Action: unknown): { readonly Statement: unknown } => ({
  Statement: [{ Effect: "Allow", Action, Resource: "*" }],
});

describe("the actions of IAM", () => {
  it("are those that AWS listed on a day", () => {
    expect(listedOn()).to.match(/^20\d\d-\d\d-\d\d$/);
    expect(actionOf("S3", "createbucket")?.name).to.equal("CreateBucket");
    expect(actionOf("s3", "CreateBuckets")).to.equal(undefined);
    expect(actionOf("s4", "CreateBucket")).to.equal(undefined);
  });

  it("that a document names and AWS does not have are found, and patterns that stand for none", () => {
    const named = ["*", "s3:GetObject", "S3:getobject", "s3:Get*", "s3:GetObjects", "ec2:Fly*", "nosuch:Get"];
    expect(unknownActions(statement(named))).to.deep.equal(["s3:GetObjects", "ec2:Fly*", "nosuch:Get"]);
    expect(unknownActions({ Statement: { Effect: "Deny", NotAction: "s3:Nothing" } })).to.deep.equal([
      "s3:Nothing",
    ]);
  });

  it("are refused in a role's or a user's document as IAM's own validation finds them", () => {
    expect(refusalOf(() => refuseDocument(allow("s3:GetObjects"), "identity"))).to.equal(
      `INVALID_ACTION: The action s3:GetObjects does not exist. (AWS's list of ${listedOn()})`,
    );
  });

  it("are also those that AWS's own documents name, though its list leaves them out", () => {
    expect(unknownActions(statement(["SNS:Receive", "logs:PutLogEventsBatch"]))).to.deep.equal([]);
  });

  it("are refused in the document of a resource, in the words of its service", () => {
    const document = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:Decode", Resource: "*" }],
    });
    const code = "MalformedPolicyDocumentException";
    expect(refusalOf(() => refuseDocument(document, "resource", { code }))).to.equal(
      `${code}: Policy has invalid action: kms:Decode (AWS's list of ${listedOn()})`,
    );
  });

  it("are refused in a trust policy", () => {
    const document = trustOf({ Service: "ec2.amazonaws.com" }).replace("sts:AssumeRole", "sts:Become");
    expect(refusalOf(() => refuseDocument(document, "trust"))).to.equal(
      "MalformedPolicyDocument: AssumeRole policy may only specify STS AssumeRole actions.",
    );
  });
});

describe("the actions that an operation takes", () => {
  it("exist, wherever an entry of ours names one", () => {
    const missing = exceptionalActions.filter((action) => {
      const [prefix = "", name = ""] = action.split(":");
      return actionOf(prefix, name)?.name !== name;
    });
    expect(missing).to.deep.equal([]);
  });

  it("follow from the type's name where they can", () => {
    expect(actionsOf("aws:s3/bucket:Bucket", "create")).to.deep.equal(["s3:CreateBucket"]);
    expect(actionsOf("aws:rds/instance:Instance", "update")).to.deep.equal(["rds:ModifyDBInstance"]);
    expect(actionsOf("aws:cloudwatch/logGroup:LogGroup", "delete")).to.deep.equal(["logs:DeleteLogGroup"]);
    expect(actionsOf("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "create")).to.deep.equal([
      "iam:AttachRolePolicy",
    ]);
    expect(actionsOf("aws:ec2/routeTableAssociation:RouteTableAssociation", "delete")).to.deep.equal([
      "ec2:DisassociateRouteTable",
    ]);
  });

  it("are known for every type with an entry, but for those of API Gateway", () => {
    const unknown = [...behaviours.keys()].filter((token) =>
      (["create", "delete"] as const).some((kind) => actionsOf(token, kind) === undefined),
    );
    // Its actions are HTTP's verbs: `authorization-api-gateway.ts`.
    expect(unknown.filter((token) => !/^aws:apigateway(?:v2)?\//.test(token))).to.deep.equal([]);
  });

  it("are not guessed for a type whose name leads nowhere", () => {
    expect(actionsOf("aws:ec2/unheardOf:UnheardOf", "create")).to.equal(undefined);
  });

  it("change the tags of what has no call to change it", () => {
    expect(actionsOf("aws:ec2/natGateway:NatGateway", "update")).to.deep.equal(["ec2:CreateTags"]);
  });

  it("have the prefix of the service that they belong to", () => {
    expect(prefixOf("aws:cloudwatch/eventRule:EventRule")).to.equal("events");
    expect(prefixOf("aws:cloudwatch/metricAlarm:MetricAlarm")).to.equal("cloudwatch");
    expect(prefixOf("aws:lb/listener:Listener")).to.equal("elasticloadbalancing");
  });
});
