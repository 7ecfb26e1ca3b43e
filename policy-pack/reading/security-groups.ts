import { Undecided } from "../kernel/findings.ts";
import type { Graph, Node } from "../kernel/graph.ts";
import type { Props } from "../kernel/tokens.ts";
import { directedRuleOpenings, inlineOpenings, ruleOpenings } from "./firewall.ts";
import type { Direction, Opening } from "./firewall.ts";

/** A security group of the stack. */
export type Group = Node<Props<"aws:ec2/securityGroup:SecurityGroup">>;

/** Resources that are one rule of a group each: two kinds by direction, and the older one that says its own. */
export const ruleTypes = {
  ingress: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  egress: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  either: "aws:ec2/securityGroupRule:SecurityGroupRule",
} as const;

/** An opening, and the group it is in. */
export interface GroupOpening extends Opening {
  readonly group: string;
}

/**
 * What a group lets through in one direction, wherever its rules are written.
 *
 * @throws Undecided while it is only possible that a rule is this group's
 */
export function openingsOf(
  group: Group,
  graph: Graph,
  direction: Direction = "ingress",
): readonly GroupOpening[] {
  const older = graph.linked(group, ruleTypes.either, "securityGroupId");
  const newer = graph.linked(group, ruleTypes[direction], "securityGroupId");
  const openings = [
    ...older.nodes.flatMap(({ props }) => ruleOpenings(props, direction)),
    ...newer.nodes.flatMap(({ props }) => directedRuleOpenings(props)),
  ];
  if (openings.length > 0 && !(older.exact && newer.exact)) throw new Undecided("securityGroupId");
  return [...inlineOpenings(group.props, direction), ...openings].map((opening) => ({
    ...opening,
    group: group.name,
  }));
}

/**
 * The groups of the stack that a resource names.
 *
 * @throws Undecided while it is only possible that they are meant
 */
export function groupsOf(node: Node, graph: Graph, property: string): readonly Group[] {
  const { nodes, exact } = graph.targets(node, property, "aws:ec2/securityGroup:SecurityGroup");
  if (!exact) throw new Undecided(property);
  return nodes;
}
