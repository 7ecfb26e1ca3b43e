import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { ComponentError, counts } from "./arguments.ts";
import type { ClusterCore } from "./cluster-core.ts";
import { recommendedImage } from "./node-images.ts";
import { diskFailures, keyNameOf, keyPairOf } from "./node-machines.ts";
import { expandNodeSecurity } from "./node-security.ts";
import { at, child, derive, eachAt, ref } from "./plan.ts";
import type { Child } from "./plan.ts";

/** What a program may say of nodes that an Auto Scaling group of its own starts. */
export const ownNodeArguments = [
  ...["amiId", "amiType", "autoScalingGroupTags", "bootstrapExtraArgs", "bottlerocketSettings"],
  ...["cloudFormationTags", "clusterIngressRule", "clusterIngressRuleId", "desiredCapacity"],
  ...["enableDetailedMonitoring", "encryptRootBlockDevice", "extraNodeSecurityGroups", "gpu"],
  ...["instanceProfile", "instanceProfileName", "instanceType", "keyName", "kubeletExtraArgs", "labels"],
  ...["maxSize", "minSize", "nodeAssociatePublicIpAddress", "nodePublicKey"],
  ...["nodeRootVolumeDeleteOnTermination", "nodeRootVolumeEncrypted", "nodeRootVolumeIops"],
  ...["nodeRootVolumeSize", "nodeRootVolumeThroughput", "nodeRootVolumeType", "nodeSecurityGroup"],
  ...["nodeSecurityGroupId", "nodeSubnetIds", "nodeUserData", "nodeUserDataOverride"],
  ...["nodeadmExtraOptions", "operatingSystem", "spotPrice", "taints", "version"],
] as const;

/** What only those from a launch template have beside. */
export const templateArguments = [
  "ignoreScalingChanges",
  "launchTemplateTagSpecifications",
  "minRefreshPercentage",
] as const;

/** What the component starts nodes on where the program does not say. */
const usualInstanceType = "t3.medium";

/** Nodes that the program's own account starts. */
export interface OwnNodesRequest {
  readonly name: string;
  readonly args: Properties;
  readonly core: ClusterCore;
}

/** What both kinds of groups have in common. */
export interface OwnNodes {
  readonly children: readonly Child[];
  readonly imageId: unknown;
  readonly instanceType: unknown;
  readonly profileName: unknown;
  readonly keyName: unknown;
  /** Ids; its own group first. */
  readonly securityGroups: unknown;
  readonly subnetIds: unknown;
  /** What the component tells of its groups. */
  readonly outputs: Properties;
}

/** What nodes are started from and with. @throws ComponentError for arguments that exclude each other */
export function prepareOwnNodes({ name, args, core }: OwnNodesRequest): OwnNodes {
  const failures = [...contradictions(args), ...diskFailures(args)];
  if (failures.length > 0) throw new ComponentError("Invalid arguments for node group", failures);
  const security = securityOf({ name, args, core });
  const keyPair = keyPairOf(name, args);
  return {
    children: [...security.children, ...(keyPair === undefined ? [] : [keyPair])],
    imageId: args.amiId ?? recommendedImage(args, args.version ?? at(core.cluster, "version")),
    instanceType: args.instanceType ?? usualInstanceType,
    profileName: profileNameFor(args, core),
    keyName: keyNameOf(name, args),
    securityGroups: groupsFor(args, core, security),
    subnetIds: args.nodeSubnetIds ?? core.workerSubnetIds,
    outputs: {
      extraNodeSecurityGroups: args.extraNodeSecurityGroups ?? [],
      nodeSecurityGroup: security.group,
      nodeSecurityGroupId: security.groupId,
    },
  };
}

type Failure = ComponentError["properties"][number];

