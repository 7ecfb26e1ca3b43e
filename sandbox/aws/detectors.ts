import type { guardduty, inspector2, macie2, securityhub } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { onePerRegion, refined } from "./specification/refined.ts";

const detectorToken = "aws:guardduty/detector:Detector";
const hubToken = "aws:securityhub/account:Account";
const macieToken = "aws:macie2/account:Account";

/** One per region: https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html */
const detector = refined<guardduty.DetectorArgs, guardduty.DetectorState>(detectorToken, {
  id: ({ hex }) => hex(32),
  outputs: ({ id, accountId, region }) => ({
    accountId,
    arn: `arn:aws:guardduty:${region}:${accountId}:detector/${id}`,
  }),
  rules: [
    onePerRegion(detectorToken, {
      code: "BadRequestException",
      says: "The request is rejected because a detector already exists for the current account.",
    }),
  ],
  seconds: { create: 4, update: 2, delete: 3 },
});

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_EnableSecurityHub.html */
const hub = refined<securityhub.AccountArgs, securityhub.AccountState>(hubToken, {
  id: ({ accountId }) => accountId,
  outputs: ({ accountId, region }) => ({ arn: `arn:aws:securityhub:${region}:${accountId}:hub/default` }),
  rules: [
    onePerRegion(hubToken, {
      code: "ResourceConflictException",
      says: "Account is already subscribed to Security Hub",
    }),
  ],
  seconds: { create: 5, update: 2, delete: 5 },
});

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchEnableStandards.html */
const standards = refined<securityhub.StandardsSubscriptionArgs, securityhub.StandardsSubscriptionState>(
  "aws:securityhub/standardsSubscription:StandardsSubscription",
  {
    id: ({ inputs, accountId, region }) =>
      `arn:aws:securityhub:${region}:${accountId}:subscription/${inputs.standardsArn.split(/:(?:standards|ruleset)\//)[1] ?? ""}`,
    rules: [
      {
        when: ({ account, region }) => account.all(hubToken, region).length === 0,
        code: "InvalidAccessException",
        says: ({ accountId }) => `Account ${accountId} is not subscribed to AWS Security Hub`,
      },
    ],
    seconds: { create: 15, update: 2, delete: 25 },
  },
);

/** https://docs.aws.amazon.com/macie/latest/APIReference/macie.html */
const macie = refined<macie2.AccountArgs, macie2.AccountState>(macieToken, {
  id: ({ accountId }) => accountId,
  rules: [
    onePerRegion(macieToken, {
      code: "ConflictException",
      says: "Macie has already been enabled",
    }),
  ],
  seconds: { create: 3, update: 2, delete: 3 },
});

/** https://docs.aws.amazon.com/inspector/v2/APIReference/API_Enable.html. The id is the provider's: accounts, then kinds, each in order. */
const inspector = refined<inspector2.EnablerArgs, inspector2.EnablerState>("aws:inspector2/enabler:Enabler", {
  id: ({ inputs }) =>
    [inputs.accountIds, inputs.resourceTypes].map((names) => [...names].sort().join(":")).join("-"),
  keys: () => [],
  seconds: { create: 60, update: 30, delete: 60 },
});

/** Services that watch an account, of which a region has one each. */
export const detectors: readonly AnyBehaviour[] = [detector, hub, standards, macie, inspector];
