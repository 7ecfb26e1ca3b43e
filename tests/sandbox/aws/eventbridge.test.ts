import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const ruleToken = "aws:cloudwatch/eventRule:EventRule";

describe("a simulated rule about events", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const rule = (inputs: Properties): Settled =>
    world.make(ruleToken, "nightly", { name: "nightly", ...inputs });
  const target = (name: string): Settled =>
    world.make("aws:cloudwatch/eventTarget:EventTarget", name, {
      rule: "nightly",
      targetId: name,
      arn: "arn:aws:sqs:eu-west-1:123456789012:jobs",
    });

  for (const scheduleExpression of ["rate(1 days)", "rate(5 minute)", "rate(0 hours)", "cron(0 3 * * *)"]) {
    it(`refuses the schedule ${scheduleExpression}`, () => {
      expect(refusalOf(() => rule({ scheduleExpression }))).to.equal(
        "ValidationException: Parameter ScheduleExpression is not valid.",
      );
    });
  }

  for (const scheduleExpression of ["rate(1 day)", "rate(5 minutes)", "cron(0 3 * * ? *)"]) {
    it(`takes the schedule ${scheduleExpression}`, () => {
      expect(rule({ scheduleExpression }).state.arn).to.equal(
        "arn:aws:events:eu-west-1:123456789012:rule/nightly",
      );
    });
  }

  it("refuses a pattern that matches no lists, and a schedule on another bus", () => {
    expect(refusalOf(() => rule({ eventPattern: '{"source":"aws.ec2"}' }))).to.equal(
      'InvalidEventPatternException: Event pattern is not valid. Reason: "source" must be an object or an array',
    );
    expect(rule({ eventPattern: '{"source":["aws.ec2"],"detail":{"state":["running"]}}' }).id).to.equal(
      "nightly",
    );
    const elsewhere = { scheduleExpression: "rate(1 day)", eventBusName: "orders" };
    expect(refusalOf(() => rule(elsewhere))).to.equal(
      "ResourceNotFoundException: Event bus orders does not exist.",
    );
    world.make("aws:cloudwatch/eventBus:EventBus", "orders", { name: "orders" });
    expect(refusalOf(() => rule(elsewhere))).to.equal(
      "ValidationException: ScheduleExpression is supported only on the default event bus.",
    );
  });

  it("may name its bus by ARN", () => {
    const bus = "arn:aws:events:eu-west-1:123456789012:event-bus";
    const nightly = { scheduleExpression: "rate(1 day)", eventBusName: `${bus}/default` };
    expect(rule(nightly).state.arn).to.equal("arn:aws:events:eu-west-1:123456789012:rule/nightly");
    const made = world.make("aws:cloudwatch/eventBus:EventBus", "orders", { name: "orders" });
    const told = { eventPattern: '{"source":["shop"]}', eventBusName: made.state.arn };
    expect(world.make(ruleToken, "told", { name: "told", ...told }).state.arn).to.equal(
      "arn:aws:events:eu-west-1:123456789012:rule/orders/told",
    );
    expect(refusalOf(() => world.remove("aws:cloudwatch/eventBus:EventBus", "orders", made))).to.equal(
      "ValidationException: Event bus orders can't be deleted since it has rules.",
    );
  });

  it("has five targets at most, and stays while it has one", () => {
    expect(refusalOf(() => target("lost"))).to.equal(
      "ResourceNotFoundException: Rule nightly does not exist on EventBus default.",
    );
    const made = rule({ scheduleExpression: "rate(1 day)" });
    for (const name of ["a", "b", "c", "d", "e"]) target(name);
    expect(refusalOf(() => target("f"))).to.match(/^LimitExceededException: /);
    expect(refusalOf(() => world.remove(ruleToken, "nightly", made))).to.equal(
      "ValidationException: Rule can't be deleted since it has targets.",
    );
  });

  const here = "eu-west-1:123456789012";
  const targets: readonly (readonly [what: string, inputs: Properties, message: string])[] = [
    [
      "a stream without a role",
      { arn: `arn:aws:kinesis:${here}:stream/clicks` },
      `RoleArn is required for target arn:aws:kinesis:${here}:stream/clicks.`,
    ],
    [
      "a FIFO queue without a group",
      { arn: `arn:aws:sqs:${here}:jobs.fifo` },
      "Parameter(s) SqsParameters must be specified for target: one.",
    ],
    [
      "a template with a hole",
      {
        inputTransformer: {
          inputPaths: { id: "$.id" },
          inputTemplate: '"<id> <name> <aws.events.rule-arn>"',
        },
      },
      "InputTemplate for target one contains invalid placeholder name.",
    ],
  ];
  for (const [what, inputs, message] of targets) {
    it(`refuses ${what}`, () => {
      rule({ scheduleExpression: "rate(1 day)" });
      const attempt = (): unknown =>
        world.make("aws:cloudwatch/eventTarget:EventTarget", "one", {
          rule: "nightly",
          targetId: "one",
          arn: `arn:aws:sqs:${here}:jobs`,
          ...inputs,
        });
      expect(refusalOf(attempt)).to.equal(`ValidationException: ${message}`);
    });
  }

  it("takes a bus of another account without a role, and none of its own", () => {
    rule({ scheduleExpression: "rate(1 day)" });
    const send = (arn: string): Settled =>
      world.make("aws:cloudwatch/eventTarget:EventTarget", "bus", { rule: "nightly", arn });
    const own = `arn:aws:events:${here}:event-bus/orders`;
    expect(refusalOf(() => send(own))).to.equal(
      `ValidationException: RoleArn is required for target ${own}.`,
    );
    const theirs = "arn:aws:events:eu-west-1:210987654321:event-bus/orders";
    expect(send(theirs).state.arn).to.equal(theirs);
  });

  it("takes a FIFO queue with a group, and a stream with a role", () => {
    rule({ scheduleExpression: "rate(1 day)" });
    const made = [
      { arn: `arn:aws:sqs:${here}:jobs.fifo`, sqsTarget: { messageGroupId: "a" } },
      { arn: `arn:aws:kinesis:${here}:stream/clicks`, roleArn: world.role().state.arn },
    ].map((inputs, index) =>
      world.make("aws:cloudwatch/eventTarget:EventTarget", String(index), { rule: "nightly", ...inputs }),
    );
    expect(made.map(({ state }) => state.rule)).to.deep.equal(["nightly", "nightly"]);
  });
});
