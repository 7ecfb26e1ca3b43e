import type { ebs } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { Stored } from "../model.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { toKey } from "./kms.ts";
import { zonesOf } from "./zones.ts";

/** What volumes of a type can be. */
interface Kind {
  /** Gibibytes, least and most. */
  readonly size: readonly [number, number];
  /** Input and output operations a second, least and most. */
  readonly iops?: readonly [number, number];
  /** Most operations a second for each gibibyte. */
  readonly perGb?: number;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVolume.html and https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
const types: Readonly<Record<string, Kind>> = {
  gp2: { size: [1, 16_384] },
  gp3: { size: [1, 65_536], iops: [3000, 80_000], perGb: 500 },
  io1: { size: [4, 16_384], iops: [100, 64_000], perGb: 50 },
  io2: { size: [4, 65_536], iops: [100, 256_000], perGb: 1000 },
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

/** What goes with a type only, or never, is the provider's to say of a new disk: it asks EC2 for nothing then. */
function refuseCompany(type: string, iops: number | undefined, throughput: number | undefined): void {
  if (iops === undefined && type.startsWith("io")) {
    throw new Refusal("MissingParameter", `'iops' must be set when 'type' is '${type}'`);
  }
  const without = (name: string): Refusal =>
    new Refusal("InvalidParameterCombination", `'${name}' must not be set when 'type' is '${type}'`);
  if (iops !== undefined && types[type]?.iops === undefined) throw without("iops");
  if (throughput !== undefined && type !== "gp3") throw without("throughput");
}

function refuseIops(type: string, iops: number): void {
  const { iops: [least, most] = [0, Infinity] } = types[type] ?? {};
  if (iops >= least && iops <= most) return;
  const complaint = iops < least ? `too low; minimum is ${least}` : `too high; maximum is ${most}`;
  throw new Refusal("InvalidParameterValue", `Volume iops of ${iops} is ${complaint}.`);
}

/** A small volume has the least that there is all the same. */
function refuseDensity(type: string, iops: number, size: number): void {
  const { iops: [least] = [0], perGb = Infinity } = types[type] ?? {};
  if (iops <= Math.max(least, size * perGb)) return;
  throw new Refusal(
    "InvalidParameterValue",
    `Iops to volume size ratio of ${(iops / size).toFixed(6)} is too high; maximum is ${perGb}`,
  );
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html#gp3-performance */
const mostPerOperation = 0.25;

function refuseThroughput(throughput: number | undefined, iops: number): void {
  if (throughput === undefined || throughput <= iops * mostPerOperation) return;
  throw new Refusal(
    "InvalidParameterValue",
    `Throughput (MiBps) to iops ratio of ${(throughput / iops).toFixed(6)} is too high; maximum is ${mostPerOperation.toFixed(6)} MiBps per iops`,
  );
}

function refuseSpeed(type: string, size = Infinity, iops?: number, throughput?: number): void {
  if (iops !== undefined) {
    refuseIops(type, iops);
    refuseDensity(type, iops, size);
  }
  refuseThroughput(throughput, iops ?? baseline.iops);
}

function refuseZone(zone: string, region: string): void {
  if (zonesOf(region).some(({ name }) => name === zone)) return;
  throw new Refusal("InvalidZone.NotFound", `The zone '${zone}' does not exist.`);
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/modify-volume-requirements.html */
function refuseShrinking(size: number | undefined, before: Stored | undefined): void {
  if (size === undefined || size >= Number(before?.state.size ?? 0)) return;
  throw new Refusal("InvalidParameterValue", "New size cannot be smaller than existing size");
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
  refuses: ({ inputs, region }, before) => {
    const { type = "gp2", size, throughput } = inputs;
    refuseZone(inputs.availabilityZone, region);
    if (types[type] === undefined) {
      throw new Refusal("InvalidParameterValue", `Invalid value '${type}' for VolumeType.`);
    }
    // The provider takes a zero for no wish.
    const iops = inputs.iops === 0 ? undefined : inputs.iops;
    if (before === undefined) refuseCompany(inputs.type ?? "", iops, throughput);
    refuseSize(type, size);
    refuseSpeed(type, size, iops, throughput);
    refuseShrinking(size, before);
  },
  inUse: "VolumeInUse",
  seconds: { create: 11, update: 15, delete: 11 },
});

/** Disks. */
export const volumes: readonly AnyBehaviour[] = [volume];
