import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { mistakesIn } from "../../../sandbox/aws/stepfunctions.ts";
import { World, allow, refusalOf, trustOf } from "./world.ts";

const states = "aws:sfn/stateMachine:StateMachine";
const definition = JSON.stringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } });

function trusted(world: World, service: string): Settled {
  return world.role(service, { assumeRolePolicy: trustOf({ Service: `${service}.amazonaws.com` }) });
}

function machine(world: World, inputs: Properties = {}): Settled {
  const roleArn = trusted(world, "states").state.arn;
  return world.make(states, "orders", { name: "orders", roleArn, definition, ...inputs });
}

describe("a state machine", () => {
  it("is named as Step Functions names it", () => {
    expect(machine(new World()).id).to.equal("arn:aws:states:eu-west-1:123456789012:stateMachine:orders");
  });

  it("refuses a role that Step Functions may not assume", () => {
    const world = new World();
    expect(refusalOf(() => machine(world, { roleArn: world.role("other").state.arn }))).to.match(
      /^AccessDeniedException: Neither the global service principal states\.amazonaws\.com/,
    );
  });

  it("takes a role that trusts the service of the region", () => {
    const world = new World();
    const assumeRolePolicy = trustOf({ Service: "states.eu-west-1.amazonaws.com" });
    const roleArn = world.role("regional", { assumeRolePolicy }).state.arn;
    expect(machine(world, { roleArn }).state.status).to.equal("ACTIVE");
  });

  it("refuses a log that its role may not set up", () => {
    const world = new World();
    const arn = world.make("aws:cloudwatch/logGroup:LogGroup", "steps", { name: "steps" }).state.arn;
    const role = world.role("logged", { assumeRolePolicy: trustOf({ Service: "states.amazonaws.com" }) });
    const logged = {
      roleArn: role.state.arn,
      loggingConfiguration: { level: "ALL", logDestination: `${String(arn)}:*` },
    };
    expect(refusalOf(() => machine(world, logged))).to.equal(
      "AccessDeniedException: The state machine IAM Role is not authorized to access the Log Destination",
    );
    world.make("aws:iam/rolePolicy:RolePolicy", "log", {
      role: role.id,
      policy: allow("logs:CreateLogDelivery"),
    });
    const made = world.make(states, "orders", { name: "orders", definition, ...logged });
    expect(made.state.status).to.equal("ACTIVE");
  });

  it("refuses a definition, with every mistake in it", () => {
    const wrong = JSON.stringify({ StartAt: "Gone", States: { Wait: { Type: "Wait" } } });
    expect(refusalOf(() => machine(new World(), { definition: wrong }))).to.equal(
      "InvalidDefinition: Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: Gone at /StartAt, SCHEMA_VALIDATION_FAILED: These fields are required, but one of them was missing: [Next, End] at /States/Wait'",
    );
  });

  for (const [what, given, mistake] of [
    ["no JSON", "{", "INVALID_JSON_DESCRIPTION: The definition is not valid JSON"],
    ["no states", "{}", "SCHEMA_VALIDATION_FAILED: Field 'States' is required but was missing at /"],
    [
      "an unknown kind of state",
      '{"StartAt":"A","States":{"A":{"Type":"Loop","End":true}}}',
      "SCHEMA_VALIDATION_FAILED: The state type 'Loop' is unknown at /States/A/Type",
    ],
    [
      "a task of nothing",
      '{"StartAt":"A","States":{"A":{"Type":"Task","End":true}}}',
      "SCHEMA_VALIDATION_FAILED: Field 'Resource' is required but was missing at /States/A",
    ],
    [
      "a way to nowhere",
      '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}',
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
    ],
    [
      "a choice of nothing",
      '{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Next":"A"},{"Next":"B"}]}}}',
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Choices[1]/Next",
    ],
    [
      "a mistake in what is done with each item",
      '{"StartAt":"A","States":{"A":{"Type":"Map","End":true,"ItemProcessor":{"StartAt":"C","States":{"B":{"Type":"Succeed"}}}}}}',
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: C at /States/A/ItemProcessor/StartAt",
    ],
  ] as const) {
    it(`points at ${what}`, () => {
      expect(mistakesIn(given)).to.deep.equal([mistake]);
    });
  }
});

