import type { cloudwatch } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { text } from "../values.ts";
import type { AnyBehaviour, Plain, Reference } from "./behaviour.ts";
import { roleOf, trusts } from "./iam/grants.ts";
import { mayCall } from "./lambda/callers.ts";
import { functionToken } from "./lambda/references.ts";
import { refined } from "./specification/refined.ts";
import type { Request, RulesFor } from "./specification/refined.ts";

const subscriptionToken = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const invalid = "InvalidParameterException";

/** Of one log group, not to be raised: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const quotas = { metricFilters: 100, subscriptionFilters: 2 } as const;

/** A filter goes with its group. */
const toGroup: Reference = {
  to: "aws:cloudwatch/logGroup:LogGroup",
  missing: { code: "ResourceNotFoundException", message: "The specified log group does not exist." },
  holds: false,
};

/**
 * Patterns on JSON and on fields are closed, quotes come in pairs, and a colon stands inside them:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function isPattern(pattern: string): boolean {
  const bare = pattern.trim().replaceAll(/\\.|%[^%]*%/g, "");
  if (bare.split('"').length % 2 === 0) return false;
  if (bare.startsWith("{")) return bare.endsWith("}");
  if (bare.startsWith("[")) return bare.endsWith("]");
  return !bare.replaceAll(/"[^"]*"/g, "").includes(":");
}

const metricFilterToken = "aws:cloudwatch/logMetricFilter:LogMetricFilter";

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutMetricFilter.html */
const metricFilter = refined<cloudwatch.LogMetricFilterArgs, cloudwatch.LogMetricFilterState>(
  metricFilterToken,
  {
    references: { logGroupName: toGroup },
    id: ({ inputs, name }) => inputs.name ?? name,
    keys: () => [],
    rules: [
      {
        when: ({ inputs, account, region, before }) =>
          before === undefined &&
          countOf(account, metricFilterToken, region, "logGroupName", inputs.logGroupName) >=
            quotas.metricFilters,
        code: "LimitExceededException",
        says: "Resource limit exceeded.",
      },
      {
        when: ({ inputs }) => !isPattern(inputs.pattern),
        code: invalid,
        says: "Invalid metric filter pattern",
      },
      {
        when: ({ inputs: { metricTransformation } }) =>
          metricTransformation.defaultValue !== undefined && metricTransformation.dimensions !== undefined,
        code: invalid,
        says: "Invalid metric transformation: dimensions and default value are mutually exclusive properties.",
      },
    ],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

function countOf(
  account: AccountView,
  token: string,
  region: string,
  property: string,
  group: unknown,
): number {
  return account.all(token, region).filter(({ state }) => state[property] === group).length;
}

type Asked = Request<Plain<cloudwatch.LogSubscriptionFilterArgs>>;

const vendorOf = ({ inputs }: Asked): string => inputs.destinationArn.split(":")[2] ?? "";
const isStream = (asked: Asked): boolean => ["kinesis", "firehose"].includes(vendorOf(asked));

/** CloudWatch Logs sends a message on trial, as the role or by the function's policy. */
function reaches(asked: Asked): boolean {
  const { account, inputs } = asked;
  const role = roleOf(account, inputs.roleArn);
  const exists = account.named(inputs.destinationArn).length > 0;
  return (
    exists &&
    (role === undefined ||
      trusts(role, "logs.amazonaws.com") ||
      trusts(role, `logs.${asked.region}.amazonaws.com`))
  );
}

function isCallable({ account, inputs, region }: Asked): boolean {
  const exists =
    account.find(functionToken, inputs.destinationArn.replace(/:[^:]*$/, "")) ??
    account.find(functionToken, inputs.destinationArn);
  return (
    exists !== undefined &&
    ["logs.amazonaws.com", `logs.${region}.amazonaws.com`].some((service) =>
      mayCall(account, service, text(exists.state.arn) ?? ""),
    )
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html */
const subscriptionRules: RulesFor<cloudwatch.LogSubscriptionFilterArgs> = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined &&
      countOf(account, subscriptionToken, region, "logGroup", inputs.logGroup) >= quotas.subscriptionFilters,
    code: "LimitExceededException",
    says: "Resource limit exceeded.",
  },
  {
    when: (asked) => isStream(asked) && asked.inputs.roleArn === undefined,
    code: invalid,
    says: (asked) => `destinationArn for vendor ${vendorOf(asked)} cannot be used without roleArn`,
  },
  {
    when: (asked) => vendorOf(asked) === "lambda" && asked.inputs.roleArn !== undefined,
    code: invalid,
    says: "destinationArn for vendor lambda cannot be used with roleArn",
  },
  {
    when: (asked) => vendorOf(asked) === "lambda" && !isCallable(asked),
    code: invalid,
    says: "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
  },
  {
    when: (asked) => isStream(asked) && !reaches(asked),
    code: invalid,
    says: (asked) =>
      vendorOf(asked) === "kinesis"
        ? "Could not deliver test message to specified Kinesis stream. Check if the given kinesis stream is in ACTIVE state."
        : "Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.",
  },
];

/** What goes on to somewhere else. */
const subscription = refined<cloudwatch.LogSubscriptionFilterArgs, cloudwatch.LogSubscriptionFilterState>(
  subscriptionToken,
  {
    references: { logGroup: toGroup, destinationArn: { ...toGroup, foreign: /^/ } },
    id: ({ hex }) => `cwlsf-${Number.parseInt(hex(8, "filter"), 16)}`,
    keys: () => [],
    rules: subscriptionRules,
    seconds: { create: 3, update: 3, delete: 1 },
  },
);

/** What is picked out of logs. */
export const logFilters: readonly AnyBehaviour[] = [metricFilter, subscription];
