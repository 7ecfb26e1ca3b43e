import type { Properties } from "../model.ts";
import { merged, shape } from "./arguments.ts";
import { isAutomatic } from "./cluster-arguments.ts";
import { expandNodeSecurity, groupDefaults, internetEgress } from "./node-security.ts";
import type { NodeSecurity } from "./node-security.ts";
import { at, child, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

/** The security groups of the cluster component. */
export interface ClusterSecurity {
  readonly children: readonly Child[];
  /** The control plane's group beside that of EKS, the component's own or the program's; `undefined` for none. */
  readonly clusterGroup: unknown;
  readonly clusterGroupId: unknown;
  /** Absent where the program wants no default groups. Managed node groups do not use it. */
  readonly nodes: NodeSecurity | undefined;
}

/** Both groups and their six rules, unless the program brings the control plane's or wants none. */
export function expandClusterSecurity(name: string, cluster: Key, args: Properties): ClusterSecurity {
  const skipped = shape(args.skipDefaultSecurityGroups) ?? isAutomatic(args);
  const { clusterSecurityGroup: given } = args;
  if (skipped === true) {
    return {
      children: [],
      clusterGroup: given,
      clusterGroupId: given === undefined ? undefined : at(given, "id"),
      nodes: undefined,
    };
  }
  const own = given === undefined ? ownGroup(name, args) : undefined;
  const clusterGroupId = own === undefined ? at(given, "id") : ref(keyOf(own));
  const nodes = expandNodeSecurity({
    name,
    vpcId: args.vpcId,
    clusterName: ref(cluster, "name"),
    clusterGroupId,
    tags: [args.nodeSecurityGroupTags, args.tags],
  });
  const egress = own && internetEgress(`${name}-eksClusterInternetEgressRule`, keyOf(own));
  return {
    children: [...[own, egress].filter((one) => one !== undefined), ...nodes.children],
    clusterGroup: own === undefined ? given : child(keyOf(own)),
    clusterGroupId,
    nodes,
  };
}

function ownGroup(name: string, args: Properties): Child {
  const groupName = `${name}-eksClusterSecurityGroup`;
  return {
    type: "aws:ec2/securityGroup:SecurityGroup",
    name: groupName,
    inputs: {
      ...groupDefaults,
      vpcId: args.vpcId,
      tags: merged({ Name: groupName }, args.clusterSecurityGroupTags, args.tags),
    },
  };
}
