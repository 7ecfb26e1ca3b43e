import { expect } from "chai";

import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import type { GraphResource } from "./support/engine.ts";
import { found, foundIn, inBoth } from "./support/stack.ts";

/** The same resources in the stack that is the account's baseline. */
function inAccount(planned: readonly Planned[]): readonly GraphResource[] {
  return graph("update", planned).map((resource) => ({
    ...resource,
    urn: resource.urn.replace("urn:pulumi:prod::", "urn:pulumi:account::"),
  }));
}

const provider: Planned = { type: "pulumi:providers:aws", name: "aws" };
describe("cost-budget-present", () => {
  const policy = "cost-budget-present";
  const told = [{ type: "EMAIL", address: "ops@example.com" }];
  const costs: readonly Planned[] = [
    provider,
    {
      ...{ type: "aws:budgets/budget:Budget", name: "budget" },
      props: { notifications: [{ threshold: 80, subscriberSnsTopicArns: ["arn"] }] },
    },
    { type: "aws:costexplorer/anomalyMonitor:AnomalyMonitor", name: "monitor" },
    {
      ...{ type: "aws:costexplorer/anomalySubscription:AnomalySubscription", name: "subscription" },
      props: { subscribers: told },
    },
  ];

  it("passes when somebody is told of costs", async () => {
    expect(await foundIn(policy, inAccount(costs))).to.deep.equal([]);
  });

  it("objects to what is not there", async () => {
    expect(await foundIn(policy, inAccount([provider]))).to.deep.equal([
      "aws: a budget (aws.budgets.Budget) is not in stack account: add it.",
      "aws: a monitor of unusual costs (aws.costexplorer.AnomalyMonitor) is not in stack account: add it.",
      "aws: a subscription to what it finds (aws.costexplorer.AnomalySubscription) is not in stack account: add it.",
    ]);
  });

  it("asks nothing of other stacks, but that what they have tells somebody", async () => {
    expect(await found(policy, "update", [provider])).to.deep.equal([]);
    const notifications = [{ threshold: 80, subscriberEmailAddresses: [] }];
    const silent = changed(changed(costs, "budget", { props: { notifications } }), "subscription", {
      props: {},
    });
    expect(await found(policy, "update", silent)).to.deep.equal([
      "budget: no notification has a subscriber, so nobody is told: add an address or a topic.",
      "subscription: subscribers is empty, so nobody is told: add an address or a topic.",
    ]);
  });
});

describe("cost-nat-gateway-count", () => {
  const policy = "cost-nat-gateway-count";
  const zones = ["a", "b"];
  const network: readonly Planned[] = [
    { type: "aws:ec2/vpc:Vpc", name: "vpc" },
    ...zones.flatMap((zone): readonly Planned[] => [
      {
        ...{ type: "aws:ec2/subnet:Subnet", name: `subnet-${zone}`, refs: { vpcId: "vpc" } },
        props: { availabilityZone: `eu-west-1${zone}` },
      },
      {
        ...{ type: "aws:ec2/natGateway:NatGateway", name: `nat-${zone}` },
        refs: { subnetId: `subnet-${zone}` },
      },
    ]),
  ];
  const more = (count: number): readonly Planned[] =>
    Array.from({ length: count }, (_, index) => ({
      ...{ type: "aws:ec2/natGateway:NatGateway", name: `more-${index}`, refs: { subnetId: "subnet-a" } },
    }));

  inBoth("passes when each zone has one", async (moment) => {
    expect(await found(policy, moment, network)).to.deep.equal([]);
  });

  inBoth("objects when a zone goes out through another", async (moment) => {
    expect(await found(policy, moment, without(network, "nat-b"))).to.deep.equal([
      "vpc: it has 1 NAT gateway for 2 zones, so the loss of one zone cuts others off: have one in each.",
    ]);
  });

  inBoth("objects to more than the environment needs", async (moment) => {
    expect(await found(policy, moment, [...network, ...more(2)])).to.deep.equal([
      "vpc: it has 4 NAT gateways, roughly $35 a month each: have 3 at most in this stack.",
    ]);
  });

  inBoth("takes one that stands in every zone by itself, and networks without any", async (moment) => {
    const regional: Planned = {
      ...{ type: "aws:ec2/natGateway:NatGateway", name: "regional", refs: { vpcId: "vpc" } },
      props: { availabilityMode: "regional" },
    };
    const bare = without(network, "nat-a", "nat-b");
    expect(await found(policy, moment, [...bare, regional])).to.deep.equal([]);
    expect(await found(policy, moment, [...without(network, "nat-b"), regional])).to.deep.equal([]);
    expect(await found(policy, moment, bare)).to.deep.equal([]);
  });

  inBoth("counts each network's own", async (moment) => {
    const other: readonly Planned[] = [
      { type: "aws:ec2/vpc:Vpc", name: "other" },
      { type: "aws:ec2/subnet:Subnet", name: "subnet-other", refs: { vpcId: "other" } },
      { type: "aws:ec2/natGateway:NatGateway", name: "nat-other", refs: { subnetId: "subnet-other" } },
      { type: "aws:ec2/natGateway:NatGateway", name: "spare", refs: { subnetId: "subnet-other" } },
    ];
    expect(await found(policy, moment, [...network, ...other])).to.deep.equal([]);
  });
});
