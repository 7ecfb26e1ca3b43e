import { define } from "../../kernel/define.ts";
import { flag, list } from "../../kernel/params.ts";
import { groupOf, isMeasured, limitsRate, nameOf, onlyCounts, rulesOf } from "../../reading/web-acl.ts";

export const wafCoreRules = define({
  name: "waf-core-rules",
  description:
    "A web firewall knows the usual attacks, slows down who asks too much, and refuses what it finds.",
  severity: "medium",
  controls: { fsbp: ["WAF.10", "WAF.12"], ckv: ["CKV_AWS_175", "CKV_AWS_192"] },
  remediation: "Use the WebFirewall component, in the mode block.",
  params: {
    groups: list(
      [
        "AWSManagedRulesAmazonIpReputationList",
        "AWSManagedRulesCommonRuleSet",
        "AWSManagedRulesKnownBadInputsRuleSet",
      ],
      "Groups of rules, kept by AWS, that must be there.",
    ),
    countOnly: flag(false, "Whether rules may only count, as while their effect is watched."),
  },
  checks: {
    "aws:wafv2/webAcl:WebAcl": [
      (acl, { params }) => {
        const present = rulesOf(acl).map(groupOf);
        return params.groups
          .filter((group) => !present.includes(group))
          .map((group) => `no rule uses ${group}: add it as a managedRuleGroupStatement.`);
      },
      (acl) =>
        !rulesOf(acl).some(limitsRate) && "no rule limits the rate of requests: add a rateBasedStatement.",
      (acl, { params: { countOnly, groups } }) =>
        rulesOf(acl)
          .filter((rule) => limitsRate(rule) || groups.some((group) => group === groupOf(rule)))
          .filter((rule) => !countOnly && onlyCounts(rule))
          .map((rule) => `rule ${nameOf(rule)} only counts: let it block in this stack.`),
      (acl) =>
        rulesOf(acl)
          .filter((rule) => !isMeasured(rule))
          .map(
            (rule) =>
              `cloudwatchMetricsEnabled of rule ${nameOf(rule)} is not true: set it, or no alarm can see it.`,
          ),
      ({ visibilityConfig }) =>
        visibilityConfig?.cloudwatchMetricsEnabled !== true &&
        "visibilityConfig.cloudwatchMetricsEnabled is not true: set it, or no alarm can see the firewall.",
    ],
  },
});
