import { defineStack } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { isWorld } from "../../reading/cidr.ts";
import { directedRuleOpenings, inlineOpenings, portsOf, ruleOpenings } from "../../reading/firewall.ts";
import type { Opening } from "../../reading/firewall.ts";

const balancers = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"];
const firewalls = /:(?:Default)?SecurityGroup(?:(?:Ingress|Egress)?Rule)?$/;

/** Whether load balancers use the group, and nothing else does. Rules and other groups' rules name the group, they do not use it. */
function belongsToBalancer(group: Node, graph: Graph): boolean {
  const users = graph.referrers(group).filter(({ type }) => !firewalls.test(type));
  return users.length > 0 && users.every(({ type }) => balancers.includes(type));
}

function judge(openings: readonly Opening[], groups: readonly Node[], graph: Graph): Findings {
  const isBalancers = groups.length > 0 && groups.every((group) => belongsToBalancer(group, graph));
  return openings.map((opening) => {
    const cidr = opening.cidrs.find(isWorld);
    const isWeb = opening.from === opening.to && (opening.from === 80 || opening.from === 443);
    return (
      cidr !== undefined &&
      !(isBalancers && isWeb) &&
      `${portsOf(opening)} is open to ${cidr}: only ports 80 and 443 of a load balancer's own group may be.`
    );
  });
}

export const sgPublicIngressOnlyOnLb = defineStack({
  name: "sg-public-ingress-only-on-lb",
  description: "Only load balancers are open to the world.",
  severity: "critical",
  controls: {
    fsbp: ["EC2.18"],
    cis: ["5.2", "5.3"],
    ckv: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_260", "CKV_AWS_277"],
  },
  remediation:
    "Let clients in by their security groups (openTo), and the world through CloudFront or a load balancer.",
  checks: {
    "aws:ec2/securityGroup:SecurityGroup": [
      (group, graph) => judge(inlineOpenings(group.props), [group], graph),
    ],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
      (group, graph) => judge(inlineOpenings(group.props), [], graph),
    ],
    "aws:ec2/securityGroupRule:SecurityGroupRule": [
      (rule, graph) => {
        const group = graph.targets(rule, "securityGroupId", "aws:ec2/securityGroup:SecurityGroup");
        return judge(ruleOpenings(rule.props), group.nodes, graph);
      },
    ],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
      (rule, graph) => {
        const group = graph.targets(rule, "securityGroupId", "aws:ec2/securityGroup:SecurityGroup");
        return judge(directedRuleOpenings(rule.props), group.nodes, graph);
      },
    ],
  },
});
