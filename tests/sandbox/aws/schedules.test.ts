import { expect } from "chai";
import { isClock, isRate } from "../../../sandbox/aws/schedules.ts";
import { refusalOf, World, trustOf } from "./world.ts";

describe("a clock expression", () => {
  const clocks = [
    "cron(0 10 * * ? *)",
    "cron(0/15 * * * ? *)",
    "cron(00/05 * * * ? *)",
    "cron(15 12 ? * MON-FRI *)",
    "cron(0 18 ? * 2#1 2026-2030)",
    "cron(0 17 ? * 6L *)",
    "cron(0 9 LW * ? *)",
    "cron(0 9 3W jan,DEC ? 2026/2)",
    "cron(5,35 0-5 1/2 * ? *)",
  ];
  for (const expression of clocks) {
    it(`is ${expression}`, () => {
      expect(isClock(expression)).to.equal(true);
    });
  }

  const others = [
    "cron(0 10 * * * *)",
    "cron(0 10 ? * ? *)",
    "cron(0 10 * * 1)",
    "cron(60 10 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0 10 32 * ? *)",
    "cron(0 10 ? * 8 *)",
    "cron(0 10 ? * NOT *)",
    "cron(? 10 * * ? *)",
    "cron(0 10 * * ? 1969)",
    "cron(0/0 10 * * ? *)",
    "cron(0 10 * * ? *",
  ];
  for (const expression of others) {
    it(`is not ${expression}`, () => {
      expect(isClock(expression)).to.equal(false);
    });
  }
});

describe("a rate of a rule", () => {
  it("has a plural for more than one", () => {
    const rates = ["rate(1 hour)", "rate(5 minutes)", "rate(1 hours)", "rate(5 minute)", "rate(0 days)"];
    expect(rates.filter(isRate)).to.deep.equal(["rate(1 hour)", "rate(5 minutes)"]);
  });
});

describe("a simulated schedule", () => {
  it("is of a name once, and of a time that there is", () => {
    const world = new World();
    const role = world.role("clock", { assumeRolePolicy: trustOf({ Service: "scheduler.amazonaws.com" }) });
    const schedule = (scheduleExpression: string, name = "nightly"): unknown =>
      world.make("aws:scheduler/schedule:Schedule", name, {
        name: "nightly",
        scheduleExpression,
        flexibleTimeWindow: { mode: "OFF" },
        target: { arn: "arn:aws:sqs:eu-west-1:123456789012:jobs", roleArn: role.state.arn },
      });
    expect(refusalOf(() => schedule("cron(71 8 1 * ? *)"))).to.equal(
      "ValidationException: Invalid Schedule Expression cron(71 8 1 * ? *).",
    );
    schedule("rate(1 minutes)");
    expect(refusalOf(() => schedule("rate(1 day)", "twin"))).to.equal(
      "ConflictException: Schedule nightly already exists.",
    );
  });
});
