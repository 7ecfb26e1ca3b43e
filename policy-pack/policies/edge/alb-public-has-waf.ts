import { defineStack } from "../../kernel/define.ts";
import type { StackCheck } from "../../kernel/definition.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import type { Props } from "../../kernel/tokens.ts";
import { isWide } from "../../reading/cidr.ts";
import { partners } from "../../reading/relations.ts";
import { groupsOf, openingsOf } from "../../reading/security-groups.ts";

/** Whether only lists of addresses and other groups get in, such as CloudFront's, which has a firewall of its own. */
function isBehindList(balancer: Node, graph: Graph): boolean {
  const groups = groupsOf(balancer, graph, "securityGroups");
  const cidrs = groups.flatMap((group) => openingsOf(group, graph)).flatMap((opening) => opening.cidrs);
  return groups.length > 0 && !cidrs.some(isWide);
}

const judge: StackCheck<Props<"aws:lb/loadBalancer:LoadBalancer">, unknown> = (balancer, graph) => {
  const { internal, loadBalancerType: type = "application" } = balancer.props;
  if (internal === true || type !== "application") return undefined;
  const acls = partners(balancer, graph, ["aws:wafv2/webAclAssociation:WebAclAssociation"], "resourceArn");
  return (
    acls.length === 0 &&
    !isBehindList(balancer, graph) &&
    "the load balancer is public and no WebAclAssociation points to it: add one, or let in CloudFront's prefix list only."
  );
};

export const albPublicHasWaf = defineStack({
  name: "alb-public-has-waf",
  description: "Load balancers that the world reaches stand behind a web firewall.",
  severity: "high",
  controls: { fsbp: ["ELB.16"], ckv: ["CKV2_AWS_28"] },
  remediation: "Make a WebFirewall before a load balancer, and associate it.",
  checks: {
    "aws:lb/loadBalancer:LoadBalancer": [judge],
    "aws:alb/loadBalancer:LoadBalancer": [judge],
  },
});
