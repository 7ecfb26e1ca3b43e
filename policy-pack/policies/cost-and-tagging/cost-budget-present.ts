import { defineStack } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import { fits, parseUrn } from "../../kernel/urn.ts";

/** What tells of costs before the bill does. */
const parts = [
  { type: "aws:budgets/budget:Budget", what: "a budget (aws.budgets.Budget)" },
  {
    type: "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
    what: "a monitor of unusual costs (aws.costexplorer.AnomalyMonitor)",
  },
  {
    type: "aws:costexplorer/anomalySubscription:AnomalySubscription",
    what: "a subscription to what it finds (aws.costexplorer.AnomalySubscription)",
  },
] as const;

export const costBudgetPresent = defineStack({
  name: "cost-budget-present",
  description: "Somebody is told when an account costs more than was meant.",
  severity: "low",
  remediation:
    "Add a budget with a notification, and a subscription to cost anomalies, to the account's stack.",
  params: { stacks: list(["*"], "Globs on names of stacks that are the baseline of an account.") },
  checks: {
    "pulumi:providers:aws": [
      (provider, graph, { stacks }) => {
        const [first] = graph.all("pulumi:providers:aws");
        const { stack } = parseUrn(provider.urn);
        if (first?.urn !== provider.urn || !stacks.some((glob) => fits(glob, stack))) return undefined;
        return parts.map(
          ({ type, what }) => graph.all(type).length === 0 && `${what} is not in stack ${stack}: add it.`,
        );
      },
    ],
    "aws:budgets/budget:Budget": [
      ({ props: { notifications } }) =>
        !items(notifications).some(
          ({ subscriberEmailAddresses: addresses, subscriberSnsTopicArns: topics }) =>
            items(addresses).length + items(topics).length > 0,
        ) && "no notification has a subscriber, so nobody is told: add an address or a topic.",
    ],
    "aws:costexplorer/anomalySubscription:AnomalySubscription": [
      ({ props: { subscribers } }) =>
        items(subscribers).length === 0 &&
        "subscribers is empty, so nobody is told: add an address or a topic.",
    ],
  },
});
