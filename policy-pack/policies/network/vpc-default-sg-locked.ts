import { defineStack } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { items } from "../../kernel/read.ts";
import { partners } from "../../reading/relations.ts";

function judge(vpc: Node, graph: Graph): Findings {
  const groups = partners(vpc, graph, ["aws:ec2/defaultSecurityGroup:DefaultSecurityGroup"], "vpcId");
  if (groups.length === 0)
    return "no DefaultSecurityGroup points to the VPC: add one without rules, or whatever names no group of its own can talk to all others.";
  return groups.flatMap(({ name, props }) =>
    (["ingress", "egress"] as const).map(
      (direction) =>
        items(props[direction]).length > 0 &&
        `the default security group ${name} has ${direction} rules: take them out, and name a group wherever one is needed.`,
    ),
  );
}

export const vpcDefaultSgLocked = defineStack({
  name: "vpc-default-sg-locked",
  description: "The security group that comes with a network lets nothing through.",
  severity: "high",
  controls: { fsbp: ["EC2.2"], cis: ["5.4"], ckv: ["CKV2_AWS_12"] },
  remediation: "Use the Network component, or an aws.ec2.DefaultSecurityGroup without ingress and egress.",
  checks: { "aws:ec2/vpc:Vpc": [judge], "aws:ec2/defaultVpc:DefaultVpc": [judge] },
});
