import type { budgets } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { toServiceRole } from "./iam/references.ts";
import { refined, taken } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const budgetToken = "aws:budgets/budget:Budget";

/** Whom one notification may reach: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html */
const subscribers = { topics: 1, addresses: 10 } as const;

/** When the period begins in which something was made, as the provider writes it: `2026-10-01_00:00` for a quarter. */
function startOf(timeUnit: string, created: string): string {
  const [year = "", month = "", day = ""] = created.slice(0, 10).split("-");
  const quarter = String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, "0");
  const starts: Readonly<Record<string, string>> = {
    DAILY: `${month}-${day}`,
    MONTHLY: `${month}-01`,
    QUARTERLY: `${quarter}-01`,
  };
  return `${year}-${starts[timeUnit] ?? "01-01"}_00:00`;
}

/** Codes: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudget.html#API_budgets_CreateBudget_Errors */
const budget = refined<budgets.BudgetArgs, budgets.BudgetState>(budgetToken, {
  autoname: { property: "name", max: 100 },
  id: ({ inputs, name, accountId }) => `${inputs.accountId ?? accountId}:${inputs.name ?? name}`,
  outputs: ({ inputs, accountId, created }) => ({
    accountId: inputs.accountId ?? accountId,
    timePeriodStart: inputs.timePeriodStart ?? startOf(inputs.timeUnit, created),
  }),
  keys: (state) => [state.arn, state.name],
  rules: [
    taken(budgetToken, ({ name }) => name, {
      code: "DuplicateRecordException",
      says: ({ inputs }) => `Error creating budget: ${inputs.name ?? ""} - the budget already exists.`,
    }),
    {
      when: ({ inputs }) =>
        (inputs.notifications ?? []).some(
          ({ subscriberEmailAddresses = [], subscriberSnsTopicArns = [] }) =>
            subscriberEmailAddresses.length > subscribers.addresses ||
            subscriberSnsTopicArns.length > subscribers.topics,
        ),
      code: "CreationLimitExceededException",
      says: "You've exceeded the notification or subscriber limit.",
    },
    {
      when: ({ inputs: { timePeriodStart, timePeriodEnd } }) =>
        timePeriodStart !== undefined && timePeriodEnd !== undefined && timePeriodEnd <= timePeriodStart,
      code: "InvalidParameterException",
      says: "The start date of a budget must come before its end date.",
    },
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_CreateBudgetAction.html */
const action = refined<budgets.BudgetActionArgs, budgets.BudgetActionState>(
  "aws:budgets/budgetAction:BudgetAction",
  {
    references: {
      budgetName: {
        to: budgetToken,
        missing: {
          code: "NotFoundException",
          message: "Unable to get budget: {value} - the budget doesn't exist.",
        },
        // Its actions go with a budget that is deleted.
        holds: false,
      },
      executionRoleArn: toServiceRole("NotFoundException", "The role {value} does not exist."),
    },
    id: ({ inputs, accountId, hex }) =>
      [inputs.accountId ?? accountId, uuidOf(hex(32)), inputs.budgetName].join(":"),
    outputs: ({ id, inputs }) => {
      const [accountId = "", actionId = ""] = id.split(":");
      const arn = `arn:aws:budgets::${accountId}:budget/${inputs.budgetName}/action/${actionId}`;
      return { accountId, actionId, arn, status: "STANDBY" };
    },
    keys: (state) => [state.arn],
    seconds: { create: 10, update: 10, delete: 5 },
  },
);

/** What may be spent, and what happens when it is. */
export const spending: readonly AnyBehaviour[] = [budget, action];
