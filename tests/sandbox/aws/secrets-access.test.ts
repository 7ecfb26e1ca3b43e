import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { FunctionWorld } from "./function-world.ts";
import { DatabaseWorld } from "./rds/database-world.ts";
import { refusalOf } from "./world.ts";

const policyToken = "aws:secretsmanager/secretPolicy:SecretPolicy";
const rotationToken = "aws:secretsmanager/secretRotation:SecretRotation";

let world: FunctionWorld;
let secret: Settled;

function readBy(principal: unknown, condition: Properties = {}): string {
  const statement = {
    Effect: "Allow",
    Principal: principal,
    Action: "secretsmanager:GetSecretValue",
    Resource: "*",
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...condition }] });
}

describe("the policy of a secret", () => {
  beforeEach(() => {
    world = new FunctionWorld();
    secret = world.make("aws:secretsmanager/secret:Secret", "password", { name: "password" });
  });

  const allow = (policy: string, inputs: Properties = {}): Settled =>
    world.make(policyToken, "readers", { secretArn: secret.id, policy, blockPublicPolicy: true, ...inputs });

  for (const principal of ["*", { AWS: "*" }]) {
    it(`refuses everybody as ${JSON.stringify(principal)} where that is blocked`, () => {
      expect(refusalOf(() => allow(readBy(principal)))).to.equal(
        "PublicPolicyException: The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.",
      );
    });
  }

  it("takes everybody under a condition, or where that is not blocked", () => {
    const ofUs = { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1234567890" } } };
    expect(allow(readBy("*", ofUs)).id).to.equal(secret.id);
    expect(allow(readBy("*"), { blockPublicPolicy: false }).id).to.equal(secret.id);
  });
});

describe("the rotation of a secret", () => {
  beforeEach(() => {
    world = new FunctionWorld();
    secret = world.make("aws:secretsmanager/secret:Secret", "password", { name: "password" });
  });

  const rotate = (inputs: Properties = {}): Settled =>
    world.make(rotationToken, "rotation", {
      secretId: secret.id,
      rotationRules: { automaticallyAfterDays: 30 },
      ...inputs,
    });

  it("refuses a secret of one's own without a function", () => {
    expect(refusalOf(() => rotate())).to.equal(
      "InvalidRequestException: No Lambda rotation function ARN is associated with this secret.",
    );
  });

  it("needs no function for the secret that RDS made", () => {
    const databases = new DatabaseWorld();
    databases.subnetGroup();
    const secretId = at(databases.database().state, "masterUserSecrets[0].secretArn");
    const made = databases.make(rotationToken, "rotation", {
      secretId,
      rotationRules: { automaticallyAfterDays: 30 },
    });
    expect(made.id).to.equal(secretId);
  });

  it("waits for the function's permission", () => {
    const rotationLambdaArn = world.fn.state.arn;
    expect(refusalOf(() => rotate({ rotationLambdaArn }))).to.equal(
      "AccessDeniedException: Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
    );
    world.letCall("secretsmanager.amazonaws.com");
    expect(rotate({ rotationLambdaArn }).id).to.equal(secret.id);
  });

  it("refuses a function that does not exist", () => {
    const rotationLambdaArn = "arn:aws:lambda:eu-west-1:123456789012:function:lost";
    expect(refusalOf(() => rotate({ rotationLambdaArn }))).to.equal(
      `ResourceNotFoundException: Secrets Manager can't find the specified Lambda function: ${rotationLambdaArn}`,
    );
  });
});
