import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const healthToken = "aws:route53/healthCheck:HealthCheck";

let world: World;

const health = (inputs: Properties, name = "home"): Settled => world.make(healthToken, name, inputs);

describe("settings of the whole account", () => {
  beforeEach(() => {
    world = new World();
  });

  it("go by the account, or by the one name they have", () => {
    expect(world.make("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "all").id).to.equal(
      "123456789012",
    );
    expect(world.make("aws:sns/smsPreferences:SmsPreferences", "sms", { monthlySpendLimit: 1 }).id).to.equal(
      "aws_sns_sms_id",
    );
    expect(world.make("aws:ebs/encryptionByDefault:EncryptionByDefault", "all").state.enabled).to.equal(true);
  });
});

describe("a bucket that is measured and tiered", () => {
  beforeEach(() => {
    world = new World();
    world.make("aws:s3/bucket:Bucket", "site", { bucket: "site-of-a-shop" });
  });

  const tier = (days: number): Settled =>
    world.make("aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration", "old", {
      ...{ bucket: "site-of-a-shop", name: "old" },
      tierings: [{ accessTier: "DEEP_ARCHIVE_ACCESS", days }],
    });

  it("names both by the bucket and their own name", () => {
    const inputs = { bucket: "site-of-a-shop", name: "all" };
    expect(world.make("aws:s3/bucketMetric:BucketMetric", "all", inputs).id).to.equal("site-of-a-shop:all");
    expect(tier(180).id).to.equal("site-of-a-shop:old");
  });

  it("is refused an archive before its time", () => {
    expect(refusalOf(() => tier(90))).to.equal(
      "InvalidArgument: Days must be between 90 and 730 for ARCHIVE_ACCESS, and between 180 and 730 for DEEP_ARCHIVE_ACCESS",
    );
  });
});

describe("a health check", () => {
  beforeEach(() => {
    world = new World();
  });

  it("goes by a UUID", () => {
    const { id, state } = health({ type: "HTTPS", fqdn: "example.com" });
    expect(id).to.match(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(state.arn).to.equal(`arn:aws:route53:::healthcheck/${id}`);
  });

  const mistakes: readonly (readonly [string, Properties, string])[] = [
    [
      "an endpoint",
      { type: "HTTPS" },
      "At least one of the following parameters must be specified: IPAddress, FullyQualifiedDomainName",
    ],
    [
      "a text to look for",
      { type: "HTTP_STR_MATCH", fqdn: "example.com" },
      "SearchString must be specified for health checks of type HTTP_STR_MATCH",
    ],
    [
      "those it sums up",
      { type: "CALCULATED" },
      "Child health checks must be specified for health checks of type CALCULATED",
    ],
    [
      "its alarm's region",
      { type: "CLOUDWATCH_METRIC", cloudwatchAlarmName: "errors" },
      "AlarmIdentifier must be specified for health checks of type CLOUDWATCH_METRIC",
    ],
  ];
  for (const [what, inputs, says] of mistakes) {
    it(`is refused without ${what}`, () => {
      expect(refusalOf(() => health(inputs))).to.equal(`InvalidInput: Invalid parameter : ${says}`);
    });
  }

  it("is refused a text that it does not look for", () => {
    expect(refusalOf(() => health({ type: "HTTP", fqdn: "example.com", searchString: "ok" }))).to.equal(
      "InvalidInput: Invalid parameter : SearchString must not be specified for health checks of type HTTP",
    );
  });

  it("stays while another sums it up", () => {
    const child = health({ type: "HTTPS", fqdn: "example.com" });
    health({ type: "CALCULATED", childHealthchecks: [child.id], childHealthThreshold: 1 }, "all");
    expect(refusalOf(() => world.remove(healthToken, "home", child))).to.equal(
      "HealthCheckInUse: This health check is in use by another health check.",
    );
  });
});

describe("what works for the whole account", () => {
  beforeEach(() => {
    world = new World();
  });

  it("refuses an experiment on a target that it does not define", () => {
    const { state } = world.role();
    const experiment = (target: string): Settled =>
      world.make("aws:fis/experimentTemplate:ExperimentTemplate", "stop", {
        ...{ description: "stop a third", roleArn: state.arn },
        stopConditions: [{ source: "none" }],
        actions: [
          {
            ...{ name: "stop", actionId: "aws:ec2:stop-instances" },
            target: { key: "Instances", value: target },
          },
        ],
        targets: [{ name: "third", resourceType: "aws:ec2:instance", selectionMode: "PERCENT(33)" }],
      });
    expect(refusalOf(() => experiment("all"))).to.equal("ValidationException: Target all is not defined");
    expect(experiment("third").id).to.match(/^EXT[0-9a-f]{15}$/);
  });

  it("refuses an experiment that an alarm shall stop, without the alarm", () => {
    const inputs = {
      ...{ description: "stop", roleArn: world.role().state.arn, actions: [] },
      stopConditions: [{ source: "aws:cloudwatch:alarm" }],
    };
    expect(
      refusalOf(() => world.make("aws:fis/experimentTemplate:ExperimentTemplate", "stop", inputs)),
    ).to.equal(
      "ValidationException: A stop condition of source aws:cloudwatch:alarm needs the ARN of an alarm",
    );
  });

  it("refuses to look for personal data before Macie is enabled", () => {
    world.make("aws:s3/bucket:Bucket", "site", { bucket: "site-of-a-shop" });
    const job = (inputs: Properties = {}): Settled =>
      world.make("aws:macie2/classificationJob:ClassificationJob", "once", {
        jobType: "ONE_TIME",
        s3JobDefinition: {
          bucketDefinitions: [{ accountId: "123456789012", buckets: ["site-of-a-shop"] }],
        },
        ...inputs,
      });
    expect(refusalOf(() => job())).to.equal("AccessDeniedException: Macie is not enabled");
    world.make("aws:macie2/account:Account", "macie");
    expect(job().id).to.match(/^[0-9a-f]{32}$/);
    expect(refusalOf(() => job({ jobType: "SCHEDULED" }))).to.equal(
      "ValidationException: The request failed because the scheduleFrequency object is required for scheduled jobs",
    );
  });

  it("refuses snapshots that are kept by count and by age", () => {
    const { state } = world.role();
    const snapshots = (retainRule: Properties): Settled =>
      world.make("aws:dlm/lifecyclePolicy:LifecyclePolicy", "daily", {
        ...{ description: "daily", executionRoleArn: state.arn },
        policyDetails: {
          ...{ resourceTypes: ["VOLUME"], targetTags: { Backup: "yes" } },
          schedules: [{ name: "daily", createRule: { interval: 24 }, retainRule }],
        },
      });
    expect(refusalOf(() => snapshots({ count: 3, interval: 3, intervalUnit: "DAYS" }))).to.equal(
      "InvalidRequestException: A retention rule is by count or by interval, not by both",
    );
    expect(snapshots({ count: 3 }).id).to.match(/^policy-[0-9a-f]{17}$/);
  });

  it("refuses a policy for a role that there is not", () => {
    const policyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
    const attach = (inputs: Properties): Settled =>
      world.make("aws:iam/policyAttachment:PolicyAttachment", "readers", { policyArn, ...inputs });
    expect(refusalOf(() => attach({ roles: ["nobody"] }))).to.equal(
      "NoSuchEntity: The role with name nobody cannot be found.",
    );
    expect(attach({ roles: [world.role().id] }).id).to.match(/^readers-[0-9a-f]{7}$/);
  });
});
