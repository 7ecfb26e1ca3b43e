import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { isWide } from "../../reading/cidr.ts";
import { directedRuleOpenings, inlineOpenings, portsOf, ruleOpenings } from "../../reading/firewall.ts";
import type { Opening } from "../../reading/firewall.ts";

/** Ports that give a shell, data or the cluster's inside to whoever reaches them. */
const sensitive = new Map([
  [22, "SSH"],
  [2379, "etcd"],
  [3306, "MySQL"],
  [3389, "remote desktop"],
  [5432, "PostgreSQL"],
  [6379, "Redis"],
  [9200, "Elasticsearch"],
  [10250, "the kubelet"],
]);

function judge(openings: readonly Opening[]): Findings {
  return openings.flatMap((opening) => {
    const reached = [...sensitive]
      .filter(([port]) => opening.from <= port && port <= opening.to)
      .map(([, what]) => what);
    return opening.cidrs
      .filter((cidr) => reached.length > 0 && isWide(cidr))
      .map(
        (cidr) =>
          `${portsOf(opening)} (${reached.join(", ")}) is open to ${cidr}: let in a security group instead.`,
      );
  });
}

export const sgNoAdminPortsFromWideCidrs = define({
  name: "sg-no-admin-ports-from-wide-cidrs",
  description: "Ports for administration and data are never open to wide ranges of addresses.",
  severity: "critical",
  controls: {
    fsbp: ["EC2.13", "EC2.14", "EC2.19", "EC2.53", "EC2.54"],
    cis: ["5.2", "5.3"],
    ckv: ["CKV_AWS_24", "CKV_AWS_25", "CKV_AWS_277"],
  },
  remediation:
    "Let clients in by their security group (openTo); reach machines through Session Manager, not SSH.",
  checks: {
    "aws:ec2/securityGroup:SecurityGroup": [(group) => judge(inlineOpenings(group))],
    "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [(group) => judge(inlineOpenings(group))],
    "aws:ec2/securityGroupRule:SecurityGroupRule": [(rule) => judge(ruleOpenings(rule))],
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
      (rule) => judge(directedRuleOpenings(rule)),
    ],
  },
});
