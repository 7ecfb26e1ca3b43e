import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const keyToken = "aws:kms/key:Key";
const groupToken = "aws:cloudwatch/logGroup:LogGroup";
const root = "arn:aws:iam::123456789012:root";

function keyPolicy(principal: unknown, action = "kms:*"): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: action, Resource: "*" }],
  });
}

describe("a simulated key", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const key = (inputs: Properties = {}): Settled => world.make(keyToken, "data", inputs);

  it("has AWS's ids and a policy for its account's own", () => {
    const { id, state } = key({ enableKeyRotation: true });
    expect(id).to.match(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(state.arn).to.equal(`arn:aws:kms:eu-west-1:123456789012:key/${id}`);
    expect(state.policy).to.contain(root);
    expect(state.rotationPeriodInDays).to.equal(365);
  });

  it("refuses a policy that nobody of the account can change again", () => {
    const message =
      "MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future.";
    expect(refusalOf(() => key({ policy: keyPolicy({ AWS: root }, "kms:Decrypt") }))).to.equal(message);
    expect(refusalOf(() => key({ policy: keyPolicy({ Service: "logs.amazonaws.com" }) }))).to.equal(message);
    expect(key({ policy: keyPolicy({ AWS: root }) }).id).to.be.a("string");
  });

  it("refuses a policy for a role that does not exist", () => {
    expect(
      refusalOf(() => key({ policy: keyPolicy({ AWS: "arn:aws:iam::123456789012:role/nobody" }) })),
    ).to.equal(
      "MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals.",
    );
  });

  it("goes while something uses it, since KMS only schedules that", () => {
    const made = key();
    world.make(groupToken, "logs", { kmsKeyId: made.state.arn });
    expect(world.remove(keyToken, "data", made)).to.equal(1);
  });

  it("refuses an alias that is taken, or AWS's", () => {
    const targetKeyId = key().id;
    const alias = (name: string, given: string): Settled =>
      world.make("aws:kms/alias:Alias", name, { name: given, targetKeyId });
    expect(alias("first", "alias/data").state.targetKeyArn).to.equal(
      `arn:aws:kms:eu-west-1:123456789012:key/${targetKeyId}`,
    );
    expect(refusalOf(() => alias("second", "alias/data"))).to.equal(
      "AlreadyExistsException: An alias with the name arn:aws:kms:eu-west-1:123456789012:alias/data already exists",
    );
    expect(refusalOf(() => alias("third", "alias/aws/s3"))).to.match(/^NotAuthorizedException: /);
  });

  it("refuses an alias for a key that does not exist", () => {
    const attempt = (): unknown =>
      world.make("aws:kms/alias:Alias", "lost", { name: "alias/lost", targetKeyId: "none" });
    expect(refusalOf(attempt)).to.equal("NotFoundException: Key 'none' does not exist");
  });
});

describe("a simulated log group", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  it("refuses a name that is taken", () => {
    world.make(groupToken, "first", { name: "/app" });
    expect(refusalOf(() => world.make(groupToken, "second", { name: "/app" }))).to.equal(
      "ResourceAlreadyExistsException: The specified log group already exists",
    );
  });

  it("refuses a key that does not exist", () => {
    const kmsKeyId = "arn:aws:kms:eu-west-1:123456789012:key/none";
    expect(refusalOf(() => world.make(groupToken, "logs", { kmsKeyId }))).to.equal(
      `InvalidParameterException: The specified KMS key does not exist or is not allowed to be used: ${kmsKeyId}`,
    );
  });

  it("stays while it is protected", () => {
    const made = world.make(groupToken, "logs", { deletionProtectionEnabled: true });
    expect(refusalOf(() => world.remove(groupToken, "logs", made))).to.equal(
      "ValidationException: The specified log group has deletion protection enabled",
    );
  });

  it("refuses an eleventh resource policy in a region", () => {
    const policyDocument = JSON.stringify({
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "route53.amazonaws.com" },
          Action: "logs:PutLogEvents",
          Resource: "*",
        },
      ],
    });
    const make = (policyName: string): Settled =>
      world.make("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", policyName, {
        policyName,
        policyDocument,
      });
    for (let index = 0; index < 10; index++) make(`policy-${index}`);
    expect(refusalOf(() => make("one-more"))).to.equal("LimitExceededException: Resource limit exceeded.");
  });
});
