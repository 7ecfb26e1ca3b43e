import type { eks } from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import { Refusal } from "../../model.ts";
import type { Properties, Stored } from "../../model.ts";
import { at, text } from "../../values.ts";
import type { AnyBehaviour, Context, Existing, Made } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { templateToken } from "../ec2/instances.ts";
import { networkInterface } from "../ec2/interfaces.ts";
import { usedTemplate } from "../ec2/launch-templates.ts";
import { subnetToken } from "../ec2/references.ts";
import { isPublic } from "../ec2/reach.ts";
import { roleOf, trusts } from "../iam/grants.ts";
import { placementOf } from "../placement.ts";
import { uuidOf } from "../uuid.ts";
import {
  addonToken,
  clusterToken,
  nodeGroupToken,
  refuseTwin,
  toCluster,
  toClusterRole,
  toEksSubnet,
} from "./references.ts";
import { isOffered, minorOf } from "./versions.ts";

type Inputs = { readonly [Key in keyof eks.NodeGroupArgs]: Unwrap<eks.NodeGroupArgs[Key]> };

function refuse(message: string): Refusal {
  return new Refusal("InvalidParameterException", message);
}

function clusterOf({ inputs, account, region }: Context<Inputs>): Stored | undefined {
  return account.find(clusterToken, inputs.clusterName, region);
}

function refuseSizes({ minSize, desiredSize, maxSize }: Inputs["scalingConfig"]): void {
  if (minSize > desiredSize) {
    throw refuse(`Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`);
  }
  if (desiredSize > maxSize) {
    throw refuse(`desired capacity ${desiredSize} can't be greater than max size ${maxSize}`);
  }
}

/** Nodes may lag behind their control plane, never lead: https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html */
function refuseVersion({ version }: Inputs, cluster: Stored | undefined): void {
  const limit = text(cluster?.state.version);
  if (version === undefined || (isOffered(version) && minorOf(version) <= minorOf(limit))) return;
  throw refuse(
    `Requested Nodegroup version ${version} is not valid: it must be a supported one, and not newer than the cluster version ${limit ?? ""}`,
  );
}

/** A group's nodes are never made older: https://docs.aws.amazon.com/eks/latest/userguide/update-managed-node-group.html */
function refuseDowngrade({ version }: Inputs, before: Stored | undefined): void {
  const old = text(before?.state.version);
  if (!(minorOf(version) < minorOf(old))) return;
  throw refuse(`Requested Nodegroup version ${version ?? ""} is lower than the current version ${old ?? ""}`);
}

/** What a launch template may not say of a managed group, or must: https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html */
function refuseTemplate(context: Context<Inputs>): void {
  const { launchTemplate, diskSize, remoteAccess, amiType } = context.inputs;
  if (launchTemplate === undefined) {
    if (amiType !== "CUSTOM") return;
    throw refuse("Launch template details can't be null for Custom ami type node group");
  }
  if (diskSize !== undefined) throw refuse("Disk size must be specified within the launch template.");
  if (remoteAccess !== undefined) {
    throw refuse("Remote access configuration cannot be specified with a launch template.");
  }
  refuseContents(context, usedTemplate(context.account, context.region, launchTemplate)?.state);
}

/** What the template itself says that the group says too, or makes. */
function refuseContents({ inputs }: Context<Inputs>, template: Properties | undefined): void {
  if (template?.iamInstanceProfile !== undefined) {
    throw refuse(
      `Launch template ${String(template.name)} should not specify an instance profile. The noderole in your request will be used to construct an instance profile.`,
    );
  }
  if (template?.instanceType === undefined || (inputs.instanceTypes ?? []).length === 0) return;
  throw new Refusal(
    "InvalidRequestException",
    "Cannot specify instance types in launch template and API request",
  );
}

/** https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
function refuseRole({ inputs, account }: Context<Inputs>): void {
  const role = roleOf(account, inputs.nodeRoleArn);
  if (role === undefined || trusts(role, "ec2.amazonaws.com")) return;
  throw refuse(
    `Following required service principals [ec2.amazonaws.com] were not found in the trust relationships of nodeRole ${inputs.nodeRoleArn}`,
  );
}

/** Nodes in a public subnet need its addresses to reach their cluster: https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html#worker-node-fail */
function refuseWithoutAddresses({ inputs, account, region }: Context<Inputs>, nodeGroupName: string): void {
  const without = inputs.subnetIds.filter(
    (id) =>
      isPublic(account, id) && account.find(subnetToken, id, region)?.state.mapPublicIpOnLaunch !== true,
  );
  if (without.length === 0 || inputs.launchTemplate !== undefined) return;
  throw new Refusal(
    "Ec2SubnetInvalidConfiguration",
    `One or more Amazon EC2 Subnets of [${without.join(", ")}] for node group ${nodeGroupName} does not automatically assign public IP addresses to instances launched into it. If you want your instances to be assigned a public IP address, then you need to enable auto-assign public IP address for the subnet. See IP addressing in VPC guide: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-ip-addressing.html#subnet-public-ip`,
  );
}

