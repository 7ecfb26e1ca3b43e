import { defineStack } from "../../kernel/define.ts";
import { Undecided } from "../../kernel/findings.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Link } from "../../kernel/graph.ts";

function conflict(given: unknown, { nodes, exact }: Link, where: string, others: string): Findings {
  const isGiven = Array.isArray(given) && given.length > 0;
  if (!isGiven || nodes.length === 0) return undefined;
  if (!exact) throw new Undecided("role");
  const names = nodes.map(({ name }) => name).join(", ");
  return `${where} and ${others} ${names} both manage its policies, and each update takes the other's away: keep one way.`;
}

export const iamNoMixedPolicyManagement = defineStack({
  name: "iam-no-mixed-policy-management",
  description: "A role's policies are managed in one way.",
  severity: "medium",
  remediation:
    "Use RolePolicy and RolePolicyAttachment, and leave inlinePolicies and managedPolicyArns unset.",
  checks: {
    "aws:iam/role:Role": [
      (role, graph) => {
        const attached = graph.linked(role, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "role");
        const given = role.props.managedPolicyArns;
        return conflict(given, attached, "managedPolicyArns", "RolePolicyAttachment");
      },
      (role, graph) => {
        const listed = graph.linked(role, "aws:iam/policyAttachment:PolicyAttachment", "roles");
        return conflict(role.props.managedPolicyArns, listed, "managedPolicyArns", "PolicyAttachment");
      },
      (role, graph) => {
        const inline = graph.linked(role, "aws:iam/rolePolicy:RolePolicy", "role");
        return conflict(role.props.inlinePolicies, inline, "inlinePolicies", "RolePolicy");
      },
    ],
  },
});
