import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { planAlarms } from "./alarm-plan.ts";
import type { AlarmPlan, Subject } from "./alarm-plan.ts";
import type { AlarmSettings } from "./settings.ts";
import type { Watched } from "./watched.ts";

/** Where the metrics of a kind of resource are found. */
const metricsOf = {
  database: { namespace: "AWS/RDS", dimension: "DBInstanceIdentifier" },
  cache: { namespace: "AWS/ElastiCache", dimension: "CacheClusterId" },
  nat: { namespace: "AWS/NATGateway", dimension: "NatGatewayId" },
} as const satisfies Readonly<Record<Subject["kind"], { namespace: string; dimension: string }>>;

/** What is watched, when it is too much, and where that is told. */
export interface AlarmsArgs {
  readonly watched: Watched;
  readonly thresholds: AlarmSettings;
  readonly topicArn: pulumi.Input<string>;
}

/** Makes every alarm of the plan, each telling the topic when it rings and when it is over. About $0.10 a month each. */
export function createAlarms(
  name: string,
  { watched, thresholds, topicArn }: AlarmsArgs,
  opts: pulumi.CustomResourceOptions,
): readonly aws.cloudwatch.MetricAlarm[] {
  const plans = planAlarms({
    thresholds,
    databaseInstances: watched.database.instanceIds.length,
    databaseCapacity: watched.database.capacity,
    storageGb: watched.database.storageGb,
    cacheNodes: watched.cache.nodeIds.length,
    natGateways: watched.network.natGatewayCount,
  });
  return plans.map(
    (plan) =>
      new aws.cloudwatch.MetricAlarm(
        `${name}-${plan.key}`,
        {
          alarmDescription: plan.description,
          ...measurement(plan, watched),
          comparisonOperator: plan.comparison,
          threshold: plan.threshold,
          evaluationPeriods: plan.evaluationPeriods,
          // No traffic, no replica, no eviction: no data is no news.
          treatMissingData: "notBreaching",
          alarmActions: [topicArn],
          okActions: [topicArn],
        },
        opts,
      ),
  );
}

/** The metric or the query an alarm looks at. */
function measurement({ measure, period }: AlarmPlan, watched: Watched): aws.cloudwatch.MetricAlarmArgs {
  if ("query" in measure) {
    return { metricQueries: [{ id: "all", expression: measure.query, period, returnData: true }] };
  }
  const { namespace, dimension } = metricsOf[measure.subject.kind];
  return {
    namespace,
    metricName: measure.metric,
    statistic: measure.statistic,
    dimensions: { [dimension]: identifierOf(measure.subject, watched) },
    period,
  };
}

function identifierOf({ kind, index }: Subject, watched: Watched): pulumi.Output<string> {
  const known = {
    database: () => watched.database.instanceIds[index],
    cache: () => watched.cache.nodeIds[index],
    nat: () => watched.network.natGatewayIds.apply((ids) => found(ids[index], kind, index)),
  };
  return pulumi.output(found(known[kind](), kind, index));
}

function found<T>(identifier: T | undefined, kind: string, index: number): T {
  if (identifier === undefined) throw new RangeError(`${kind} ${index + 1} is watched but does not exist`);
  return identifier;
}
