import type { AlarmFacts, AlarmPlan, Statistic } from "./alarm-plan.ts";

/** A rule that holds for each resource of a kind. */
export type Rule = Omit<AlarmPlan, "key" | "measure"> & {
  readonly what: string;
  readonly metric: string;
  readonly statistic: Statistic;
  /** Whether it is meant for the primary database too. */
  readonly replicasOnly?: boolean;
};

const fiveMinutes = { period: 60, evaluationPeriods: 5 } as const;
const fifteenMinutes = { period: 300, evaluationPeriods: 3 } as const;
const atOnce = { period: 300, evaluationPeriods: 1 } as const;
const above = { comparison: "GreaterThanThreshold" } as const;
const below = { comparison: "LessThanThreshold" } as const;

const bytesPerGib = 2 ** 30;

/** Alarms of each database instance. */
export function databaseRules({ thresholds, databaseCapacity, storageGb }: AlarmFacts): readonly Rule[] {
  const free = 1 - thresholds.memoryPercent / 100;
  const connections = (databaseCapacity.connections * thresholds.connectionPercent) / 100;
  return [
    {
      ...above,
      ...fiveMinutes,
      what: "cpu",
      metric: "CPUUtilization",
      statistic: "Average",
      threshold: thresholds.cpuPercent,
      description: `The database used more than ${thresholds.cpuPercent}% of its CPU for five minutes`,
    },
    {
      ...below,
      ...fiveMinutes,
      what: "memory",
      metric: "FreeableMemory",
      statistic: "Average",
      threshold: Math.round(databaseCapacity.memoryBytes * free),
      description: `The database used more than ${thresholds.memoryPercent}% of its memory for five minutes`,
    },
    {
      ...below,
      ...fifteenMinutes,
      what: "storage",
      metric: "FreeStorageSpace",
      statistic: "Minimum",
      threshold: Math.round((storageGb * bytesPerGib * thresholds.freeStoragePercent) / 100),
      description: `Less than ${thresholds.freeStoragePercent}% of the database's first storage was left for fifteen minutes`,
    },
    {
      ...above,
      ...fiveMinutes,
      what: "connections",
      metric: "DatabaseConnections",
      statistic: "Maximum",
      threshold: Math.floor(connections),
      description: `More than ${thresholds.connectionPercent}% of the database's connections were taken for five minutes`,
    },
    {
      ...above,
      ...fiveMinutes,
      what: "replica-lag",
      metric: "ReplicaLag",
      statistic: "Maximum",
      replicasOnly: true,
      threshold: thresholds.replicaLagSeconds,
      description: `A read replica was more than ${thresholds.replicaLagSeconds} seconds behind for five minutes`,
    },
  ];
}

/** Alarms of each node of the cache. */
export function cacheRules({ thresholds }: AlarmFacts): readonly Rule[] {
  return [
    {
      ...above,
      ...fiveMinutes,
      what: "cpu",
      metric: "EngineCPUUtilization",
      statistic: "Average",
      threshold: thresholds.cpuPercent,
      description: `The cache's engine used more than ${thresholds.cpuPercent}% of its CPU for five minutes`,
    },
    {
      ...above,
      ...fiveMinutes,
      what: "memory",
      metric: "DatabaseMemoryUsagePercentage",
      statistic: "Average",
      threshold: thresholds.memoryPercent,
      description: `The cache used more than ${thresholds.memoryPercent}% of its memory for five minutes`,
    },
    {
      ...above,
      ...fifteenMinutes,
      what: "evictions",
      metric: "Evictions",
      statistic: "Sum",
      threshold: 0,
      description: "The cache threw out live entries for want of memory, for fifteen minutes",
    },
    {
      ...above,
      ...fiveMinutes,
      what: "replication-lag",
      metric: "ReplicationLag",
      statistic: "Maximum",
      threshold: thresholds.replicaLagSeconds,
      description: `A replica of the cache was more than ${thresholds.replicaLagSeconds} seconds behind for five minutes`,
    },
  ];
}

/** Alarms of each NAT gateway (Amazon VPC user guide, "NAT gateway metrics and dimensions"). */
export const natRules: readonly Rule[] = [
  {
    ...above,
    ...atOnce,
    what: "ports",
    metric: "ErrorPortAllocation",
    statistic: "Sum",
    threshold: 0,
    description: "The NAT gateway had no port left for a connection: too many to one destination",
  },
  {
    ...above,
    ...fifteenMinutes,
    what: "drops",
    metric: "PacketsDropCount",
    statistic: "Sum",
    threshold: 100,
    description: "The NAT gateway dropped packets for fifteen minutes",
  },
];

/**
 * The cluster's own controller makes the load balancers, so their names are not known here: each alarm asks CloudWatch about
 * every one in the account (Amazon CloudWatch user guide, "Create an alarm based on a Metrics Insights query"). An account
 * holds one environment.
 */
export function loadBalancerRules({ thresholds }: AlarmFacts): readonly AlarmPlan[] {
  const balancers = 'SCHEMA("AWS/ApplicationELB", LoadBalancer)';
  const errors = thresholds.serverErrorsPerFiveMinutes;
  return [
    {
      ...above,
      ...atOnce,
      key: "balancer-target-errors",
      measure: { query: `SELECT SUM(HTTPCode_Target_5XX_Count) FROM ${balancers}` },
      threshold: errors,
      description: `Services answered more than ${errors} requests with status 5xx in five minutes`,
    },
    {
      ...above,
      ...atOnce,
      key: "balancer-errors",
      measure: { query: `SELECT SUM(HTTPCode_ELB_5XX_Count) FROM ${balancers}` },
      threshold: errors,
      description: `Load balancers answered more than ${errors} requests with status 5xx themselves in five minutes`,
    },
    {
      ...above,
      ...fiveMinutes,
      key: "balancer-latency",
      measure: { query: `SELECT AVG(TargetResponseTime) FROM ${balancers}` },
      threshold: thresholds.responseMilliseconds / 1000,
      description: `Services took longer than ${thresholds.responseMilliseconds} ms on average for five minutes`,
    },
    {
      ...above,
      ...fiveMinutes,
      key: "balancer-unhealthy",
      measure: {
        query: 'SELECT MAX(UnHealthyHostCount) FROM SCHEMA("AWS/ApplicationELB", LoadBalancer, TargetGroup)',
      },
      threshold: 0,
      description: "A load balancer had a target that fails its health check for five minutes",
    },
  ];
}
