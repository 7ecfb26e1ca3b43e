import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, allow, refusalOf, trustOf } from "./world.ts";

const recorder = "aws:cfg/recorder:Recorder";
const channel = "aws:cfg/deliveryChannel:DeliveryChannel";
const status = "aws:cfg/recorderStatus:RecorderStatus";
const rule = "aws:cfg/rule:Rule";

/** An account with a bucket for records, and roles that services may assume. */
class Watched extends World {
  public readonly bucket = this.make("aws:s3/bucket:Bucket", "records", { bucket: "records" });

  public roleOf(service: string, action?: string): Settled {
    const name = service.split(".")[0] ?? "";
    const role = this.role(name, { name, assumeRolePolicy: trustOf({ Service: service }) });
    if (action !== undefined) {
      this.make("aws:iam/rolePolicy:RolePolicy", name, { name, role: role.id, policy: allow(action) });
    }
    return role;
  }

  public letIn(service: string): void {
    this.make("aws:s3/bucketPolicy:BucketPolicy", "records", {
      bucket: "records",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: service },
            Action: "s3:PutObject",
            Resource: "arn:aws:s3:::records/*",
          },
        ],
      }),
    });
  }

  public trail(inputs: Properties = {}, name = "all"): Settled {
    return this.make("aws:cloudtrail/trail:Trail", name, { name, s3BucketName: "records", ...inputs });
  }

  public record(name = "default"): Settled {
    return this.make(recorder, name, { name, roleArn: this.roleOf("config.amazonaws.com").state.arn });
  }

  public deliver(name = "default"): Settled {
    return this.make(channel, name, { name, s3BucketName: "records" });
  }

  public start(): Settled {
    return this.make(status, "default", { name: "default", isEnabled: true });
  }
}

let world: Watched;
const fresh = (): void => {
  world = new Watched();
};

describe("a trail", () => {
  beforeEach(fresh);

  it("waits for the policy of its bucket", () => {
    expect(refusalOf(() => world.trail())).to.equal(
      "InsufficientS3BucketPolicyException: Incorrect S3 bucket policy is detected for bucket: records",
    );
    world.letIn("cloudtrail.amazonaws.com");
    expect(world.trail().id).to.equal("arn:aws:cloudtrail:eu-west-1:123456789012:trail/all");
  });

  it("refuses a bucket that does not exist", () => {
    expect(refusalOf(() => world.trail({ s3BucketName: "lost" }))).to.equal(
      "S3BucketDoesNotExistException: S3 bucket lost does not exist!",
    );
  });

  it("refuses a name that is taken, and a sixth of a region", () => {
    world.letIn("cloudtrail.amazonaws.com");
    world.trail();
    expect(refusalOf(() => world.trail({ name: "all" }, "again"))).to.equal(
      "TrailAlreadyExistsException: Trail all already exists for customer: 123456789012",
    );
    for (const name of ["two", "three", "four", "five"]) world.trail({}, name);
    expect(refusalOf(() => world.trail({}, "six"))).to.equal(
      "MaximumNumberOfTrailsExceededException: User: 123456789012 already has 5 trails in eu-west-1.",
    );
  });

  it("refuses a key whose policy does not name CloudTrail", () => {
    world.letIn("cloudtrail.amazonaws.com");
    const kmsKeyId = world.make("aws:kms/key:Key", "key").state.arn;
    expect(refusalOf(() => world.trail({ kmsKeyId }))).to.equal(
      `InsufficientEncryptionPolicyException: Insufficient permissions to access S3 bucket records or KMS key ${String(kmsKeyId)}.`,
    );
  });

  it("writes to a log group by a role that may, and names the group with its end", () => {
    world.letIn("cloudtrail.amazonaws.com");
    const { arn } = world.make("aws:cloudwatch/logGroup:LogGroup", "trail", { name: "trail" }).state;
    const whole = `${String(arn)}:*`;
    const write = (group: unknown, role?: Settled): Settled =>
      world.trail({ cloudWatchLogsGroupArn: group, cloudWatchLogsRoleArn: role?.state.arn });
    expect(refusalOf(() => write(whole))).to.equal(
      "InvalidCloudWatchLogsRoleArnException: You must specify a role ARN as well as a log group.",
    );
    expect(refusalOf(() => write(whole, world.role("stranger")))).to.equal(
      "InvalidCloudWatchLogsRoleArnException: Access denied. Check the trust relationships for your role.",
    );
    const role = world.roleOf("cloudtrail.amazonaws.com");
    expect(refusalOf(() => write(whole, role))).to.equal(
      "InvalidCloudWatchLogsLogGroupArnException: Access denied. Check the permissions for your role.",
    );
    world.make("aws:iam/rolePolicy:RolePolicy", "logs", { role: role.id, policy: allow("logs:*") });
    expect(refusalOf(() => write(arn, role))).to.equal(
      "InvalidCloudWatchLogsLogGroupArnException: Check the log group ARN: CloudTrail can't validate it.",
    );
    expect(write(whole, role).state.homeRegion).to.equal("eu-west-1");
  });
});

