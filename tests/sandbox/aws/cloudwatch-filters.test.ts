import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { FunctionWorld } from "./function-world.ts";
import { refusalOf } from "./world.ts";

let world: FunctionWorld;

describe("a subscription to logs", () => {
  beforeEach(() => {
    world = new FunctionWorld();
    world.make("aws:cloudwatch/logGroup:LogGroup", "app", { name: "app" });
  });

  const subscribe = (destination: Settled, inputs: Properties = {}, name = "errors"): Settled =>
    world.make("aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter", name, {
      name,
      logGroup: "app",
      filterPattern: "ERROR",
      destinationArn: destination.state.arn,
      ...inputs,
    });
  const stream = (): Settled =>
    world.make("aws:kinesis/stream:Stream", "logs", { name: "logs", shardCount: 1 });

  for (const principal of ["logs.amazonaws.com", "logs.eu-west-1.amazonaws.com"]) {
    it(`waits for the function's permission to ${principal}`, () => {
      expect(refusalOf(() => subscribe(world.fn))).to.equal(
        "InvalidParameterException: Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
      );
      world.letCall(principal);
      expect(subscribe(world.fn).id).to.match(/^cwlsf-\d+$/);
    });
  }

  it("has a role for a stream, and none for a function", () => {
    expect(refusalOf(() => subscribe(stream()))).to.equal(
      "InvalidParameterException: destinationArn for vendor kinesis cannot be used without roleArn",
    );
    const roleArn = world.roleFor("logs.amazonaws.com").state.arn;
    expect(refusalOf(() => subscribe(world.fn, { roleArn }))).to.equal(
      "InvalidParameterException: destinationArn for vendor lambda cannot be used with roleArn",
    );
  });

  it("tries whether the role may write", () => {
    const logs = stream();
    const other = world.roleFor("ec2.amazonaws.com").state.arn;
    expect(refusalOf(() => subscribe(logs, { roleArn: other }))).to.equal(
      "InvalidParameterException: Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state.",
    );
    expect(subscribe(logs, { roleArn: world.roleFor("logs.amazonaws.com").state.arn }).id).not.to.equal("");
  });

  it("refuses a third of a group, and a group that does not exist", () => {
    world.letCall("logs.amazonaws.com");
    subscribe(world.fn, {}, "one");
    subscribe(world.fn, {}, "two");
    expect(refusalOf(() => subscribe(world.fn, {}, "three"))).to.equal(
      "LimitExceededException: Resource limit exceeded.",
    );
    expect(refusalOf(() => subscribe(world.fn, { logGroup: "lost" }))).to.equal(
      "ResourceNotFoundException: The specified log group does not exist.",
    );
  });
});

describe("a metric from logs", () => {
  beforeEach(() => {
    world = new FunctionWorld();
    world.make("aws:cloudwatch/logGroup:LogGroup", "app", { name: "app" });
  });

  const count = (inputs: Properties = {}, metric: Properties = {}): Settled =>
    world.make("aws:cloudwatch/logMetricFilter:LogMetricFilter", "errors", {
      name: "errors",
      logGroupName: "app",
      pattern: "ERROR",
      metricTransformation: { name: "errors", namespace: "app", value: "1", ...metric },
      ...inputs,
    });

  it("refuses a group that does not exist", () => {
    expect(refusalOf(() => count({ logGroupName: "lost" }))).to.equal(
      "ResourceNotFoundException: The specified log group does not exist.",
    );
  });

  it("refuses more than a hundred of a group", () => {
    for (let index = 0; index < 100; index += 1) count({ name: `m${String(index)}` });
    expect(refusalOf(() => count())).to.equal("LimitExceededException: Resource limit exceeded.");
  });

  for (const pattern of ['{ $.level = "error"', '"ERROR', "[ip, user", "level: error"]) {
    it(`refuses the pattern ${pattern}`, () => {
      expect(refusalOf(() => count({ pattern }))).to.equal(
        "InvalidParameterException: Invalid metric filter pattern",
      );
    });
  }

  for (const pattern of ["", '"level: error"', "[ip, user, code = 4*]", '{ $.level = "a:b" }', "?A ?B -C"]) {
    it(`takes the pattern ${pattern}`, () => {
      expect(count({ pattern }).id).to.equal("errors");
    });
  }

  it("refuses a default beside dimensions", () => {
    expect(refusalOf(() => count({}, { defaultValue: "0", dimensions: { code: "$.code" } }))).to.equal(
      "InvalidParameterException: Invalid metric transformation: dimensions and default value are mutually exclusive properties.",
    );
    expect(count({}, { defaultValue: "0" }).id).to.equal("errors");
  });
});

describe("an alarm on alarms", () => {
  beforeEach(() => {
    world = new FunctionWorld();
  });

  const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
  const composite = (alarmRule: string, alarmName = "both"): Settled =>
    world.make("aws:cloudwatch/compositeAlarm:CompositeAlarm", alarmName, { alarmName, alarmRule });
  const single = (name: string): Settled =>
    world.make(alarm, name, {
      ...{ name, metricName: "Errors", namespace: "app", statistic: "Sum", period: 60 },
      ...{ evaluationPeriods: 1, threshold: 1, comparisonOperator: "GreaterThanThreshold" },
    });

  it("refuses those that there are not", () => {
    single("cpu");
    expect(refusalOf(() => composite('ALARM("cpu") OR NOT OK(disk) OR INSUFFICIENT_DATA("net")'))).to.equal(
      "ValidationError: Could not save the composite alarm as alarms [disk, net] in the alarm rule do not exist",
    );
  });

  it("refuses a rule without any", () => {
    expect(refusalOf(() => composite("cpu OR disk"))).to.equal(
      "ValidationError: AlarmRule must contain at least one state function",
    );
    expect(composite("FALSE").id).to.equal("both");
  });

  it("keeps the alarms that it names, itself among others' too", () => {
    const cpu = single("cpu");
    const inner = composite(`ALARM(${String(cpu.state.arn)})`);
    expect(refusalOf(() => world.remove(alarm, "cpu", cpu))).to.equal(
      "ValidationError: Cannot delete cpu as there are composite alarm(s) depending on it.",
    );
    composite("ALARM(both)", "outer");
    expect(
      refusalOf(() => world.remove("aws:cloudwatch/compositeAlarm:CompositeAlarm", "both", inner)),
    ).to.equal("ValidationError: Cannot delete both as there are composite alarm(s) depending on it.");
  });
});
