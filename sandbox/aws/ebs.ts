import type { ebs } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { toKey } from "./kms.ts";
import { zonesOf } from "./zones.ts";

/** Gibibytes, and input and output operations a second, by type: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html */
const types: Readonly<
  Record<string, { readonly size: readonly [number, number]; readonly iops?: readonly [number, number] }>
> = {
  gp2: { size: [1, 16_384] },
  gp3: { size: [1, 65_536], iops: [3000, 80_000] },
  io1: { size: [4, 16_384], iops: [100, 64_000] },
  io2: { size: [4, 65_536], iops: [100, 256_000] },
  sc1: { size: [125, 16_384] },
  st1: { size: [125, 16_384] },
  standard: { size: [1, 1024] },
};

/** https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html#gp3-performance: what a volume of that type has at least. */
const baseline = { iops: 3000, throughput: 125 } as const;

function refuseSize(type: string, size: number | undefined): void {
  const [least, most] = types[type]?.size ?? [1, Infinity];
  if (size === undefined || (size >= least && size <= most)) return;
  throw new Refusal(
    "InvalidParameterValue",
    size < least
      ? `Volume of ${size}GiB is too small for volume type ${type}; minimum is ${least}GiB.`
      : `Volume of ${size}GiB is too large for volume type ${type}; maximum is ${most}GiB.`,
  );
}

function refuseIops(type: string, iops: number | undefined): void {
  if (iops === undefined) {
    if (!type.startsWith("io")) return;
    throw new Refusal(
      "MissingParameter",
      `The request must contain the parameter iops for volume type ${type}`,
    );
  }
  const range = types[type]?.iops;
  if (range === undefined) {
    throw new Refusal(
      "InvalidParameterCombination",
      `The parameter iops is not supported for ${type} volumes.`,
    );
  }
  const [least, most] = range;
  if (iops < least || iops > most) {
    const complaint = iops < least ? `too low; minimum is ${least}` : `too high; maximum is ${most}`;
    throw new Refusal("InvalidParameterValue", `Volume iops of ${iops} is ${complaint}.`);
  }
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html */
const volume = behaviour<ebs.VolumeArgs, ebs.VolumeState>("aws:ebs/volume:Volume", {
  references: {
    kmsKeyId: toKey("InvalidKmsKeyId.Malformed", "The KMS key '{value}' does not exist or cannot be used"),
  },
  id: ({ hex }) => `vol-0${hex(16)}`,
  outputs: ({ id, accountId, region, created, inputs }) => {
    const { type = "gp2", size = 1 } = inputs;
    const ofGp3 = type === "gp3";
    return {
      arn: `arn:aws:ec2:${region}:${accountId}:volume/${id}`,
      createTime: created,
      encrypted: inputs.kmsKeyId !== undefined,
      // https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html#gp2-performance
      iops: ofGp3 ? baseline.iops : Math.min(16_000, Math.max(100, 3 * size)),
      snapshotId: "",
      throughput: ofGp3 ? baseline.throughput : 0,
      type,
    };
  },
  keys: (state) => [state.arn],
  refuses: ({ inputs, region }) => {
    const { type = "gp2", availabilityZone } = inputs;
    if (!zonesOf(region).some(({ name }) => name === availabilityZone)) {
      throw new Refusal("InvalidZone.NotFound", `The zone '${availabilityZone}' does not exist.`);
    }
    if (types[type] === undefined) {
      throw new Refusal("InvalidParameterValue", `Invalid value '${type}' for VolumeType.`);
    }
    refuseSize(type, inputs.size);
    refuseIops(type, inputs.iops);
    if (inputs.throughput === undefined || type === "gp3") return;
    throw new Refusal(
      "InvalidParameterCombination",
      `The parameter throughput is not supported for ${type} volumes.`,
    );
  },
  inUse: "VolumeInUse",
  seconds: { create: 11, update: 15, delete: 11 },
});

/** Disks. */
export const volumes: readonly AnyBehaviour[] = [volume];
