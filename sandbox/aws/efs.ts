import type { efs } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { Refusal } from "../model.ts";
import { hexOf, text } from "../values.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { ABSENT, behaviour } from "./behaviour.ts";
import { subnetToken, toSecurityGroup, toSubnet } from "./ec2/references.ts";
import { refuseDocument } from "./iam/policy-documents.ts";
import { toKey } from "./kms.ts";
import { defaultGroupsOf, placementOf } from "./placement.ts";
import { refined } from "./specification/refined.ts";
import { zonesOf } from "./zones.ts";

const fileSystemToken = "aws:efs/fileSystem:FileSystem";
const mountTargetToken = "aws:efs/mountTarget:MountTarget";

/** https://docs.aws.amazon.com/efs/latest/ug/performance.html: bursting and elastic throughput come without a figure. */
function refuseThroughput(mode: string | undefined, mibps: number | undefined): void {
  if ((mode === "provisioned") === (mibps !== undefined)) return;
  throw new Refusal(
    "BadRequest",
    mode === "provisioned"
      ? "Provisioned throughput requires ProvisionedThroughputInMibps"
      : "ProvisionedThroughputInMibps is only applicable when ThroughputMode is set to provisioned",
  );
}

function zoneIdOf(zone: string | undefined, region: string): string | undefined {
  return zonesOf(region).find(({ name }) => name === zone)?.id;
}

/** https://docs.aws.amazon.com/efs/latest/ug/API_CreateFileSystem.html */
const fileSystem = behaviour<efs.FileSystemArgs, efs.FileSystemState>(fileSystemToken, {
  references: { kmsKeyId: toKey("BadRequest", "Invalid KmsKeyId: {value}") },
  id: ({ hex }) => `fs-0${hex(16)}`,
  outputs: ({ id, accountId, region, inputs, account, hex }) => ({
    arn: `arn:aws:elasticfilesystem:${region}:${accountId}:file-system/${id}`,
    availabilityZoneId: zoneIdOf(inputs.availabilityZoneName, region) ?? ABSENT,
    creationToken: `terraform-${hex(26, "token")}`,
    dnsName: `${id}.efs.${region}.amazonaws.com`,
    encrypted: inputs.kmsKeyId !== undefined,
    name: inputs.tags?.Name ?? "",
    numberOfMountTargets: account.all(mountTargetToken).filter(({ state }) => state.fileSystemId === id)
      .length,
    ownerId: accountId,
    performanceMode: "generalPurpose",
    sizeInBytes: [{ value: 6144, valueInIa: 0, valueInStandard: 6144 }],
  }),
  keys: (state) => [state.arn],
  refuses: ({ inputs, account, region }, before) => {
    refuseThroughput(inputs.throughputMode, inputs.provisionedThroughputInMibps);
    const { creationToken } = inputs;
    if (creationToken === undefined || before !== undefined) return;
    const twin = account
      .all(fileSystemToken, region)
      .find(({ state }) => state.creationToken === creationToken);
    if (twin === undefined) return;
    throw new Refusal(
      "FileSystemAlreadyExists",
      `File system '${twin.id}' already exists with creation token '${creationToken}'`,
    );
  },
  // https://docs.aws.amazon.com/efs/latest/ug/API_DeleteFileSystem.html, whose code for a copy is not documented.
  keeps: ({ id }, [holder]) => {
    if (holder === undefined) return;
    const because =
      holder.token === mountTargetToken
        ? "has mount targets created in it."
        : "is part of a replication configuration.";
    throw new Refusal("FileSystemInUse", `File system '${id}' ${because}`);
  },
  seconds: { create: 7, update: 8, delete: 11 },
});

function zoneOf(account: AccountView, subnetId: string): string {
  return text(account.find(subnetToken, subnetId)?.state.availabilityZone) ?? "";
}

/** A subnet's addresses begin with AWS's own five: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
function addressIn(account: AccountView, subnetId: string): string {
  const [, first = "", last = "0"] =
    /^(\d+\.\d+\.\d+)\.(\d+)\//.exec(text(account.find(subnetToken, subnetId)?.state.cidrBlock) ?? "") ?? [];
  return `${first}.${Number(last) + 5 + (Number.parseInt(hexOf(subnetId, 2), 16) % 8)}`;
}

/** A file system that stays while it is mounted. */
const toMounted: Reference = {
  to: fileSystemToken,
  missing: { code: "FileSystemNotFound", message: "File system '{value}' does not exist." },
};

