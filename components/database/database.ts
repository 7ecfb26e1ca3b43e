import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { Clients, DatabaseStore, NetworkPlacement } from "../contracts.ts";
import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { openTo } from "../network/firewall.ts";
import { authority } from "./authorities.ts";
import { capacityOf } from "./capacity.ts";
import type { DatabaseCapacity } from "./capacity.ts";
import { arrangePassword } from "./master-password.ts";
import { logTypes, prepareLogGroups, prepareMonitoringRole, replicaNames } from "./monitoring.ts";
import { describeParameters } from "./parameters.ts";
import { majorVersionOf } from "./settings.ts";
import type { DatabaseSettings } from "./settings.ts";

export interface DatabaseArgs extends DatabaseSettings {
  /** Where the instances live: the database subnets, in two or more zones. */
  readonly network: NetworkPlacement;
  /** Who may connect: security groups, keyed by a short name that becomes part of the rule's identity. */
  readonly clients: Clients;
}

const port = 5432;

/** Days of query statistics CloudWatch Database Insights asks for (its guide, "Turning on Database Insights"). */
const insightsRetentionDays = { standard: 7, advanced: 465 } as const;

/**
 * A PostgreSQL instance that only the named clients reach, only over TLS, encrypted with a key of its own, with IAM sign-in,
 * point-in-time recovery and its logs in CloudWatch. Nobody has to know its owner's password. While `protect` is set it
 * cannot be deleted by accident, and a final snapshot remains where it is deleted after all.
 */
export class Database extends pulumi.ComponentResource implements DatabaseStore {
  public readonly endpoint: pulumi.Output<string>;
  /** One per read replica. */
  public readonly readerEndpoints: readonly pulumi.Output<string>[];
  public readonly port: number = port;
  /** The secret with the owner's name and password, for operators and for the job that makes the services' users. */
  public readonly secretArn: pulumi.Output<string>;
  public readonly securityGroupId: pulumi.Output<string>;
  /** Identifiers of the primary and then its read replicas. */
  public readonly instanceIds: readonly pulumi.Output<string>[];
  /** The first database, as PostgreSQL names it. */
  public readonly databaseName: string;
  /** What IAM calls the primary and then its read replicas: a service may sign in to those its role names. */
  public readonly resourceIds: readonly pulumi.Output<string>[];
  /** What alarms measure against: what each instance offers, and the storage it began with. */
  public readonly capacity: DatabaseCapacity;
  public readonly storageGb: number;

  public constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    const { network, clients, ...settings } = args;
    super("platform:index:Database", name, settings, opts);
    const child = { parent: this };

    const key = makeKey(`${name}-key`, args, child);
    const firewall = openTo(clients, port, name, network.vpcId, child);
    const shared = describeShared(args, {
      securityGroupId: firewall.id,
      keyArn: key.keyArn,
      parameterGroupName: makeParameterGroup(name, args, child).name,
      monitoringRoleArn: prepareMonitoringRole(`${name}-monitoring`, args.monitoringIntervalSeconds, child),
    });
    const logs = prepareLogGroups(name, args, key.keyArn, child);
    const subnets = new aws.rds.SubnetGroup(name, { subnetIds: network.databaseSubnetIds }, child);
    const owner = arrangePassword(`${name}-owner`, args, key.keyArn, child);

    const primary = new aws.rds.Instance(
      name,
      { ...shared, ...describePrimary(args, key), ...owner.args, dbSubnetGroupName: subnets.name },
      { ...child, protect: args.protect, dependsOn: logs },
    );
    const replicas = replicaNames(args).map(
      (identifier, index) =>
        new aws.rds.Instance(
          `${name}-replica-${index + 1}`,
          { ...shared, ...describeReplica(args, index), identifier, replicateSourceDb: primary.identifier },
          // Its zone is chosen once: with a further zone in the network another one would come next, and replace it.
          { ...child, dependsOn: logs, ignoreChanges: ["availabilityZone"] },
        ),
    );

