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
    world.make("aws:ssm/parameter:Parameter", "token", {
      type: "SecureString",
      value: "x",
      keyId: made.state.arn,
    });
    expect(world.remove(keyToken, "data", made)).to.equal(1);
  });

  it("refuses an alias that is taken", () => {
    const targetKeyId = key().id;
    const alias = (name: string, given: string): Settled =>
      world.make("aws:kms/alias:Alias", name, { name: given, targetKeyId });
    expect(alias("first", "alias/data").state.targetKeyArn).to.equal(
      `arn:aws:kms:eu-west-1:123456789012:key/${targetKeyId}`,
    );
    expect(refusalOf(() => alias("second", "alias/data"))).to.equal(
      "AlreadyExistsException: An alias with the name arn:aws:kms:eu-west-1:123456789012:alias/data already exists",
    );
  });

  const uses: readonly (readonly [what: string, inputs: Properties, message: string])[] = [
    [
      "a use that its kind does not have",
      { keyUsage: "KEY_AGREEMENT", customerMasterKeySpec: "RSA_2048" },
      "ValidationException: KeyUsage KEY_AGREEMENT is not compatible with KeySpec RSA_2048",
    ],
    [
      "to encrypt with what only proves",
      { customerMasterKeySpec: "HMAC_256" },
      "ValidationException: KeyUsage ENCRYPT_DECRYPT is not compatible with KeySpec HMAC_256",
    ],
    [
      "to rotate what has two halves",
      { keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "RSA_2048", enableKeyRotation: true },
      "UnsupportedOperationException: The request was rejected because a specified parameter is not supported or a specified resource is not valid for this operation.",
    ],
    [
      "a tag of AWS's own",
      { tags: { "aws:owner": "me" } },
      "TagException: Tags beginning with aws: are reserved",
    ],
  ];
  for (const [what, inputs, message] of uses) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => key(inputs))).to.equal(message);
    });
  }

  it("is copied into another region if it is made for several", () => {
    const copy = (primaryKeyArn: unknown): Settled =>
      world.make("aws:kms/replicaKey:ReplicaKey", "copy", { primaryKeyArn });
    const single = key();
    expect(refusalOf(() => copy(single.state.arn))).to.equal(
      `UnsupportedOperationException: ${String(single.state.arn)} is not a multi-region primary key.`,
    );
    const several = world.make(keyToken, "several", { multiRegion: true, region: "us-east-1" });
    const arn = copy(several.state.arn).state.arn;
    const parameter = world.make("aws:ssm/parameter:Parameter", "token", {
      type: "SecureString",
      value: "x",
      keyId: arn,
    });
    expect(parameter.state.keyId).to.equal(arn);
  });

  it("refuses an alias for a key that does not exist", () => {
    const attempt = (): unknown =>
      world.make("aws:kms/alias:Alias", "lost", { name: "alias/lost", targetKeyId: "none" });
    expect(refusalOf(attempt)).to.equal("NotFoundException: Key 'none' does not exist");
  });
});

const notAllowed =
  "AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:eu-west-1:123456789012:log-group:/app'";

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
    expect(refusalOf(() => world.make(groupToken, "logs", { name: "/app", kmsKeyId }))).to.equal(notAllowed);
  });

  it("is encrypted with a key that names CloudWatch Logs", () => {
    const key = world.make(keyToken, "data");
    const group = (): Settled => world.make(groupToken, "logs", { name: "/app", kmsKeyId: key.state.arn });
    expect(refusalOf(group)).to.equal(notAllowed);
    world.make("aws:kms/keyPolicy:KeyPolicy", "data", {
      keyId: key.id,
      policy: keyPolicy({ AWS: root, Service: "logs.eu-west-1.amazonaws.com" }),
    });
    expect(group().id).to.equal("/app");
    const elsewhere = "arn:aws:kms:eu-west-1:999999999999:key/theirs";
    expect(world.make(groupToken, "shared", { kmsKeyId: elsewhere }).state.kmsKeyId).to.equal(elsewhere);
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
