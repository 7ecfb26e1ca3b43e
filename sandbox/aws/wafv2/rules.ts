import { at, list } from "../../values.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";

/** How WAF points at a parameter that it does not take: https://docs.aws.amazon.com/waf/latest/APIReference/API_WAFInvalidParameterException.html */
export function wrong(
  reason: string,
  field: string,
  parameter: string,
): { readonly code: string; readonly says: string } {
  return {
    code: "WAFInvalidParameterException",
    says: `Error reason: ${reason}, field: ${field}, parameter: ${parameter}`,
  };
}

/** Groups decide themselves what they do, which a rule can only override: https://docs.aws.amazon.com/waf/latest/APIReference/API_Rule.html */
function isGroup(rule: unknown): boolean {
  const kinds = ["managedRuleGroupStatement", "ruleGroupReferenceStatement"];
  return kinds.some((kind) => at(rule, `statement.${kind}`) !== undefined);
}

const exactlyOne = "You have used none or multiple values for a field that requires exactly one value.";
const tooFew =
  "You haven't met a minimum requirement for a threshold setting. Examples include a rule group capacity setting that's too low and an OR statement with only one nested statement.";

/** Whether a rule combines statements by a word, but has one only. */
function combinesOne(word: string): (rule: unknown) => boolean {
  return (rule) => {
    const combined = at(rule, `statement.${word}.statements`);
    return combined !== undefined && list(combined).length < 2;
  };
}

const ruleRules: readonly Rule<unknown>[] = [
  {
    when: (rule) => (at(rule, "action") === undefined) === (at(rule, "overrideAction") === undefined),
    ...wrong(exactlyOne, "RULE", "Rule"),
  },
  {
    when: (rule) => isGroup(rule) && at(rule, "action") !== undefined,
    ...wrong("A reference in your rule statement is not valid.", "RULE", "Statement"),
  },
  { when: combinesOne("andStatement"), ...wrong(tooFew, "AND_STATEMENT", "AndStatement") },
  { when: combinesOne("orStatement"), ...wrong(tooFew, "OR_STATEMENT", "OrStatement") },
];

/** @throws Refusal for the first rule of a web ACL that says too much or too little of itself. */
export function refuseShapes(rules: unknown): void {
  for (const rule of list(rules)) refuseFirst(ruleRules, rule);
}
