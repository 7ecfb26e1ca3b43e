import type { types } from "@pulumi/aws";

import { architectureOf } from "./node-group-settings.ts";
import type { NodeGroupSettings } from "./node-group-settings.ts";

type TemplateDisk = types.input.ec2.LaunchTemplateBlockDeviceMapping;

/** Size of Bottlerocket's system disk, which it never outgrows: it keeps images and data on a second one. */
const bottlerocketSystemGb = 4;

/** One disk of a node. */
export interface Disk {
  readonly deviceName: string;
  readonly sizeGb: number;
}

/** The disks of a node. Device names are the images' own (EKS User Guide, "Launch templates"). */
export function planDisks({ image, diskGb }: Pick<NodeGroupSettings, "image" | "diskGb">): readonly Disk[] {
  return image === "al2023"
    ? [{ deviceName: "/dev/xvda", sizeGb: diskGb }]
    : [
        { deviceName: "/dev/xvda", sizeGb: bottlerocketSystemGb },
        { deviceName: "/dev/xvdb", sizeGb: diskGb },
      ];
}

/** The disks as a launch template has them, encrypted. */
export function describeDisks(settings: Pick<NodeGroupSettings, "image" | "diskGb">): TemplateDisk[] {
  return planDisks(settings).map(({ deviceName, sizeGb }) => ({
    deviceName,
    // Without a key of ours EBS uses the account's default key; Auto Scaling has no rights on any other.
    ebs: { volumeSize: sizeGb, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
  }));
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
