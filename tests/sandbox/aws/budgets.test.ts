import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf, trustOf } from "./world.ts";

class Spending extends World {
  public readonly worker = this.role("budgets", {
    assumeRolePolicy: trustOf({ Service: "budgets.amazonaws.com" }),
  });

  public budget(inputs: Properties = {}, name = "month"): Settled {
    return this.make("aws:budgets/budget:Budget", name, {
      ...{ name: "month", budgetType: "COST", limitAmount: "100", limitUnit: "USD", timeUnit: "MONTHLY" },
      ...inputs,
    });
  }

  public action(inputs: Properties = {}): Settled {
    return this.make("aws:budgets/budgetAction:BudgetAction", "stop", {
      ...{ budgetName: "month", actionType: "APPLY_IAM_POLICY", approvalModel: "AUTOMATIC" },
      ...{ notificationType: "ACTUAL", executionRoleArn: this.worker.state.arn },
      actionThreshold: { actionThresholdType: "PERCENTAGE", actionThresholdValue: 100 },
      definition: {
        iamActionDefinition: { policyArn: "arn:aws:iam::aws:policy/AWSDenyAll", roles: ["deploy"] },
      },
      subscribers: [{ address: "us@example.com", subscriptionType: "EMAIL" }],
      ...inputs,
    });
  }
}

/** Tells so many people of a cost. */
function notice(addresses: number, topics = 0): Properties {
  return {
    ...{ comparisonOperator: "GREATER_THAN", notificationType: "ACTUAL" },
    ...{ threshold: 80, thresholdType: "PERCENTAGE" },
    subscriberEmailAddresses: Array.from({ length: addresses }, (_, index) => `${index}@example.com`),
    subscriberSnsTopicArns: Array.from(
      { length: topics },
      (_, index) => `arn:aws:sns:us-east-1:123456789012:topic-${index}`,
    ),
  };
}

let world: Spending;

describe("a budget", () => {
  beforeEach(() => {
    world = new Spending();
  });

  it("goes by the account and its name", () => {
    const { id, state } = world.budget();
    expect(id).to.equal("123456789012:month");
    expect(state).to.include({
      accountId: "123456789012",
      arn: "arn:aws:budgets::123456789012:budget/month",
    });
  });

  const starts: readonly (readonly [string, RegExp])[] = [
    ["DAILY", /^\d{4}-\d\d-\d\d_00:00$/],
    ["MONTHLY", /^\d{4}-\d\d-01_00:00$/],
    ["QUARTERLY", /^\d{4}-(?:01|04|07|10)-01_00:00$/],
    ["ANNUALLY", /^\d{4}-01-01_00:00$/],
  ];
  for (const [timeUnit, start] of starts) {
    it(`begins with the current period, where it is ${timeUnit.toLowerCase()}`, () => {
      expect(world.budget({ timeUnit }).state.timePeriodStart).to.match(start);
    });
  }

  it("refuses a name that is taken", () => {
    world.budget();
    expect(refusalOf(() => world.budget({}, "again"))).to.equal(
      "DuplicateRecordException: Error creating budget: month - the budget already exists.",
    );
  });

  it("refuses to tell more than ten people, or two topics, at once", () => {
    const message = "CreationLimitExceededException: You've exceeded the notification or subscriber limit.";
    expect(refusalOf(() => world.budget({ notifications: [notice(11)] }))).to.equal(message);
    expect(refusalOf(() => world.budget({ notifications: [notice(0, 2)] }))).to.equal(message);
    expect(world.budget({ notifications: [notice(10, 1)] }).id).to.equal("123456789012:month");
  });

  it("refuses to end before it begins", () => {
    const period = { timePeriodStart: "2026-06-01_00:00", timePeriodEnd: "2026-05-01_00:00" };
    expect(refusalOf(() => world.budget(period))).to.equal(
      "InvalidParameterException: The start date of a budget must come before its end date.",
    );
  });
});

describe("what happens when a budget is spent", () => {
  beforeEach(() => {
    world = new Spending();
  });

  it("goes by the account, an id of its own, and the budget", () => {
    world.budget();
    const { id, state } = world.action();
    const [, actionId = ""] = id.split(":");
    expect(id).to.match(/^123456789012:[0-9a-f-]{36}:month$/);
    expect(state).to.include({
      ...{ actionId, status: "STANDBY" },
      arn: `arn:aws:budgets::123456789012:budget/month/action/${actionId}`,
    });
  });

  it("refuses a budget that does not exist", () => {
    expect(refusalOf(() => world.action())).to.equal(
      "NotFoundException: Unable to get budget: month - the budget doesn't exist.",
    );
  });

  it("refuses a role that does not exist", () => {
    world.budget();
    const executionRoleArn = "arn:aws:iam::123456789012:role/gone";
    expect(refusalOf(() => world.action({ executionRoleArn }))).to.equal(
      `NotFoundException: The role ${executionRoleArn} does not exist.`,
    );
  });
});
