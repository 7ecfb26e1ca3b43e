import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Clients } from "../contracts.ts";

/**
 * A security group that lets exactly the named clients, themselves security groups, connect to one TCP port. Nothing can be
 * reached from it: answers need no rule, and a store starts no connections. Children are called `name` and
 * `<name>-from-<client>`, so that a client taken out leaves the other rules alone.
 */
export function openTo(
  clients: Clients,
  port: number,
  name: string,
  vpcId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    name,
    { vpcId, description: `Who may connect to ${name}`, tags: { Name: name, Tier: "database" } },
    opts,
  );
  for (const [client, securityGroupId] of Object.entries(clients)) {
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-from-${client}`,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId: securityGroupId,
        description: `${client} to ${name}`,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      },
      opts,
    );
  }
  return group;
}
