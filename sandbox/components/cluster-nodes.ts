import type { Properties } from "../model.ts";
import { shape } from "./arguments.ts";
import { hasDefaultNodes } from "./cluster-arguments.ts";
import { at, child, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import { expandServiceRole } from "./service-role.ts";

/** Who the nodes are that the program does not bring roles for. */
export interface NodeIdentity {
  readonly children: readonly Child[];
  /** The roles that nodes may have, as resources. */
  readonly roles: unknown;
  /** The ARN of the role that the component lets in by itself. */
  readonly roleArn?: unknown;
  /** The profile that gives machines that role. */
  readonly profile?: Key;
}

/** The roles of a cluster's nodes: the program's, one that is made for the default nodes, or none. */
export function expandNodeIdentity(name: string, args: Properties): NodeIdentity {
  const { instanceRole, instanceRoles } = args;
  if (instanceRoles !== undefined) return { children: [], roles: instanceRoles };
  if (instanceRole !== undefined) {
    const profile = hasDefaultNodes(args) ? [profileOf(name, instanceRole)] : [];
    return {
      children: profile,
      roles: [instanceRole],
      roleArn: at(instanceRole, "arn"),
      ...(profile[0] === undefined ? {} : { profile: keyOf(profile[0]) }),
    };
  }
  return isRoleWanted(args) ? ownIdentity(name, args) : { children: [], roles: [] };
}

/** Whoever wants no default nodes must say that; Fargate and Auto Mode alone leave the role. */
function isRoleWanted({ createInstanceRole, skipDefaultNodeGroup }: Properties): boolean {
  const wanted = shape(createInstanceRole);
  return wanted === true || (wanted === undefined && shape(skipDefaultNodeGroup) !== true);
}

/** The role that the component makes for nodes: https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
function ownIdentity(name: string, args: Properties): NodeIdentity {
  const role = expandServiceRole({
    name: `${name}-instanceRole`,
    service: "ec2.amazonaws.com",
    actions: ["sts:AssumeRole"],
    policies: ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"],
    tags: args.tags,
  });
  const profile = { ...profileOf(name, child(keyOf(role.role))), dependsOn: role.attachments.map(keyOf) };
  return {
    children: [...role.children, profile],
    roles: [child(keyOf(role.role))],
    roleArn: ref(keyOf(role.role), "arn"),
    profile: keyOf(profile),
  };
}

function profileOf(name: string, role: unknown): Child {
  return {
    type: "aws:iam/instanceProfile:InstanceProfile",
    name: `${name}-instanceProfile`,
    inputs: { role },
  };
}