    this.endpoint = primary.address;
    this.readerEndpoints = replicas.map(({ address }) => address);
    this.secretArn =
      owner.secretArn ?? primary.masterUserSecrets.apply(([secret]) => secret?.secretArn ?? "");
    this.securityGroupId = firewall.id;
    this.instanceIds = [primary, ...replicas].map(({ identifier }) => identifier);
    this.databaseName = args.databaseName;
    this.resourceIds = [primary, ...replicas].map(({ resourceId }) => resourceId);
    this.capacity = capacityOf(args);
    this.storageGb = args.storageGb;
    this.registerOutputs({
      endpoint: this.endpoint,
      readerEndpoints: this.readerEndpoints,
      port: this.port,
      secretArn: this.secretArn,
      securityGroupId: this.securityGroupId,
      instanceIds: this.instanceIds,
      databaseName: this.databaseName,
      resourceIds: this.resourceIds,
      capacity: this.capacity,
      storageGb: this.storageGb,
    });
  }
}

function makeKey(name: string, args: DatabaseArgs, opts: pulumi.ComponentResourceOptions): EncryptionKey {
  return new EncryptionKey(
    name,
    {
      description: "Data, statistics, logs and owner's secret of the database",
      services: ["logs"],
      protect: args.protect,
    },
    opts,
  );
}

function makeParameterGroup(
  name: string,
  args: DatabaseArgs,
  opts: pulumi.CustomResourceOptions,
): aws.rds.ParameterGroup {
  return new aws.rds.ParameterGroup(
    name,
    {
      family: `postgres${majorVersionOf(args)}`,
      parameters: describeParameters(args),
      description: `Settings of ${name}`,
    },
    opts,
  );
}

interface Neighbours {
  readonly securityGroupId: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;
  readonly parameterGroupName: pulumi.Output<string>;
  readonly monitoringRoleArn: pulumi.Output<string> | undefined;
}

/** What the primary and its replicas have in common. */
function describeShared(args: DatabaseArgs, near: Neighbours): aws.rds.InstanceArgs {
  return {
    instanceClass: args.instanceClass,
    storageEncrypted: true,
    storageType: "gp3",
    maxAllocatedStorage: args.maxStorageGb,
    port,
    publiclyAccessible: false,
    vpcSecurityGroupIds: [near.securityGroupId],
    parameterGroupName: near.parameterGroupName,
    iamDatabaseAuthenticationEnabled: true,
    caCertIdentifier: authority,
    maintenanceWindow: args.maintenanceWindow,
    autoMinorVersionUpgrade: true,
    // A major upgrade brings a parameter group of its own, and the old one can only be deleted once it is done.
    applyImmediately: args.allowMajorVersionUpgrade,
    copyTagsToSnapshot: true,
    enabledCloudwatchLogsExports: [...logTypes],
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: near.keyArn,
    performanceInsightsRetentionPeriod: insightsRetentionDays[args.insights],
    databaseInsightsMode: args.insights,
    monitoringInterval: args.monitoringIntervalSeconds,
    monitoringRoleArn: near.monitoringRoleArn,
    iops: args.iops,
    storageThroughput: args.throughputMb,
  };
}

function describePrimary(
  args: DatabaseArgs,
  key: EncryptionKey,
): Omit<aws.rds.InstanceArgs, "instanceClass"> {
  return {
    identifier: args.identifier,
    engine: "postgres",
    engineVersion: majorVersionOf(args),
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    allowMajorVersionUpgrade: args.allowMajorVersionUpgrade,
    dbName: args.databaseName,
    username: args.masterUsername,
    allocatedStorage: args.storageGb,
    kmsKeyId: key.keyArn,
    multiAz: args.multiAz,
    backupRetentionPeriod: args.backupRetentionDays,
    backupWindow: args.backupWindow,
    deletionProtection: args.protect,
    deleteAutomatedBackups: !args.protect,
    skipFinalSnapshot: !args.protect,
    // The key is made with the database, so its id makes the snapshot's name one that was never used before.
    finalSnapshotIdentifier: args.protect
      ? key.keyId.apply((id) => `${args.identifier}-final-${id.slice(0, 8)}`)
      : undefined,
  };
}

/** Replicas take engine, key, subnets and credentials from their source, and leave nothing behind that it does not have. */
function describeReplica(
  { network }: DatabaseArgs,
  index: number,
): Omit<aws.rds.InstanceArgs, "instanceClass"> {
  return {
    availabilityZone: network.zones[(index + 1) % network.zones.length],
    multiAz: false,
    backupRetentionPeriod: 0,
    skipFinalSnapshot: true,
  };
}
