import type { cloudwatch } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import { at, isRecord, list, text } from "../values.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { keepNamed } from "./cloudwatch-rules.ts";

const alarmToken = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** The longest an alarm may look back, in seconds, by its period: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
const longest = { hourly: [604_800, "seven days"], shorter: [86_400, "a day"] } as const;

interface Inputs {
  readonly metricName?: string | undefined;
  readonly namespace?: string | undefined;
  readonly statistic?: unknown;
  readonly extendedStatistic?: string | undefined;
  readonly metricQueries?: readonly unknown[] | undefined;
  readonly period?: number | undefined;
  readonly evaluationPeriods?: number | undefined;
  readonly datapointsToAlarm?: number | undefined;
  readonly threshold?: number | undefined;
  readonly thresholdMetricId?: string | undefined;
}

function invalid(message: string): Refusal {
  return new Refusal("ValidationError", message);
}

/** An alarm on one metric says which, over what period and by which statistic. */
function refuseMetric(inputs: Inputs): void {
  const { metricName, namespace, period, statistic, extendedStatistic } = inputs;
  if (metricName === undefined) throw invalid("Either MetricName or Metrics must be specified");
  if (statistic === undefined && extendedStatistic === undefined) {
    throw new Refusal(
      "InvalidParameterCombination",
      "One of `statistic` or `extended_statistic` must be set for a cloudwatch metric alarm",
    );
  }
  const absent = Object.entries({ Namespace: namespace, Period: period }).find(
    ([, value]) => value === undefined,
  );
  if (absent !== undefined) {
    throw new Refusal(
      "InvalidParameterCombination",
      `The parameter ${absent[0]} is required with MetricName`,
    );
  }
}

/**
 * Queries have ids of their own, one result, and a period where they ask many metrics at once. An alarm on anomalies returns the metric
 * beside the band: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
function refuseQueries(queries: readonly unknown[], thresholdMetricId: string | undefined): void {
  const ids = queries.map((query) => at(query, "id"));
  if (new Set(ids).size < ids.length)
    throw invalid("The values for parameter id in the metrics list must be unique.");
  const results = queries.filter((query) => at(query, "returnData") === true).length;
  if (results !== 1 && !(results === 2 && thresholdMetricId !== undefined)) {
    throw invalid("Exactly one element of the metrics list should return data.");
  }
  for (const query of queries) refuseQuery(query);
}

function refuseQuery(query: unknown): void {
  const expression = text(at(query, "expression"));
  if ((expression === undefined) === (at(query, "metric") === undefined)) {
    throw invalid("Each element of the metrics list needs either an expression or a metric, and not both.");
  }
  if (/^\s*SELECT\b/i.test(expression ?? "") && at(query, "period") === undefined) {
    throw invalid("Period must not be null");
  }
}

function refuseEvaluation(inputs: Inputs): void {
  const { evaluationPeriods = 1, datapointsToAlarm = 1, threshold, thresholdMetricId } = inputs;
  if (datapointsToAlarm > evaluationPeriods) {
    throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
  }
  if (threshold === undefined && thresholdMetricId === undefined) {
    throw invalid("Either Threshold or ThresholdMetricId must be specified");
  }
}

/** The longest period that the alarm or one of its queries has, in seconds. */
function periodOf({ period, metricQueries }: Inputs): number {
  const ofQueries = list(metricQueries).flatMap((query) => [at(query, "period"), at(query, "metric.period")]);
  return Math.max(...[period, ...ofQueries].map((one) => (typeof one === "number" ? one : 0)));
}

function refuseSpan(inputs: Inputs): void {
  const period = periodOf(inputs);
  const [limit, span] = period >= 3600 ? longest.hourly : longest.shorter;
  if (period * (inputs.evaluationPeriods ?? 1) <= limit) return;
  throw invalid(
    `Metrics cannot be checked across more than ${span} (EvaluationPeriods * Period must be <= ${limit}).`,
  );
}

/**
 * Actions are of the alarm's region, and CloudWatch looks no further than that: a topic that is gone gets no message, and nobody
 * is told. Here that is a mistake like any other missing reference.
 */
function refuseAction(action: unknown, { account, region }: Context<unknown>): void {
  const arn = text(action) ?? "";
  const [, , service, of] = arn.split(":");
  if (of !== undefined && of !== "" && of !== region) {
    throw invalid(`Invalid region ${of} specified. Only ${region} is supported.`);
  }
  if (service !== "sns" || account.named(arn).length > 0) return;
  throw new Refusal("InvalidParameterValue", `The alarm action ${arn} names a topic that does not exist`);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html. A second alarm of a name replaces the first. */
const metricAlarm = behaviour<cloudwatch.MetricAlarmArgs, cloudwatch.MetricAlarmState>(alarmToken, {
  autoname: { property: "name", max: 255 },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${id}`,
    evaluateLowSampleCountPercentiles: "",
    name: id,
  }),
  refuses: (context) => {
    const { inputs } = context;
    const { alarmActions = [], okActions = [], insufficientDataActions = [] } = inputs;
    if (inputs.metricQueries === undefined) refuseMetric(inputs);
    else refuseQueries(inputs.metricQueries, inputs.thresholdMetricId);
    refuseEvaluation(inputs);
    refuseSpan(inputs);
    for (const action of [...alarmActions, ...okActions, ...insufficientDataActions]) {
      refuseAction(action, context);
    }
  },
  keeps: keepNamed,
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html */
function refuseBody(body: string): void {
  const parsed: unknown = JSON.parse(body);
  if (isRecord(parsed) && Array.isArray(parsed.widgets)) return;
  throw new Refusal(
    "InvalidParameterInput",
    'The dashboard body is invalid, there are 1 validation errors: [ { "message": "The field \\"widgets\\" must be an array" } ]',
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html */
const dashboard = behaviour<cloudwatch.DashboardArgs, cloudwatch.DashboardState>(
  "aws:cloudwatch/dashboard:Dashboard",
  {
    id: ({ inputs }) => inputs.dashboardName,
    outputs: ({ id, accountId }) => ({ dashboardArn: `arn:aws:cloudwatch::${accountId}:dashboard/${id}` }),
    keys: (state) => [state.dashboardArn],
    refuses: ({ inputs }) => {
      refuseBody(text(inputs.dashboardBody) ?? JSON.stringify(inputs.dashboardBody));
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** What watches metrics. */
export const alarms: readonly AnyBehaviour[] = [metricAlarm, dashboard];
