import { defineStack } from "../../kernel/define.ts";
import { Undecided } from "../../kernel/findings.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { has } from "../../kernel/read.ts";
import type { Direction } from "../../reading/firewall.ts";
import { ruleTypes } from "../../reading/security-groups.ts";

/** Names of the resources that are rules of the group in one direction. */
function rulesOf(group: Node, graph: Graph, direction: Direction): readonly string[] {
  const older = graph.linked(group, ruleTypes.either, "securityGroupId");
  const newer = graph.linked(group, ruleTypes[direction], "securityGroupId");
  const found = [
    ...older.nodes.filter(({ props }) => props.type === direction).map(({ name }) => name),
    ...newer.nodes.map(({ name }) => name),
  ];
  if (found.length > 0 && !(older.exact && newer.exact)) throw new Undecided("securityGroupId");
  return found;
}

/** `hasInline` tells whether the group itself says which rules it has, if only that it has none. */
function judge(group: Node, graph: Graph, hasInline: (direction: Direction) => boolean): Findings {
  return (["ingress", "egress"] as const).filter(hasInline).map((direction) => {
    const rules = rulesOf(group, graph, direction);
    return (
      rules.length > 0 &&
      `${direction} stands in the group and in ${rules.join(", ")}: keep one of the two, or each update deletes what the other made.`
    );
  });
}

export const sgNoMixedRuleManagement = defineStack({
  name: "sg-no-mixed-rule-management",
  description: "The rules of a security group are written in one place.",
  severity: "medium",
  remediation:
    "Move the rules out of the group into aws.vpc.SecurityGroupIngressRule and SecurityGroupEgressRule.",
  checks: {
    "aws:ec2/securityGroup:SecurityGroup": [
      (group, graph) => judge(group, graph, (direction) => has(group.props, direction)),
    ],
    // This resource takes out every rule of the default group that it does not name.
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [(group, graph) => judge(group, graph, () => true)],
  },
});
