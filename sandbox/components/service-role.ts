import { createHash } from "node:crypto";
import { ask, at, child, derive, keyOf } from "./plan.ts";
import type { Child } from "./plan.ts";

/** An IAM role for a service of AWS, as the EKS components make it. */
export interface ServiceRole {
  readonly children: readonly Child[];
  readonly role: Child;
  readonly attachments: readonly Child[];
}

interface ServiceRoleRequest {
  readonly name: string;
  readonly service: string;
  readonly description?: string;
  readonly actions: readonly string[];
  /** Names of policies that AWS manages. */
  readonly policies: readonly string[];
  readonly tags: unknown;
}

/** What the inner component `eks:index:ServiceRole` makes. */
export function expandServiceRole({
  name,
  service,
  description,
  actions,
  policies,
  tags,
}: ServiceRoleRequest): ServiceRole {
  const self = { type: "eks:index:ServiceRole", name };
  const partition = at(ask("aws:index/getPartition:getPartition"), "partition");
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Action: actions, Effect: "Allow", Principal: { Service: [service] } }],
  };
  const role: Child = {
    type: "aws:iam/role:Role",
    name: `${name}-role`,
    parent: keyOf(self),
    inputs: { description, assumeRolePolicy: JSON.stringify(trust), tags },
  };
  const attachments = policies.map((policy): Child => ({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: `${name}-${nameDigits(policy)}`,
    parent: keyOf(self),
    inputs: {
      role: child(keyOf(role)),
      policyArn: derive([partition], (known) => `arn:${String(known)}:iam::aws:policy/${policy}`),
    },
  }));
  const outputs = { directRole: child(keyOf(role)), resolvedRole: child(keyOf(role)) };
  return { children: [{ ...self, inputs: {}, outputs }, role, ...attachments], role, attachments };
}

/** The name does not depend on the partition: it is made from the policy's ARN in the public one. */
function nameDigits(policy: string): string {
  return createHash("sha1").update(`arn:aws:iam::aws:policy/${policy}`).digest("hex").slice(0, 8);
}
