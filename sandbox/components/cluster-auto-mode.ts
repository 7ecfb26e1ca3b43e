import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { shape, shapeOfRecord } from "./arguments.ts";
import { isAutomatic } from "./cluster-arguments.ts";
import { at, derive, keyOf, ref } from "./plan.ts";
import { expandServiceRole } from "./service-role.ts";
import type { ServiceRole } from "./service-role.ts";

/** The role of the nodes that EKS starts by itself, unless the program brings one. */
export function autoModeNodeRole(name: string, args: Properties): ServiceRole | undefined {
  if (!isAutomatic(args) || shape(shapeOfRecord(args.autoMode).createNodeRole) === false) return undefined;
  return expandServiceRole({
    name: `${name}-nodeRole`,
    service: "ec2.amazonaws.com",
    actions: ["sts:AssumeRole"],
    policies: ["AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"],
    tags: args.tags,
  });
}

/** What the cluster's role may do beside: https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html */
export const autoModePolicies = [
  "AmazonEKSComputePolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
] as const;

/**
 * What the cluster says of its network, and in Auto Mode of machines and disks. EKS wants all three parts of Auto Mode on or off
 * together, so that they are known together.
 */
export function clusterModes(args: Properties, nodeRole: ServiceRole | undefined): Properties {
  const { kubernetesServiceIpAddressRange: range, ipFamily } = args;
  const automatic = isAutomatic(args);
  if (!automatic && (range ?? ipFamily) === undefined) return {};
  const network = derive([range, ipFamily], (serviceIpv4Cidr, family = "ipv4") => ({
    ...(family === "ipv4" && serviceIpv4Cidr !== undefined ? { serviceIpv4Cidr } : {}),
    ipFamily: family,
    ...(automatic ? { elasticLoadBalancing: { enabled: true } } : {}),
  }));
  if (!automatic) return { kubernetesNetworkConfig: network };
  const compute = derive(
    [shapeOfRecord(args.autoMode).computeConfig, nodeRole && ref(keyOf(nodeRole.role), "arn")],
    (own, nodeRoleArn) => ({
      enabled: true,
      ...(nodeRoleArn === undefined ? {} : { nodeRoleArn }),
      nodePools: ["general-purpose", "system"],
      ...(isRecord(own) ? own : {}),
    }),
  );
  const all = derive([compute, network], (computeConfig, kubernetesNetworkConfig) => ({
    computeConfig,
    kubernetesNetworkConfig,
    storageConfig: { blockStorage: { enabled: true } },
  }));
  const parts = ["computeConfig", "kubernetesNetworkConfig", "storageConfig"];
  return Object.fromEntries(parts.map((part) => [part, at(all, part)]));
}
