import type * as aws from "@pulumi/aws";

/** A rule group written and kept up to date by AWS. */
interface ManagedRuleGroup {
  /** Its name at AWS. */
  readonly name: string;
  /** WAF capacity units it takes. */
  readonly capacity: number;
}

/**
 * AWS managed rule groups we know, with their capacity ("AWS Managed Rules rule groups list", AWS WAF developer guide).
 * The required three are always on.
 */
export const managedRuleGroups = {
  required: {
    ipReputation: { name: "AWSManagedRulesAmazonIpReputationList", capacity: 25 },
    common: { name: "AWSManagedRulesCommonRuleSet", capacity: 700 },
    knownBadInputs: { name: "AWSManagedRulesKnownBadInputsRuleSet", capacity: 200 },
  },
  optional: {
    anonymousIp: { name: "AWSManagedRulesAnonymousIpList", capacity: 50 },
    sqlInjection: { name: "AWSManagedRulesSQLiRuleSet", capacity: 200 },
    linux: { name: "AWSManagedRulesLinuxRuleSet", capacity: 200 },
    unix: { name: "AWSManagedRulesUnixRuleSet", capacity: 100 },
    adminProtection: { name: "AWSManagedRulesAdminProtectionRuleSet", capacity: 100 },
    php: { name: "AWSManagedRulesPHPRuleSet", capacity: 100 },
    wordPress: { name: "AWSManagedRulesWordPressRuleSet", capacity: 100 },
  },
} as const satisfies Readonly<Record<"required" | "optional", Readonly<Record<string, ManagedRuleGroup>>>>;

/** A managed rule group that a setting may add. */
export type OptionalRuleGroup = keyof typeof managedRuleGroups.optional;

/** What decides the rules of the firewall. */
export interface FirewallRuleSettings {
  /** `block` refuses, `count` only records. */
  readonly mode: "block" | "count";
  /** Requests one address may make in five minutes. */
  readonly requestsPerFiveMinutes: number;
  /** Managed rule groups beside the required ones. */
  readonly optionalRuleGroups: readonly OptionalRuleGroup[];
  /** Countries refused, as two capital letters. */
  readonly blockedCountries: readonly string[];
}

/** Capacity of a rate-based and of a geographic rule (AWS WAF developer guide, "Rule statements list"). */
const rateRuleCapacity = 2;
const geoRuleCapacity = 1;

/** Managed groups in the order they are evaluated: cheap address lists first. */
function chosenGroups({ optionalRuleGroups }: FirewallRuleSettings): readonly ManagedRuleGroup[] {
  const optional = [...new Set(optionalRuleGroups)].map((key) => managedRuleGroups.optional[key]);
  return [...Object.values(managedRuleGroups.required), ...optional];
}

/** WAF capacity units the rules take together. */
export function webAclCapacity(settings: FirewallRuleSettings): number {
  const groups = chosenGroups(settings).reduce((sum, { capacity }) => sum + capacity, 0);
  return groups + rateRuleCapacity + (settings.blockedCountries.length > 0 ? geoRuleCapacity : 0);
}

/** Records a rule's matches under its own name, with samples of the requests. */
export function visibility(metricName: string): aws.types.input.wafv2.WebAclVisibilityConfig {
  return { metricName, cloudwatchMetricsEnabled: true, sampledRequestsEnabled: true };
}

type Rule = aws.types.input.wafv2.WebAclRule;

/**
 * The firewall's rules in order of evaluation: countries, then the request rate, then the managed groups. What is cheap
 * to judge comes first, and a flood never reaches the expensive rules.
 */
export function planFirewallRules(settings: FirewallRuleSettings): readonly Rule[] {
  const action = settings.mode === "block" ? { block: {} } : { count: {} };
  const own: (Pick<Rule, "action" | "statement"> & { readonly name: string })[] = [
    {
      name: "request-rate",
      action,
      statement: {
        rateBasedStatement: {
          aggregateKeyType: "IP",
          evaluationWindowSec: 300,
          limit: settings.requestsPerFiveMinutes,
        },
      },
    },
  ];
  if (settings.blockedCountries.length > 0) {
    own.unshift({
      name: "blocked-countries",
      action,
      statement: { geoMatchStatement: { countryCodes: [...settings.blockedCountries] } },
    });
  }

  const overrideAction = settings.mode === "block" ? { none: {} } : { count: {} };
  const managed = chosenGroups(settings).map(({ name }) => ({
    name,
    overrideAction,
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
  }));

  return [...own, ...managed].map((rule, priority) => ({
    ...rule,
    priority,
    visibilityConfig: visibility(rule.name),
  }));
}
