import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

class Spending extends World {
  public monitor(inputs: Properties = {}, name = "services"): Settled {
    return this.make("aws:costexplorer/anomalyMonitor:AnomalyMonitor", name, {
      ...{ name, monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" },
      ...inputs,
    });
  }

  public subscription(monitor: Settled, inputs: Properties = {}): Settled {
    return this.make("aws:costexplorer/anomalySubscription:AnomalySubscription", "mail", {
      ...{ name: "mail", frequency: "DAILY", monitorArnLists: [monitor.id] },
      subscribers: [{ type: "EMAIL", address: "oncall@example.com" }],
      thresholdExpression: {
        dimension: {
          key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
          ...{ matchOptions: ["GREATER_THAN_OR_EQUAL"], values: ["100"] },
        },
      },
      ...inputs,
    });
  }

  public tag(tagKey: string): Settled {
    return this.make("aws:costexplorer/costAllocationTag:CostAllocationTag", "tag", {
      tagKey,
      status: "Active",
    });
  }
}

let world: Spending;

describe("Cost Explorer", () => {
  beforeEach(() => {
    world = new Spending("us-east-1");
  });

  it("knows monitors and subscriptions by their ARNs", () => {
    const monitor = world.monitor();
    const subscription = world.subscription(monitor);
    expect(monitor.id).to.match(/^arn:aws:ce::123456789012:anomalymonitor\/[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(subscription.id).to.match(/^arn:aws:ce::123456789012:anomalysubscription\/[0-9a-f-]{36}$/);
    expect(subscription.state).to.include({ accountId: "123456789012", arn: subscription.id });
  });

  it("refuses a second monitor of services in an account", () => {
    world.monitor();
    expect(refusalOf(() => world.monitor({}, "again"))).to.equal(
      "ValidationException: Limit exceeded on dimensional spend monitor creation",
    );
    world.monitor({ monitorType: "CUSTOM", monitorDimension: undefined, monitorSpecification: "{}" }, "own");
    world.monitor({ monitorDimension: "LINKED_ACCOUNT" }, "accounts");
  });

  it("refuses a monitor without what it watches", () => {
    expect(refusalOf(() => world.monitor({ monitorDimension: undefined }))).to.equal(
      "ValidationException: If Monitor Type is DIMENSIONAL, dimension attrribute is required",
    );
    expect(refusalOf(() => world.monitor({ monitorType: "CUSTOM", monitorDimension: undefined }))).to.equal(
      "ValidationException: If Monitor Type is CUSTOM, specification attrribute is required",
    );
  });

  it("refuses a topic that is told once a day, and an address that is told at once", () => {
    const monitor = world.monitor();
    const { state } = world.make("aws:sns/topic:Topic", "alarms");
    const topic = [{ type: "SNS", address: state.arn }];
    expect(refusalOf(() => world.subscription(monitor, { subscribers: topic }))).to.equal(
      "ValidationException: Daily or weekly frequencies only support Email subscriptions",
    );
    expect(refusalOf(() => world.subscription(monitor, { frequency: "IMMEDIATE" }))).to.equal(
      "ValidationException: Immediate frequency only supports SNS Topic subscriptions",
    );
    world.subscription(monitor, { frequency: "IMMEDIATE", subscribers: topic });
  });

  it("refuses a subscription without a threshold, or to a monitor that there is not", () => {
    const monitor = world.monitor();
    expect(refusalOf(() => world.subscription(monitor, { thresholdExpression: undefined }))).to.equal(
      "ValidationException: Threshold and ThresholdExpression cannot both be null",
    );
    const lost = "arn:aws:ce::123456789012:anomalymonitor/00000000-0000-0000-0000-000000000000";
    expect(refusalOf(() => world.subscription({ ...monitor, id: lost }))).to.equal(
      `UnknownMonitorException: Monitor ${lost} not found.`,
    );
  });

  it("refuses a tag that nothing was billed with yet", () => {
    world.vpc("main", { tags: { Team: "platform" } });
    expect(refusalOf(() => world.tag("Team"))).to.equal(
      "ValidationException: Failed to update Cost Allocation Tag: Tag keys not found: Team",
    );
    expect(world.tag("aws:createdBy")).to.deep.include({ id: "aws:createdBy" });
  });
});
