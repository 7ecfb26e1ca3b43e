import type { Properties } from "../model.ts";
import { expandDefaultVpc } from "./awsx-default-vpc.ts";
import { expandFargateService, expandFargateTaskDefinition } from "./awsx-fargate.ts";
import { expandApplicationLoadBalancer, expandNetworkLoadBalancer } from "./awsx-load-balancer.ts";
import { expandRepository } from "./awsx-repository.ts";
import { expandVpc } from "./awsx-vpc.ts";
import { expandAddon } from "./eks-addon.ts";
import { expandCluster } from "./eks-cluster.ts";
import { expandManagedNodeGroup } from "./eks-node-group.ts";
import { ComponentError } from "./arguments.ts";
import { expandConfigFile, expandConfigGroup } from "./manifests.ts";
import type { Expansion } from "./plan.ts";

/** What a component makes of its name and arguments. Pure. */
export type Expand = (name: string, args: Properties) => Expansion;

/** The remote components that the sandbox knows, by type. */
export const components: ReadonlyMap<string, Expand> = new Map([
  ["awsx:ec2:DefaultVpc", expandDefaultVpc],
  ["awsx:ec2:Vpc", expandVpc],
  ["awsx:ecr:Repository", expandRepository],
  ["awsx:ecs:FargateService", expandFargateService],
  ["awsx:ecs:FargateTaskDefinition", expandFargateTaskDefinition],
  ["awsx:lb:ApplicationLoadBalancer", expandApplicationLoadBalancer],
  ["awsx:lb:NetworkLoadBalancer", expandNetworkLoadBalancer],
  ["eks:index:Addon", expandAddon],
  ["eks:index:Cluster", expandCluster],
  ["eks:index:ManagedNodeGroup", expandManagedNodeGroup],
  ["kubernetes:yaml/v2:ConfigFile", expandConfigFile],
  ["kubernetes:yaml/v2:ConfigGroup", expandConfigGroup],
]);

/** What is inside of these would have to be rendered from a chart or an overlay. */
const rendered: ReadonlySet<string> = new Set([
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:kustomize/v2:Directory",
]);

/** The expansion of one component. Fails for a type that the sandbox does not know, and for what the component refuses. */
export function expand(type: string, name: string, args: Properties): Expansion {
  const component = components.get(type);
  if (component !== undefined) return component(name, args);
  if (rendered.has(type)) {
    throw new ComponentError(
      `the sandbox does not render ${type}, which "${name}" is: use kubernetes:helm.sh/v3:Release or the kinds themselves`,
    );
  }
  throw new ComponentError(
    `the sandbox does not know the component ${type}; it knows ${[...components.keys()].join(", ")}`,
  );
}