/** https://docs.aws.amazon.com/efs/latest/ug/API_CreateMountTarget.html */
const mountTarget = behaviour<efs.MountTargetArgs, efs.MountTargetState>(mountTargetToken, {
  references: {
    fileSystemId: toMounted,
    subnetId: {
      ...toSubnet,
      missing: { code: "SubnetNotFound", message: "The subnet ID '{value}' does not exist" },
    },
    "securityGroups[]": {
      ...toSecurityGroup,
      missing: { code: "SecurityGroupNotFound", message: "The security group '{value}' does not exist" },
    },
  },
  id: ({ hex }) => `fsmt-0${hex(16)}`,
  outputs: ({ accountId, region, inputs, account, hex }) => {
    const zone = zoneOf(account, inputs.subnetId);
    return {
      availabilityZoneId: zoneIdOf(zone, region) ?? "",
      availabilityZoneName: zone,
      dnsName: `${inputs.fileSystemId}.efs.${region}.amazonaws.com`,
      fileSystemArn: `arn:aws:elasticfilesystem:${region}:${accountId}:file-system/${inputs.fileSystemId}`,
      ipAddress: addressIn(account, inputs.subnetId),
      mountTargetDnsName: `${zone}.${inputs.fileSystemId}.efs.${region}.amazonaws.com`,
      networkInterfaceId: `eni-0${hex(16, "interface")}`,
      ownerId: accountId,
      securityGroups: defaultGroupsOf(account, [inputs.subnetId]),
    };
  },
  keys: () => [],
  refuses: ({ inputs, account }, before) => {
    const zone = zoneOf(account, inputs.subnetId);
    const others = account
      .all(mountTargetToken)
      .filter(({ id, state }) => id !== before?.id && state.fileSystemId === inputs.fileSystemId);
    const subnetIds = [inputs.subnetId, ...others.map(({ state }) => text(state.subnetId) ?? "")];
    if (placementOf(account, subnetIds).vpcs.length > 1) {
      throw new Refusal(
        "MountTargetConflict",
        "requested subnet for new mount target is not in the same VPC as existing mount targets",
      );
    }
    if (others.every(({ state }) => state.availabilityZoneName !== zone)) return;
    throw new Refusal("MountTargetConflict", "mount target already exists in this AZ");
  },
  seconds: { create: 90, update: 5, delete: 20 },
});

/** Each of them goes by its file system, and goes with it. */
const toFileSystem: Reference = { ...toMounted, holds: false };
const quick = { create: 2, update: 2, delete: 2 } as const;

/** https://docs.aws.amazon.com/efs/latest/ug/API_PutFileSystemPolicy.html */
const policy = refined<efs.FileSystemPolicyArgs, efs.FileSystemPolicyState>(
  "aws:efs/fileSystemPolicy:FileSystemPolicy",
  {
    references: { fileSystemId: toFileSystem },
    id: ({ inputs }) => inputs.fileSystemId,
    keys: () => [],
    refuses: ({ inputs }) => {
      const code = "InvalidPolicyException";
      refuseDocument(text(inputs.policy) ?? JSON.stringify(inputs.policy), "resource", { code });
    },
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/efs/latest/ug/API_CreateAccessPoint.html */
const accessPoint = refined<efs.AccessPointArgs, efs.AccessPointState>("aws:efs/accessPoint:AccessPoint", {
  references: { fileSystemId: toFileSystem },
  id: ({ hex }) => `fsap-0${hex(16)}`,
  outputs: ({ inputs }) => ({ rootDirectory: { path: "/", ...inputs.rootDirectory } }),
  seconds: { create: 5, update: 2, delete: 5 },
});

/** https://docs.aws.amazon.com/efs/latest/ug/API_PutBackupPolicy.html */
const backupPolicy = refined<efs.BackupPolicyArgs, efs.BackupPolicyState>(
  "aws:efs/backupPolicy:BackupPolicy",
  {
    references: { fileSystemId: toFileSystem },
    id: ({ inputs }) => inputs.fileSystemId,
    keys: () => [],
    seconds: { create: 5, update: 5, delete: 5 },
  },
);

/** https://docs.aws.amazon.com/efs/latest/ug/API_CreateReplicationConfiguration.html */
const replication = refined<efs.ReplicationConfigurationArgs, efs.ReplicationConfigurationState>(
  "aws:efs/replicationConfiguration:ReplicationConfiguration",
  {
    references: { sourceFileSystemId: toMounted },
    id: ({ inputs }) => inputs.sourceFileSystemId,
    outputs: ({ inputs, accountId, region, hex }) => {
      const source = `arn:aws:elasticfilesystem:${region}:${accountId}:file-system/${inputs.sourceFileSystemId}`;
      return {
        destination: {
          ...inputs.destination,
          fileSystemId: inputs.destination.fileSystemId ?? `fs-0${hex(16)}`,
          status: "ENABLED",
        },
        originalSourceFileSystemArn: source,
        sourceFileSystemArn: source,
        sourceFileSystemRegion: region,
      };
    },
    keys: () => [],
    seconds: { create: 60, update: 5, delete: 120 },
  },
);

/** Files that many machines share. */
export const fileSystems: readonly AnyBehaviour[] = [
  fileSystem,
  mountTarget,
  policy,
  accessPoint,
  backupPolicy,
  replication,
];
