import type { Properties } from "../model.ts";
import { onlyArguments } from "./arguments.ts";
import { expandNodeSecurity } from "./node-security.ts";
import { at, child } from "./plan.ts";
import type { Expansion } from "./plan.ts";

const knownArguments = new Set(["clusterSecurityGroup", "eksCluster", "tags", "vpcId"]);

/** What `eks.NodeGroupSecurityGroup` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/nodegroupsecuritygroup/ */
export function expandNodeGroupSecurityGroup(name: string, args: Properties): Expansion {
  onlyArguments("eks:index:NodeGroupSecurityGroup", args, knownArguments);
  const { children, group, clusterIngress } = expandNodeSecurity({
    name,
    vpcId: args.vpcId,
    clusterName: at(args.eksCluster, "name"),
    clusterGroupId: at(args.clusterSecurityGroup, "id"),
    tags: [args.tags],
  });
  return {
    children,
    outputs: { securityGroup: child(group), securityGroupRule: child(clusterIngress) },
    keepsOutputs: false,
  };
}
