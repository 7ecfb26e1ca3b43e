import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { merged, onlyArguments, shape } from "./arguments.ts";
import { coreOf } from "./cluster-core.ts";
import { devicesOf, mappingsOf } from "./node-machines.ts";
import { userDataOf } from "./node-user-data.ts";
import { nodeStackTemplate } from "./node-stack.ts";
import { ownNodeArguments, prepareOwnNodes, templateArguments } from "./own-nodes.ts";
import type { OwnNodes, OwnNodesRequest } from "./own-nodes.ts";
import { ask, at, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Expansion, Key } from "./plan.ts";

const knownArguments = new Set(["cluster", ...ownNodeArguments]);
const knownTemplateArguments = new Set([...knownArguments, ...templateArguments]);

/** What `eks.NodeGroupV2` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/nodegroupv2/ */
export function expandNodeGroupV2(name: string, args: Properties): Expansion {
  onlyArguments("eks:index:NodeGroupV2", args, knownTemplateArguments);
  const { children, group, nodes } = expandTemplateNodes({ name, args, core: coreOf(args.cluster) });
  return { children, outputs: { autoScalingGroup: child(group), ...nodes.outputs }, keepsOutputs: true };
}

/** A launch template, and an Auto Scaling group that starts nodes from it. */
export interface TemplateNodes {
  readonly children: readonly Child[];
  readonly group: Key;
  readonly nodes: OwnNodes;
}

/** Nodes of an Auto Scaling group: those of `eks.NodeGroupV2`, and the default ones of a cluster. */
export function expandTemplateNodes(request: OwnNodesRequest): TemplateNodes {
  const { name, args, core } = request;
  const nodes = prepareOwnNodes(request);
  const template: Child = {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: `${name}-launchTemplate`,
    inputs: templateInputs(request, nodes),
  };
  const group: Child = {
    type: "aws:autoscaling/group:Group",
    name,
    inputs: {
      minSize: args.minSize ?? 1,
      maxSize: args.maxSize ?? 2,
      desiredCapacity: args.desiredCapacity ?? 2,
      launchTemplate: {
        name: ref(keyOf(template), "name"),
        version: derive([ref(keyOf(template), "latestVersion")], String),
      },
      vpcZoneIdentifiers: nodes.subnetIds,
      instanceRefresh: {
        strategy: "Rolling",
        preferences: { minHealthyPercentage: args.minRefreshPercentage ?? 50 },
      },
      tags: derive([at(core.cluster, "name"), args.autoScalingGroupTags], groupTags),
    },
    dependsOn: core.joinsAfter,
    ignoreChanges: shape(args.ignoreScalingChanges) === true ? ["desiredCapacity"] : [],
  };
  return { children: [...nodes.children, template, group], group: keyOf(group), nodes };
}

function groupTags(clusterName: unknown, tags: unknown): readonly Properties[] {
  const cluster = String(clusterName);
  const all = [
    ...Object.entries(isRecord(tags) ? tags : {}),
    [`kubernetes.io/cluster/${cluster}`, "owned"],
    ["Name", `${cluster}-worker`],
  ];
  return all.map(([key, value]) => ({ key, value, propagateAtLaunch: true }));
}

function templateInputs({ name, args, core }: OwnNodesRequest, nodes: OwnNodes): Properties {
  const { spotPrice, enableDetailedMonitoring } = args;
  const userData = userDataOf({ kind: "self-managed-v2", cluster: core.cluster, stackName: name, args });
  return {
    imageId: nodes.imageId,
    instanceType: nodes.instanceType,
    iamInstanceProfile: { name: nodes.profileName },
    keyName: nodes.keyName,
    instanceMarketOptions:
      spotPrice === undefined ? undefined : { marketType: "spot", spotOptions: { maxPrice: spotPrice } },
    blockDeviceMappings: mappingsOf(args, nodes.imageId),
    networkInterfaces: [
      {
        associatePublicIpAddress: derive([args.nodeAssociatePublicIpAddress], (open) =>
          String(open !== false),
        ),
        securityGroups: nodes.securityGroups,
      },
    ],
    userData: derive([userData], (text) => Buffer.from(String(text)).toString("base64")),
    tagSpecifications: args.launchTemplateTagSpecifications,
    monitoring: enableDetailedMonitoring === undefined ? undefined : { enabled: enableDetailedMonitoring },
  };
}

/** What `eks.NodeGroup` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/nodegroup/ */
export function expandNodeGroup(name: string, args: Properties): Expansion {
  onlyArguments("eks:index:NodeGroup", args, knownArguments);
  const core = coreOf(args.cluster);
  const nodes = prepareOwnNodes({ name, args, core });
  const suffix: Child = {
    type: "eks:index:RandomSuffix",
    name: `${name}-cfnStackName`,
    inputs: { input: name },
  };
  const stackName = ref(keyOf(suffix), "output");
  const configuration: Child = {
    type: "aws:ec2/launchConfiguration:LaunchConfiguration",
    name: `${name}-nodeLaunchConfiguration`,
    inputs: configurationInputs({ name, args, core }, nodes, stackName),
  };
  const stack: Child = {
    type: "aws:cloudformation/stack:Stack",
    name: `${name}-nodes`,
    inputs: {
      name: stackName,
      templateBody: nodeStackTemplate(
        args,
        at(core.cluster, "name"),
        ref(keyOf(configuration)),
        nodes.subnetIds,
      ),
      tags: merged({ Name: `${name}-nodes` }, args.cloudFormationTags, core.tags),
    },
    dependsOn: core.joinsAfter,
  };
  return {
    children: [...nodes.children, suffix, configuration, stack],
    outputs: {
      autoScalingGroupName: ref(keyOf(stack), "outputs.NodeGroup"),
      cfnStack: child(keyOf(stack)),
      ...nodes.outputs,
    },
    keepsOutputs: true,
  };
}

function configurationInputs(
  { args, core }: OwnNodesRequest,
  nodes: OwnNodes,
  stackName: unknown,
): Properties {
  const region = at(ask("aws:index/getRegion:getRegion"), "region");
  return {
    associatePublicIpAddress: args.nodeAssociatePublicIpAddress ?? true,
    imageId: nodes.imageId,
    instanceType: nodes.instanceType,
    iamInstanceProfile: nodes.profileName,
    keyName: nodes.keyName,
    securityGroups: nodes.securityGroups,
    spotPrice: args.spotPrice,
    ...devicesOf(args, nodes.imageId),
    userData: userDataOf({ kind: "self-managed-v1", cluster: core.cluster, stackName, region, args }),
    enableMonitoring: args.enableDetailedMonitoring,
  };
}