/**
 * A node without a network never becomes ready, and EKS gives up after 25 minutes:
 * https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html#troubleshoot-container-runtime-network
 */
function refuseWithoutNetwork({ inputs, account }: Context<Inputs>, cluster: Stored | undefined): void {
  const bare = cluster?.state.bootstrapSelfManagedAddons === false;
  if (!bare || account.find(addonToken, `${inputs.clusterName}:vpc-cni`) !== undefined) return;
  throw new Refusal(
    "NodeCreationFailure",
    "Unhealthy nodes in the kubernetes cluster: container runtime network not ready: cni plugin not initialized",
  );
}

/** Each node has one in a subnet of the group, from which its pods have their addresses: https://docs.aws.amazon.com/eks/latest/best-practices/vpc-cni.html */
function interfacesOf(context: Existing<Inputs>): readonly Made[] {
  const { inputs } = context;
  const groupId = text(at(clusterOf(context)?.state, "vpcConfig.clusterSecurityGroupId")) ?? "";
  return Array.from({ length: inputs.scalingConfig.desiredSize }, (_, node) =>
    networkInterface(context, {
      subnetId: inputs.subnetIds[node % inputs.subnetIds.length] ?? "",
      securityGroups: [groupId],
      interfaceType: "interface",
      description: "aws-K8S node",
      salt: `node ${node}`,
    }),
  );
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
const nodeGroup = behaviour<eks.NodeGroupArgs, eks.NodeGroupState>(nodeGroupToken, {
  autoname: { property: "nodeGroupName", max: 63 },
  references: {
    clusterName: toCluster,
    nodeRoleArn: toClusterRole,
    "subnetIds[]": toEksSubnet,
    "launchTemplate.id": {
      to: templateToken,
      missing: {
        code: "InvalidRequestException",
        message: "You must use a valid fully-formed launch template: {value} does not exist",
      },
      holds: false,
    },
  },
  id: ({ inputs, hex }) => {
    const name = inputs.nodeGroupName ?? `${inputs.nodeGroupNamePrefix ?? ""}${hex(26, "name")}`;
    return `${inputs.clusterName}:${name}`;
  },
  outputs: (context) => {
    const { id, accountId, region, hex, inputs } = context;
    const cluster = clusterOf(context);
    const nodeGroupName = id.slice(id.indexOf(":") + 1);
    const uuid = uuidOf(hex(32, "arn"));
    const version = inputs.version ?? text(cluster?.state.version) ?? "";
    return {
      amiType: "AL2023_x86_64_STANDARD",
      arn: `arn:aws:eks:${region}:${accountId}:nodegroup/${inputs.clusterName}/${nodeGroupName}/${uuid}`,
      capacityType: "ON_DEMAND",
      diskSize: inputs.launchTemplate === undefined ? 20 : 0,
      instanceTypes: ["t3.medium"],
      nodeGroupName,
      releaseVersion: `${version}.0-20260601`,
      resources: [
        {
          autoscalingGroups: [{ name: `eks-${nodeGroupName}-${uuid}` }],
          remoteAccessSecurityGroupId: "",
        },
      ],
      status: "ACTIVE",
      ...(inputs.updateConfig === undefined && { updateConfig: { maxUnavailable: 1 } }),
      version,
    };
  },
  keys: (state) => [state.arn],
  refuses: (context, before) => {
    const { inputs, account } = context;
    const { clusterName, nodeGroupName = "", subnetIds, scalingConfig } = inputs;
    const cluster = clusterOf(context);
    const message = `NodeGroup already exists with name ${nodeGroupName} and cluster name ${clusterName}`;
    refuseTwin(account, nodeGroupToken, `${clusterName}:${nodeGroupName}`, before, message);
    refuseSizes(scalingConfig);
    refuseVersion(inputs, cluster);
    refuseDowngrade(inputs, before);
    if (placementOf(account, subnetIds).vpcs.some((vpc) => vpc !== at(cluster?.state, "vpcConfig.vpcId"))) {
      throw refuse("Subnets specified for the nodegroup must be in the VPC of the cluster");
    }
    refuseTemplate(context);
    refuseRole(context);
    if (before !== undefined) return;
    refuseWithoutAddresses(context, nodeGroupName);
    refuseWithoutNetwork(context, cluster);
  },
  makes: interfacesOf,
  seconds: { create: 150, update: 30, delete: 180 },
  // Its nodes are replaced: https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html
  secondsToChange: { launchTemplate: 420, releaseVersion: 420, version: 420 },
});

/** Machines that run pods. */
export const nodeGroups: readonly AnyBehaviour[] = [nodeGroup];