describe("the recorder of AWS Config", () => {
  beforeEach(fresh);

  it("is the only one of its region", () => {
    world.record();
    expect(
      refusalOf(() => world.make(recorder, "other", { name: "other", roleArn: world.role().state.arn })),
    ).to.equal(
      "MaxNumberOfConfigurationRecordersExceededException: Failed to put configuration recorder 'other' because the maximum number of configuration recorders: 1 is reached.",
    );
  });

  it("comes before its channel, and that before its start", () => {
    world.letIn("config.amazonaws.com");
    expect(refusalOf(() => world.deliver())).to.equal(
      "NoAvailableConfigurationRecorderException: Configuration recorder is not available to put delivery channel.",
    );
    expect(refusalOf(() => world.start())).to.equal(
      "NoSuchConfigurationRecorderException: Cannot find configuration recorder with the specified name 'default'.",
    );
    world.record();
    expect(refusalOf(() => world.start())).to.equal(
      "NoAvailableDeliveryChannelException: Delivery channel is not available to start configuration recorder.",
    );
    world.deliver();
    expect(world.start().id).to.equal("default");
  });

  it("delivers to a bucket that lets it in", () => {
    world.record();
    expect(refusalOf(() => world.deliver())).to.equal(
      "InsufficientDeliveryPolicyException: Insufficient delivery policy to s3 bucket: records, unable to write to bucket, provided s3 key prefix is 'null', provided kms key is 'null'.",
    );
    expect(refusalOf(() => world.make(channel, "lost", { name: "lost", s3BucketName: "lost" }))).to.equal(
      "NoSuchBucketException: Cannot find a S3 bucket with name 'lost'.",
    );
  });

  it("has one channel, which stays while it runs", () => {
    world.letIn("config.amazonaws.com");
    world.record();
    const made = world.deliver();
    expect(refusalOf(() => world.deliver("other"))).to.equal(
      "MaxNumberOfDeliveryChannelsExceededException: Failed to put delivery channel 'other' because the maximum number of delivery channels: 1 is reached.",
    );
    const running = world.start();
    expect(refusalOf(() => world.remove(channel, "default", made))).to.equal(
      "LastDeliveryChannelDeleteFailedException: Failed to delete last specified delivery channel with name 'default', because there is a running configuration recorder.",
    );
    world.remove(status, "default", running);
    expect(world.remove(channel, "default", made)).to.equal(1);
  });

  it("comes before any rule, and a rule's function lets Config call it", () => {
    const managed = { name: "r", source: { owner: "AWS", sourceIdentifier: "S3_BUCKET_VERSIONING_ENABLED" } };
    expect(refusalOf(() => world.make(rule, "r", managed))).to.equal(
      "NoAvailableConfigurationRecorderException: Configuration Recorder is not available to put config rule.",
    );
    world.record();
    expect(world.make(rule, "r", managed).state.arn).to.match(/:config-rule\/config-rule-[0-9a-f]{6}$/);
    const fn = world.make("aws:lambda/function:Function", "fn", {
      ...{ name: "fn", runtime: "nodejs22.x", handler: "index.handler", s3Bucket: "code", s3Key: "fn.zip" },
      role: world.roleOf("lambda.amazonaws.com").state.arn,
    });
    const { arn } = fn.state;
    const custom = (): Settled =>
      world.make(rule, "own", { name: "own", source: { owner: "CUSTOM_LAMBDA", sourceIdentifier: arn } });
    expect(refusalOf(custom)).to.equal(
      `InsufficientPermissionsException: The AWS Lambda function ${String(arn)} cannot be invoked. Check the specified function ARN, and check the function's permissions.`,
    );
    world.make("aws:lambda/permission:Permission", "may", {
      function: "fn",
      action: "lambda:InvokeFunction",
      principal: "config.amazonaws.com",
    });
    expect(custom().id).to.equal("own");
  });
});

describe("services that watch an account", () => {
  beforeEach(fresh);

  for (const [token, message] of [
    [
      "aws:guardduty/detector:Detector",
      "BadRequestException: The request is rejected because a detector already exists for the current account.",
    ],
    [
      "aws:securityhub/account:Account",
      "ResourceConflictException: Account is already subscribed to Security Hub",
    ],
    ["aws:macie2/account:Account", "ConflictException: Macie has already been enabled"],
  ] as const) {
    it(`are there once in a region: ${token}`, () => {
      world.make(token, "one");
      expect(refusalOf(() => world.make(token, "two"))).to.equal(message);
      expect(world.make(token, "far", { region: "us-east-1" }).id).not.to.equal("");
    });
  }

  it("follow standards after Security Hub is on", () => {
    const subscribe = (): Settled =>
      world.make("aws:securityhub/standardsSubscription:StandardsSubscription", "cis", {
        standardsArn: "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0",
      });
    expect(refusalOf(subscribe)).to.equal(
      "InvalidAccessException: Account 123456789012 is not subscribed to AWS Security Hub",
    );
    world.make("aws:securityhub/account:Account", "hub");
    expect(subscribe().id).to.equal(
      "arn:aws:securityhub:eu-west-1:123456789012:subscription/cis-aws-foundations-benchmark/v/1.2.0",
    );
  });
});