describe("a stream of records", () => {
  const token = "aws:kinesis/stream:Stream";

  for (const [what, inputs, message] of [
    ["to have no shards", {}, "ValidationException: ShardCount must be specified in PROVISIONED mode."],
    [
      "shards on demand",
      { shardCount: 1, streamModeDetails: { streamMode: "ON_DEMAND" } },
      "ValidationException: ShardCount must not be specified in ON_DEMAND mode.",
    ],
    [
      "encryption without a key",
      { shardCount: 1, encryptionType: "KMS" },
      "InvalidArgumentException: KMS Key Id required when setting encryption_type is not set as NONE",
    ],
  ] as const) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => new World().make(token, "clicks", { name: "clicks", ...inputs }))).to.equal(
        message,
      );
    });
  }

  it("refuses to more than double its shards at once", () => {
    const world = new World();
    const made = world.make(token, "clicks", { name: "clicks", shardCount: 2 });
    expect(refusalOf(() => world.change(token, "clicks", made, { name: "clicks", shardCount: 5 }))).to.match(
      /^LimitExceededException: UpdateShardCount cannot scale up over double your current open shard count\. Current open shard count: 2 Target shard count: 5$/,
    );
    expect(world.change(token, "clicks", made, { name: "clicks", shardCount: 4 }).state.shardCount).to.equal(
      4,
    );
  });

  it("is delivered by a role that Firehose may assume, into a bucket that exists", () => {
    const world = new World();
    const bucket = world.make("aws:s3/bucket:Bucket", "lake", { bucket: "lake" });
    const deliver = (role: Settled, bucketArn: unknown, inputs: Properties = {}): Settled =>
      world.make("aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", "lake", {
        name: "lake",
        destination: "extended_s3",
        extendedS3Configuration: { roleArn: role.state.arn, bucketArn, ...inputs },
      });
    const other = world.role("other");
    expect(refusalOf(() => deliver(other, bucket.state.arn))).to.equal(
      `InvalidArgumentException: Firehose is unable to assume role ${String(other.state.arn)}. Please check the role provided.`,
    );
    const firehose = trusted(world, "firehose");
    expect(refusalOf(() => deliver(firehose, "arn:aws:s3:::gone"))).to.equal(
      "InvalidArgumentException: The specified bucket does not exist: arn:aws:s3:::gone",
    );
    const prefix = "!{timestamp:yyyy}/";
    expect(refusalOf(() => deliver(firehose, bucket.state.arn, { prefix }))).to.equal(
      "InvalidArgumentException: Ths supplied prefix(es) do not satisfy the following constraint: ErrorOutputPrefix cannot be null or empty when Prefix contains expressions",
    );
    expect(deliver(firehose, bucket.state.arn).state.versionId).to.equal("1");
  });
});

describe("a schedule", () => {
  it("refuses what is no timetable, and a role that may not be assumed", () => {
    const world = new World();
    const make = (scheduleExpression: string, role: Settled): Settled =>
      world.make("aws:scheduler/schedule:Schedule", "nightly", {
        name: "nightly",
        flexibleTimeWindow: { mode: "OFF" },
        scheduleExpression,
        target: { arn: "arn:aws:sqs:eu-west-1:123456789012:jobs", roleArn: role.state.arn },
      });
    const clock = trusted(world, "scheduler");
    expect(refusalOf(() => make("every day", clock))).to.equal(
      "ValidationException: Invalid Schedule Expression every day.",
    );
    expect(refusalOf(() => make("rate(1 day)", world.role("other")))).to.equal(
      "ValidationException: The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
    );
    expect(make("cron(0 3 * * ? *)", clock).id).to.equal("default/nightly");
  });
});

describe("a parameter", () => {
  const token = "aws:ssm/parameter:Parameter";
  const refusals: readonly (readonly [string, Properties, string])[] = [
    [
      "a name that begins like AWS's own",
      { name: "/aws/x" },
      'ValidationException: Parameter name: can\'t be prefixed with "aws" (case-insensitive).',
    ],
    [
      "a path without its first slash",
      { name: "app/x" },
      "ValidationException: Parameter name must be a fully qualified name.",
    ],
    [
      "a value that is too long for its tier",
      { value: "x".repeat(4097) },
      "ValidationException: Standard tier parameters support a maximum parameter value of 4096 characters.",
    ],
    [
      "a value that its pattern does not allow",
      { allowedPattern: "^\\d+$" },
      "ParameterPatternMismatchException: Parameter value, failed to satisfy constraint: Parameter value must match ^\\d+$.",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(`refuses ${what}`, () => {
      const settings = { name: "/app/x", type: "String", value: "on" };
      expect(refusalOf(() => new World().make(token, "x", { ...settings, ...inputs }))).to.equal(message);
    });
  }

  it("leaves a pattern in Java's own words to AWS", () => {
    const inputs = { name: "/a", type: "String", value: "x", allowedPattern: "(?i)[A-Z]++" };
    expect(new World().make(token, "a", inputs).id).to.equal("/a");
  });

  it("counts its versions", () => {
    const world = new World();
    const made = world.make(token, "x", { name: "/app/x", type: "String", value: "on" });
    const changed = world.change(token, "x", made, { name: "/app/x", type: "String", value: "off" });
    expect([made.state.version, changed.state.version]).to.deep.equal([1, 2]);
    expect(world.ask("aws:ssm/getParameter:getParameter", { name: "/app/x" }).value).to.equal("off");
  });
});
