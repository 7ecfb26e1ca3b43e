import type { Properties } from "../model.ts";
import { expandDefaultVpc } from "./awsx-default-vpc.ts";
import { expandFargateService, expandFargateTaskDefinition } from "./awsx-fargate.ts";
import { expandImage } from "./awsx-image.ts";
import { expandApplicationLoadBalancer, expandNetworkLoadBalancer } from "./awsx-load-balancer.ts";
import { expandRegistryImage } from "./awsx-registry-image.ts";
import { expandRepository } from "./awsx-repository.ts";
import { expandTargetGroupAttachment } from "./awsx-target-group-attachment.ts";
import { expandVpc } from "./awsx-vpc.ts";
import { expandAddon } from "./eks-addon.ts";
import { expandCluster } from "./eks-cluster.ts";
import { expandCreationRole } from "./eks-creation-role.ts";
import { expandManagedNodeGroup } from "./eks-node-group.ts";
import { expandNodeGroupSecurityGroup } from "./eks-node-security.ts";
import { expandNodeGroup, expandNodeGroupV2 } from "./eks-own-nodes.ts";
import { ComponentError } from "./arguments.ts";
import { expandManifests, manifestTypes, withObjects } from "./manifests.ts";
import type { Ask } from "./manifests.ts";
import type { Expansion } from "./plan.ts";
import { expandRestApi } from "./rest-api.ts";
import { expandBucketFolder } from "./synced-folder.ts";

/** What a component makes of its name and arguments, in a stack. Beside these it looks at the program's own files alone. */
export type Expand = (name: string, args: Properties, stack: string) => Expansion;

/** The remote components that the sandbox knows, by type. */
export const components: ReadonlyMap<string, Expand> = new Map([
  ["aws-apigateway:index:RestAPI", expandRestApi],
  ["awsx:ec2:DefaultVpc", expandDefaultVpc],
  ["awsx:ec2:Vpc", expandVpc],
  ["awsx:ecr:Image", expandImage],
  ["awsx:ecr:RegistryImage", expandRegistryImage],
  ["awsx:ecr:Repository", expandRepository],
  ["awsx:ecs:FargateService", expandFargateService],
  ["awsx:ecs:FargateTaskDefinition", expandFargateTaskDefinition],
  ["awsx:lb:ApplicationLoadBalancer", expandApplicationLoadBalancer],
  ["awsx:lb:NetworkLoadBalancer", expandNetworkLoadBalancer],
  ["awsx:lb:TargetGroupAttachment", expandTargetGroupAttachment],
  ["eks:index:Addon", expandAddon],
  ["eks:index:Cluster", expandCluster],
  ["eks:index:ClusterCreationRoleProvider", expandCreationRole],
  ["eks:index:ManagedNodeGroup", expandManagedNodeGroup],
  ["eks:index:NodeGroup", expandNodeGroup],
  ["eks:index:NodeGroupSecurityGroup", expandNodeGroupSecurityGroup],
  ["eks:index:NodeGroupV2", expandNodeGroupV2],
  ["synced-folder:index:S3BucketFolder", expandBucketFolder],
  ...manifestTypes.map((type) => [type, expandManifests] as const),
]);

/** The arguments with what decides which children there are, where a component has to ask its provider for that. */
export async function informed(type: string, name: string, args: Properties, ask: Ask): Promise<Properties> {
  return manifestTypes.some((one) => one === type) ? withObjects(type, name, args, ask) : args;
}

/**
 * The expansion of one component. Fails for a type that the sandbox does not know, and for what the component refuses.
 * @param stack whose program it is in: it is in some names. Mocks do not tell it.
 */
export function expand(type: string, name: string, args: Properties, stack = "dev"): Expansion {
  const component = components.get(type);
  if (component !== undefined) return component(name, args, stack);
  throw new ComponentError(
    `the sandbox does not know the component ${type}; it knows ${[...components.keys()].join(", ")}`,
  );
}
