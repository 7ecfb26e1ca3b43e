import { at, isRecord, list, text } from "../../values.ts";
import { pick } from "../references.ts";

/** Units of AWS's own groups: https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
export const groupCapacity: Readonly<Record<string, number>> = {
  AWSManagedRulesACFPRuleSet: 50,
  AWSManagedRulesATPRuleSet: 50,
  AWSManagedRulesAdminProtectionRuleSet: 100,
  AWSManagedRulesAmazonIpReputationList: 25,
  AWSManagedRulesAnonymousIpList: 50,
  AWSManagedRulesBotControlRuleSet: 50,
  AWSManagedRulesCommonRuleSet: 700,
  AWSManagedRulesKnownBadInputsRuleSet: 200,
  AWSManagedRulesLinuxRuleSet: 200,
  AWSManagedRulesPHPRuleSet: 100,
  AWSManagedRulesSQLiRuleSet: 200,
  AWSManagedRulesUnixRuleSet: 100,
  AWSManagedRulesWindowsRuleSet: 200,
  AWSManagedRulesWordPressRuleSet: 100,
};

/** Units of a statement beside those inside it: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-list.html */
const statementCapacity: Readonly<Record<string, number>> = {
  asnMatchStatement: 1,
  byteMatchStatement: 10,
  geoMatchStatement: 1,
  ipSetReferenceStatement: 1,
  labelMatchStatement: 1,
  rateBasedStatement: 2,
  regexMatchStatement: 3,
  regexPatternSetReferenceStatement: 25,
  sizeConstraintStatement: 1,
  sqliMatchStatement: 20,
  xssMatchStatement: 40,
};

function capacityOf(statement: unknown): number {
  if (!isRecord(statement)) return 0;
  const name = text(at(statement.managedRuleGroupStatement, "name"));
  const inside = Object.values(statement).flatMap((one) => [
    ...pick(one, "statements[]"),
    ...pick(one, "statement"),
    ...pick(one, "scopeDownStatement"),
  ]);
  const own = Object.entries(statement)
    .filter(([, given]) => given !== undefined)
    .map(([kind]) => statementCapacity[kind] ?? 0);
  return [groupCapacity[name ?? ""] ?? 0, ...own, ...inside.map(capacityOf)].reduce((a, b) => a + b, 0);
}

/** Web ACL capacity units that rules take together. */
export function capacityOfRules(rules: unknown): number {
  return list(rules).reduce<number>((sum, rule) => sum + capacityOf(at(rule, "statement")), 0);
}
