import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { items, text } from "../../kernel/read.ts";

interface Settings {
  readonly types: readonly string[];
}

/** Storage without a type is gp2 (EC2 and RDS API references, `VolumeType`, `StorageType`). */
function judge(where: string, type: string | undefined, { types }: Settings): string | false {
  return (
    !types.includes(type ?? "gp2") &&
    `${where} is ${type ?? "not set, and AWS's default is gp2"}: set ${types.join(" or ")}, which is cheaper and as fast.`
  );
}

/** What AWS turns into gp3 in place, without a machine or a database noticing. */
function isOld(type: string | undefined): boolean {
  return type === undefined || type === "gp2";
}

export const costGp3Storage = define({
  name: "cost-gp3-storage",
  description: "Storage is gp3, which costs a fifth less than gp2.",
  severity: "low",
  remediation: "Set the type to gp3; storage with provisioned operations (io1, io2) needs an exemption.",
  params: { types: list(["gp3"], "Types of storage that may be used.") },
  checks: {
    "aws:rds/instance:Instance": [
      ({ engine, storageType }, { params }) =>
        !text(engine).startsWith("aurora") && judge("storageType", storageType, params),
    ],
    "aws:ebs/volume:Volume": [({ type }, { params }) => judge("type", type, params)],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      ({ blockDeviceMappings }, { params }) =>
        items(blockDeviceMappings).map(
          ({ deviceName, ebs }) =>
            ebs !== undefined && judge(`volumeType of ${deviceName ?? "a disk"}`, ebs.volumeType, params),
        ),
    ],
    "aws:ec2/instance:Instance": [
      ({ rootBlockDevice }, { params }) =>
        rootBlockDevice !== undefined &&
        judge("rootBlockDevice.volumeType", rootBlockDevice.volumeType, params),
      ({ ebsBlockDevices }, { params }) =>
        items(ebsBlockDevices).map(({ deviceName, volumeType }) =>
          judge(`volumeType of ${deviceName}`, volumeType, params),
        ),
    ],
  },
  remediations: {
    "aws:rds/instance:Instance": ({ engine, storageType }) =>
      !text(engine).startsWith("aurora") && isOld(storageType) ? { storageType: "gp3" } : undefined,
    "aws:ebs/volume:Volume": ({ type }) => (isOld(type) ? { type: "gp3" } : undefined),
    "aws:ec2/launchTemplate:LaunchTemplate": ({ blockDeviceMappings }) => ({
      blockDeviceMappings: items(blockDeviceMappings).map(({ ebs }) =>
        ebs !== undefined && isOld(ebs.volumeType) ? { ebs: { volumeType: "gp3" } } : undefined,
      ),
    }),
  },
});
