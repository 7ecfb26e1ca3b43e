import { cacheRules, databaseRules, loadBalancerRules, natRules } from "./alarm-rules.ts";
import type { Rule } from "./alarm-rules.ts";
import type { AlarmSettings } from "./settings.ts";
import type { WatchedDatabase } from "./watched.ts";

/** How the alarms' thresholds and their number are found: settings and plain facts, nothing a deployment decides. */
export interface AlarmFacts {
  readonly thresholds: AlarmSettings;
  readonly databaseInstances: number;
  readonly databaseCapacity: WatchedDatabase["capacity"];
  readonly storageGb: number;
  readonly cacheNodes: number;
  readonly natGateways: number;
}

/** The one resource an alarm is about, by kind and position; its name may not be known yet. */
export interface Subject {
  readonly kind: "database" | "cache" | "nat";
  /** Zero-based position among its kind. */
  readonly index: number;
}

/** A function over the measurements of one period. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "Sum";

/** One alarm, ready to be made. */
export interface AlarmPlan {
  /** Unique and stable: becomes part of the resource's name. */
  readonly key: string;
  /** What is wrong when it rings, for whoever is told. */
  readonly description: string;
  /** A metric of one resource, or a query over all resources of a kind in the account. */
  readonly measure:
    | { readonly subject: Subject; readonly metric: string; readonly statistic: Statistic }
    | { readonly query: string };
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number;
  /** Seconds a data point covers. */
  readonly period: number;
  /** Data points in a row that must be over the threshold. */
  readonly evaluationPeriods: number;
}

function perResource(kind: Subject["kind"], count: number, rules: readonly Rule[]): readonly AlarmPlan[] {
  return Array.from({ length: count }, (_, index) => index).flatMap((index) =>
    rules
      .filter(({ replicasOnly }) => replicasOnly !== true || index > 0)
      .map(({ what, metric, statistic, replicasOnly: _replicasOnly, ...rule }) => ({
        ...rule,
        key: `${kind}-${index + 1}-${what}`,
        measure: { subject: { kind, index }, metric, statistic },
      })),
  );
}

/** Every CloudWatch alarm of the platform. */
export function planAlarms(facts: AlarmFacts): readonly AlarmPlan[] {
  return [
    ...perResource("database", facts.databaseInstances, databaseRules(facts)),
    ...perResource("cache", facts.cacheNodes, cacheRules(facts)),
    ...perResource("nat", facts.natGateways, natRules),
    ...loadBalancerRules(facts),
  ];
}
