import type { rds } from "@pulumi/aws";
import type { Properties, Stored } from "../../model.ts";
import { hexOf, text } from "../../values.ts";
import type { AnyBehaviour, Existing, Made } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { toSecurityGroup } from "../ec2/references.ts";
import { toServiceRole } from "../iam/references.ts";
import { placementOf } from "../placement.ts";
import { refuseFirst } from "../refuse-first.ts";
import { gp3Of } from "./gp3.ts";
import { instanceRules, keepInstance } from "./instance-refusals.ts";
import { awsKeyArn, masterSecretMade, masterUserSecrets } from "./master-secret.ts";
import {
  instanceToken,
  snapshotToken,
  toParameterGroup,
  toRdsKey,
  toSource,
  toSubnetGroup,
} from "./references.ts";
import type { Release } from "./engines.ts";
import { requestOf } from "./request.ts";
import { networkOf, releaseFor, sourceOf } from "./sources.ts";
import type { Inputs } from "./sources.ts";

type Instance = Existing<Inputs>;

/** Speed of a small gp3 volume, in IOPS and MiB/s: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage */
const baseline = { iops: 3000, storageThroughput: 125 } as const;

function gp3SpeedOf(engine: string, size: number): { iops: number; storageThroughput: number } {
  const { stripedGb, leastIops, throughput } = gp3Of(engine);
  return size < stripedGb ? baseline : { iops: leastIops, storageThroughput: throughput };
}

/** Speed and keys; what is not encrypted or watched has none. */
function storageOf(instance: Instance) {
  const { inputs } = instance;
  const { size, source, engine } = requestOf(instance, undefined);
  const key = awsKeyArn("rds", instance);
  const { storageType = "gp2", kmsKeyId = key }: Properties = { ...source?.state, ...inputs };
  return {
    allocatedStorage: size,
    storageType: String(storageType),
    ...(storageType === "gp3" && gp3SpeedOf(engine, size)),
    ...(inputs.storageEncrypted === true && { kmsKeyId: String(kmsKeyId) }),
    ...(inputs.performanceInsightsEnabled === true && {
      performanceInsightsKmsKeyId: key,
      performanceInsightsRetentionPeriod: 7,
    }),
  };
}

const noRelease: Release = { engine: "", version: "", family: "", series: "", port: 0, license: "" };

function engineOf(instance: Instance) {
  const source = sourceOf(instance)?.state;
  const { engine, version, family, series, port, license } = releaseFor(instance) ?? noRelease;
  return {
    engine,
    engineVersion: version,
    engineVersionActual: version,
    licenseModel: license,
    optionGroupName: `default:${engine}-${series.replace(".", "-")}`,
    parameterGroupName: `default.${family}`,
    port,
    ...(source !== undefined && { dbName: text(source.dbName) ?? "", username: text(source.username) ?? "" }),
  };
}

function placeOf(instance: Instance) {
  const { account, hex } = instance;
  const { groupName, subnetIds, vpcId = "" } = networkOf(instance);
  const { zones } = placementOf(account, subnetIds.map(String));
  const vpc = account.find("aws:ec2/vpc:Vpc", vpcId);
  return {
    availabilityZone: zones[Number.parseInt(hex(4, "zone"), 16) % zones.length] ?? "",
    dbSubnetGroupName: groupName,
    networkType: "IPV4",
    vpcSecurityGroupIds: vpc === undefined ? [] : [String(vpc.state.defaultSecurityGroupId)],
  };
}