function contradictions(args: Properties): readonly Failure[] {
  const has = (name: string): boolean => counts(args[name]);
  const both = (path: string, other: string, reason: string): readonly Failure[] =>
    has(path) && has(other) ? [{ path, reason }] : [];
  const exclusive = (path: string, other: string): readonly Failure[] =>
    both(path, other, `${path} and ${other} are mutually exclusive`);
  const scripted = ["nodeUserData", "labels", "taints", "kubeletExtraArgs", "bootstrapExtraArgs"];
  const brings = has("nodeSecurityGroup") || has("nodeSecurityGroupId");
  const admitted = (args.clusterIngressRule ?? args.clusterIngressRuleId) !== undefined;
  return [
    ...exclusive("clusterIngressRule", "clusterIngressRuleId"),
    ...exclusive("nodeSecurityGroup", "nodeSecurityGroupId"),
    ...both(
      "nodePublicKey",
      "keyName",
      "nodePublicKey and keyName are mutually exclusive. Choose a single approach",
    ),
    ...both("amiId", "gpu", "amiId and gpu are mutually exclusive."),
    ...(has("nodeUserDataOverride") && scripted.some(has)
      ? [
          {
            path: "nodeUserDataOverride",
            reason:
              "nodeUserDataOverride and any combination of {nodeUserData, labels, taints, kubeletExtraArgs, or bootstrapExtraArgs} is mutually exclusive.",
          },
        ]
      : []),
    ...(brings && !admitted
      ? [
          {
            path: "clusterIngressRule",
            reason:
              "clusterIngressRule or clusterIngressRuleId is required when nodeSecurityGroup is manually specified",
          },
        ]
      : []),
  ];
}

interface Security {
  readonly children: readonly Child[];
  /** `undefined` where the program gives its id alone. */
  readonly group: unknown;
  readonly groupId: unknown;
  /** The nodes would not reach the control plane before it admits them. */
  readonly ingressId: unknown;
}

function securityOf({ name, args, core }: OwnNodesRequest): Security {
  const { nodeSecurityGroup, nodeSecurityGroupId, clusterIngressRule, clusterIngressRuleId } = args;
  if ((nodeSecurityGroup ?? nodeSecurityGroupId) !== undefined) {
    return {
      children: [],
      group: nodeSecurityGroup,
      groupId: nodeSecurityGroup === undefined ? nodeSecurityGroupId : at(nodeSecurityGroup, "id"),
      ingressId: clusterIngressRule === undefined ? clusterIngressRuleId : at(clusterIngressRule, "id"),
    };
  }
  const made = expandNodeSecurity({
    name,
    vpcId: core.vpcId,
    clusterName: at(core.cluster, "name"),
    clusterGroupId: core.clusterGroupId,
    tags: [core.nodeSecurityGroupTags, core.tags],
  });
  return {
    children: made.children,
    group: child(made.group),
    groupId: ref(made.group),
    ingressId: ref(made.clusterIngress),
  };
}

function refused(path: string, reason: string): ComponentError {
  return new ComponentError(reason, [{ path, reason }]);
}

/** The tags of the cluster's own group would be on none of these nodes. */
function groupsFor(args: Properties, core: ClusterCore, { groupId, ingressId }: Security): unknown {
  const { nodeSecurityGroup, nodeSecurityGroupId, extraNodeSecurityGroups } = args;
  const brought = (nodeSecurityGroup ?? nodeSecurityGroupId) !== undefined;
  const path = nodeSecurityGroup === undefined ? "nodeSecurityGroupId" : "nodeSecurityGroup";
  const ofCluster = at(core.nodeGroupOptions, "nodeSecurityGroup.id");
  const tags = core.nodeSecurityGroupTags;
  const parts = [groupId, eachAt(extraNodeSecurityGroups ?? [], "id"), ofCluster, tags, ingressId];
  return derive(parts, (group, extra, usual, marks) => {
    if (brought && usual !== undefined && isRecord(marks) && usual !== group) {
      throw refused(
        path,
        "The NodeGroup's nodeSecurityGroup and the cluster option nodeSecurityGroupTags are mutually exclusive. Choose a single approach",
      );
    }
    return [group, ...list(extra)];
  });
}

/** The profile that gives the machines their role: the group's own, or the one of the cluster. */
function profileNameFor(args: Properties, { nodeGroupOptions }: ClusterCore): unknown {
  const profiles = [at(args.instanceProfile, "name"), at(nodeGroupOptions, "instanceProfile.name")];
  const names = [args.instanceProfileName, at(nodeGroupOptions, "instanceProfileName")];
  return derive([profiles, names], (made, named) => {
    const [profile, name] = [made, named].map((found) => list(found).find((one) => one !== undefined));
    if (profile !== undefined && name !== undefined) {
      throw refused("instanceProfile", "instanceProfile and instanceProfileName are mutually exclusive");
    }
    if ((profile ?? name) !== undefined) return profile ?? name;
    throw refused("instanceProfile", "an instanceProfile or instanceProfileName is required");
  });
}
