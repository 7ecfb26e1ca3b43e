import type * as aws from "@pulumi/aws";

import type { SubnetPlan } from "./plan.ts";

/** One rule of a network ACL. */
export type AclRule = aws.types.input.ec2.NetworkAclIngress & aws.types.input.ec2.NetworkAclEgress;

/** PostgreSQL, and Valkey or Redis: the ports the private tier may open connections to. */
export const storePorts = [5432, 6379] as const;

/** Ports from which clients connect, and to which answers return (Amazon VPC user guide, "Ephemeral ports"). */
const ephemeral = { fromPort: 1024, toPort: 65535 };

/**
 * The rules around the database tier, and nothing beside them: the private subnets may connect to the stores, answers return,
 * and the stores talk among themselves (replication). A network ACL keeps no connections, so each direction has its rule.
 */
export function describeDatabaseAcl(subnets: readonly SubnetPlan[]): {
  ingress: AclRule[];
  egress: AclRule[];
} {
  const blocksOf = (tier: string): string[] =>
    subnets.filter((subnet) => subnet.tier === tier).map(({ cidr }) => cidr);
  const among = blocksOf("database").map((cidrBlock) => ({ cidrBlock, fromPort: 0, toPort: 65535 }));
  const asked = blocksOf("private").flatMap((cidrBlock) =>
    storePorts.map((port) => ({ cidrBlock, fromPort: port, toPort: port })),
  );
  const answered = blocksOf("private").map((cidrBlock) => ({ cidrBlock, ...ephemeral }));

  return { ingress: [...asked, ...among].map(allow), egress: [...answered, ...among].map(allow) };
}

/** Rule numbers ten apart, so that an operator can put one between in an emergency. */
function allow(rule: { cidrBlock: string; fromPort: number; toPort: number }, index: number): AclRule {
  return { ruleNo: 100 + index * 10, action: "allow", protocol: "tcp", ...rule };
}
