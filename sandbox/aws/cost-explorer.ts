import type { costexplorer } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { at, isRecord, list } from "../values.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const monitorToken = "aws:costexplorer/anomalyMonitor:AnomalyMonitor";
const code = "ValidationException";

/**
 * Of those that watch by service an account has one; AWS makes it in accounts that look at Cost Explorer, which this one has not done:
 * https://docs.aws.amazon.com/cost-management/latest/userguide/getting-started-ad.html
 */
const monitor = refined<costexplorer.AnomalyMonitorArgs, costexplorer.AnomalyMonitorState>(monitorToken, {
  scope: "global",
  id: ({ accountId, hex }) => `arn:aws:ce::${accountId}:anomalymonitor/${uuidOf(hex(32))}`,
  outputs: ({ id }) => ({ arn: id }),
  keys: (state) => [state.arn],
  rules: [
    {
      when: ({ inputs, account, before }) =>
        before === undefined &&
        inputs.monitorDimension === "SERVICE" &&
        account.all(monitorToken).some(({ state }) => state.monitorDimension === "SERVICE"),
      code,
      says: "Limit exceeded on dimensional spend monitor creation",
    },
    {
      when: ({ inputs }) => inputs.monitorType === "DIMENSIONAL" && inputs.monitorDimension === undefined,
      code,
      says: "If Monitor Type is DIMENSIONAL, dimension attrribute is required",
    },
    {
      when: ({ inputs }) => inputs.monitorType === "CUSTOM" && inputs.monitorSpecification === undefined,
      code,
      says: "If Monitor Type is CUSTOM, specification attrribute is required",
    },
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** How often each kind of subscriber is told: https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_AnomalySubscription.html */
const tellers = [
  { type: "EMAIL", immediately: false, says: "Immediate frequency only supports SNS Topic subscriptions" },
  { type: "SNS", immediately: true, says: "Daily or weekly frequencies only support Email subscriptions" },
] as const;

const subscription = refined<costexplorer.AnomalySubscriptionArgs, costexplorer.AnomalySubscriptionState>(
  "aws:costexplorer/anomalySubscription:AnomalySubscription",
  {
    scope: "global",
    references: {
      "monitorArnLists[]": {
        to: monitorToken,
        missing: { code: "UnknownMonitorException", message: "Monitor {value} not found." },
        holds: false,
      },
      "subscribers[].address": {
        to: "aws:sns/topic:Topic",
        missing: { code, message: "SNS topic {value} does not exist." },
        foreign: /@/,
        anyRegion: true,
        anyAccount: true,
        holds: false,
      },
    },
    id: ({ accountId, hex }) => `arn:aws:ce::${accountId}:anomalysubscription/${uuidOf(hex(32))}`,
    outputs: ({ id, accountId }) => ({ accountId, arn: id }),
    keys: (state) => [state.arn],
    rules: [
      {
        when: ({ inputs }) => inputs.thresholdExpression === undefined,
        code,
        says: "Threshold and ThresholdExpression cannot both be null",
      },
      ...tellers.map(({ type, immediately, says }) => ({
        when: ({
          inputs,
        }: {
          readonly inputs: { readonly frequency: string; readonly subscribers: unknown };
        }) =>
          (inputs.frequency === "IMMEDIATE") !== immediately &&
          list(inputs.subscribers).some((one) => at(one, "type") === type),
        code,
        says,
      })),
    ],
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

const day = 24 * 60 * 60 * 1000;

/** Whether AWS has found a tag on something that it has billed: within a day, says https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html */
function isKnown(account: AccountView, tagKey: string): boolean {
  return [...account.everything()].some(
    ({ state, created }) =>
      isRecord(state.tagsAll) && tagKey in state.tagsAll && Date.now() - Date.parse(created ?? "") >= day,
  );
}

/** A tag that bills are told apart by. */
const costAllocationTag = refined<costexplorer.CostAllocationTagArgs, costexplorer.CostAllocationTagState>(
  "aws:costexplorer/costAllocationTag:CostAllocationTag",
  {
    scope: "global",
    id: ({ inputs }) => inputs.tagKey,
    outputs: ({ inputs }) => ({ type: inputs.tagKey.startsWith("aws:") ? "AWSGenerated" : "UserDefined" }),
    keys: () => [],
    rules: [
      {
        when: ({ inputs: { tagKey }, account }) => !tagKey.startsWith("aws:") && !isKnown(account, tagKey),
        code,
        says: ({ inputs }) => `Failed to update Cost Allocation Tag: Tag keys not found: ${inputs.tagKey}`,
      },
    ],
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** What is spent without being expected. */
export const costWatch: readonly AnyBehaviour[] = [monitor, subscription, costAllocationTag];
