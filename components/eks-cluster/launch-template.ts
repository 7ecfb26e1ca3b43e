import type { types } from "@pulumi/aws";

import { architectureOf } from "./node-group-settings.ts";
import type { NodeGroupSettings } from "./node-group-settings.ts";

type TemplateDisk = types.input.ec2.LaunchTemplateBlockDeviceMapping;

/** Size of Bottlerocket's system disk, which it never outgrows: it keeps images and data on a second one. */
const bottlerocketSystemGb = 4;

function describeDisk(deviceName: string, volumeSize: number): TemplateDisk {
  // Without a key of ours EBS uses the account's default key; Auto Scaling has no rights on any other.
  return {
    deviceName,
    ebs: { volumeSize, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
  };
}

/** The encrypted disks of a node. Device names are the images' own (EKS User Guide, "Launch templates"). */
export function describeDisks({
  image,
  diskGb,
}: Pick<NodeGroupSettings, "image" | "diskGb">): TemplateDisk[] {
  return image === "al2023"
    ? [describeDisk("/dev/xvda", diskGb)]
    : [describeDisk("/dev/xvda", bottlerocketSystemGb), describeDisk("/dev/xvdb", diskGb)];
}

/** EKS's name for an image and the architecture of the group's instance types (API reference, Nodegroup `amiType`). */
export function amiTypeOf({
  image,
  instanceTypes,
}: Pick<NodeGroupSettings, "image" | "instanceTypes">): string {
  const architecture = architectureOf(instanceTypes[0] ?? "");
  const names = {
    al2023: { x86_64: "AL2023_x86_64_STANDARD", arm64: "AL2023_ARM_64_STANDARD" },
    bottlerocket: { x86_64: "BOTTLEROCKET_x86_64", arm64: "BOTTLEROCKET_ARM_64" },
  };
  return names[image][architecture];
}

/** EKS spells the effects of taints in its own way. */
const effects = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** The taints of a group as EKS wants them. */
export function describeTaints({
  taints,
}: Pick<NodeGroupSettings, "taints">): types.input.eks.NodeGroupTaint[] {
  return taints.map(({ key, value, effect }) => ({
    key,
    ...(value === undefined ? {} : { value }),
    effect: effects[effect],
  }));
}
