import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { ComponentError, onlyArguments, shape } from "./arguments.ts";
import { at, child, derive, keyOf } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

const componentType = "eks:index:ManagedNodeGroup";

/** What goes to the node group as it is. */
const nodeGroupArguments = [
  "amiType",
  "capacityType",
  "diskSize",
  "forceUpdateVersion",
  "instanceTypes",
  "labels",
  "launchTemplate",
  "nodeGroupName",
  "nodeGroupNamePrefix",
  "releaseVersion",
  "remoteAccess",
  "tags",
  "taints",
] as const;

const knownArguments = new Set([
  ...nodeGroupArguments,
  "cluster",
  "clusterName",
  "ignoreScalingChanges",
  "nodeRole",
  "nodeRoleArn",
  "scalingConfig",
  "subnetIds",
  "version",
]);

/**
 * What `eks.ManagedNodeGroup` 4.3 makes of the arguments that need no launch template of its own:
 * https://www.pulumi.com/registry/packages/eks/api-docs/managednodegroup/
 */
export function expandManagedNodeGroup(name: string, args: Properties): Expansion {
  onlyArguments(componentType, args, knownArguments);
  const { cluster, clusterName, nodeRole, nodeRoleArn, launchTemplate } = args;
  refuseRole(nodeRole, nodeRoleArn);
  // A launch template of the program's own decides the version by its image.
  const ownVersion = launchTemplate === undefined ? at(cluster, "core.cluster.version") : undefined;
  const nodes: Child = {
    type: "aws:eks/nodeGroup:NodeGroup",
    name,
    inputs: {
      ...Object.fromEntries(nodeGroupArguments.map((property) => [property, args[property]])),
      clusterName: clusterName ?? at(cluster, "core.cluster.name"),
      nodeRoleArn: nodeRoleArn ?? at(nodeRole, "arn"),
      scalingConfig: derive([args.scalingConfig], scaling),
      subnetIds: args.subnetIds ?? at(cluster, "core.subnetIds"),
      version: args.version ?? ownVersion,
    },
    ignoreChanges: shape(args.ignoreScalingChanges) === true ? ["scalingConfig.desiredSize"] : [],
  };
  return {
    children: [nodes],
    outputs: { nodeGroup: child(keyOf(nodes)), placementGroupName: "" },
    keepsOutputs: true,
  };
}

function scaling(config: unknown): Properties {
  return { desiredSize: 2, minSize: 1, maxSize: 2, ...(isRecord(config) ? config : {}) };
}

function refuseRole(role: unknown, roleArn: unknown): void {
  const reason =
    role === undefined && roleArn === undefined
      ? "An IAM role, or role ARN must be provided to create a managed node group"
      : "You cannot specify both nodeRole and nodeRoleArn when creating a managed node group.";
  if ((role === undefined) === (roleArn === undefined)) {
    throw new ComponentError("The input properties for the managed node group are invalid.", [
      { path: "nodeRole", reason },
    ]);
  }
}