function addressesOf({ accountId, region, inputs, hex }: Instance, port: number) {
  const identifier = inputs.identifier ?? `${inputs.identifierPrefix ?? ""}${hex(26, "identifier")}`;
  // The middle is the same for all instances of an account in a region.
  const address = `${identifier}.c${hexOf(`rds/${accountId}/${region}`, 11)}.${region}.rds.amazonaws.com`;
  return {
    identifier,
    address,
    endpoint: `${address}:${inputs.port ?? port}`,
    arn: `arn:aws:rds:${region}:${accountId}:db:${identifier}`,
    hostedZoneId: `Z${hexOf(`rds/${region}`, 13).toUpperCase()}`,
    listenerEndpoints: [],
  };
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html */
function madeFor(instance: Instance): readonly Made[] {
  const { inputs, region, accountId } = instance;
  const { identifier } = addressesOf(instance, 0);
  const logs = (inputs.enabledCloudwatchLogsExports ?? []).map((type) => {
    const group = `/aws/rds/instance/${identifier}/${type}`;
    const groupArn = `arn:aws:logs:${region}:${accountId}:log-group:${group}`;
    return {
      token: "aws:cloudwatch/logGroup:LogGroup",
      id: group,
      keys: [groupArn],
      state: { name: group, arn: groupArn, region, retentionInDays: 0 },
      stays: true,
    };
  });
  return [...masterSecretMade("db", instance), ...logs];
}

function replicasOf({ account, inputs }: Instance): readonly string[] {
  const names: readonly unknown[] = [inputs.identifier];
  return account
    .all(instanceToken)
    .filter(({ state }) => state.replicateSourceDb !== undefined && names.includes(state.replicateSourceDb))
    .map(({ state }) => String(state.identifier));
}

function snapshotOf({ state, id }: Stored): readonly Made[] {
  const identifier = text(state.finalSnapshotIdentifier);
  if (state.skipFinalSnapshot === true || identifier === undefined) return [];
  const source = { dbInstanceIdentifier: state.identifier, dbiResourceId: id, kmsKeyId: state.kmsKeyId };
  return [{ token: snapshotToken, id: identifier, state: { dbSnapshotIdentifier: identifier, ...source } }];
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html; the provider's id is the one that a rename leaves alone. */
const instance = behaviour<rds.InstanceArgs, rds.InstanceState>(instanceToken, {
  autoname: { property: "identifier", max: 63, lower: true },
  references: {
    dbSubnetGroupName: toSubnetGroup,
    parameterGroupName: toParameterGroup,
    replicateSourceDb: toSource,
    "vpcSecurityGroupIds[]": toSecurityGroup,
    kmsKeyId: toRdsKey,
    masterUserSecretKmsKeyId: toRdsKey,
    performanceInsightsKmsKeyId: toRdsKey,
    monitoringRoleArn: toServiceRole(
      "InvalidParameterValue",
      "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
    ),
  },
  // A replica lies where its source does, unless that is in another region: then it is named by its ARN.
  inDefaultVpc: ({ dbSubnetGroupName, replicateSourceDb = "arn:" }) =>
    dbSubnetGroupName === undefined && replicateSourceDb.startsWith("arn:"),
  id: ({ hex }) => `db-${hex(26).toUpperCase()}`,
  outputs: (made) => {
    const { id, inputs, created } = made;
    const engine = engineOf(made);
    const backedUp = (inputs.backupRetentionPeriod ?? 0) > 0;
    return {
      ...addressesOf(made, engine.port),
      ...engine,
      ...placeOf(made),
      ...storageOf(made),
      backupRetentionPeriod: 0,
      backupTarget: "region",
      backupWindow: "03:00-03:30",
      caCertIdentifier: "rds-ca-rsa2048-g1",
      databaseInsightsMode: "standard",
      engineLifecycleSupport: "open-source-rds-extended-support",
      latestRestorableTime: backedUp ? created : ABSENT,
      maintenanceWindow: "sun:04:00-sun:04:30",
      masterUserSecrets: masterUserSecrets("db", made),
      multiAz: false,
      replicas: [...replicasOf(made)],
      resourceId: id,
      status: "available",
      upgradeRolloutOrder: "second",
    };
  },
  keys: (state) => [state.arn, state.identifier],
  refuses: (context, before) => {
    refuseFirst(instanceRules, requestOf(context, before));
  },
  keeps: (thing, _, account) => {
    keepInstance(thing, (id) => account.find(snapshotToken, id, thing.scope) !== undefined);
  },
  makes: madeFor,
  leaves: snapshotOf,
  seconds: { create: 600, update: 120, delete: 300 },
  // The standby is made after the instance, from a snapshot of it.
  secondsToCreate: ({ multiAz }) => (multiAz === true ? 900 : undefined),
  // Snapshot, upgrade and snapshot; the standby first, then a failover to it; a standby from a snapshot.
  secondsToChange: { engineVersion: 900, instanceClass: 600, multiAz: 600, storageType: 600 },
});

/** Database servers. */
export const instances: readonly AnyBehaviour[] = [instance];
