import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { CacheStore, Clients, NetworkPlacement } from "../contracts.ts";
import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { openTo } from "../network/firewall.ts";
import type { CacheSettings } from "./settings.ts";
import { admitUsers } from "./users.ts";

export interface CacheArgs extends CacheSettings {
  /** Where the nodes live: the database subnets. Two or more zones are needed to fail over. */
  readonly network: NetworkPlacement;
  /** Who may connect: security groups, keyed by a short name that becomes part of the rule's identity. */
  readonly clients: Clients;
}

const port = 6379;

/** The engine's own logs, and CloudWatch's names for them. */
const logTypes = ["slow-log", "engine-log"] as const;

/**
 * A Valkey or Redis OSS group in cluster mode that only the named clients reach, only over TLS, and only signed in with IAM;
 * encrypted with a key of its own. With one replica or more per shard it survives the loss of a zone. Clients speak the cluster
 * protocol in every stack, also where there is a single shard, so that shards can be added without touching them.
 */
export class Cache extends pulumi.ComponentResource implements CacheStore {
  /** Where clients learn which node has which key. */
  public readonly endpoint: pulumi.Output<string>;
  public readonly port: number = port;
  public readonly securityGroupId: pulumi.Output<string>;
  public readonly replicationGroupId: pulumi.Output<string>;
  /** What IAM calls the cache: a service may sign in if its role names both this and a user. */
  public readonly groupArn: pulumi.Output<string>;
  /** Who may sign in, by the name in the settings. */
  public readonly users: CacheStore["users"];
  /** Names of the single nodes, known before anything is deployed. */
  public readonly nodeIds: readonly string[];

  public constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    const { network, clients, ...settings } = args;
    super("platform:index:Cache", name, settings, opts);
    const child = { parent: this };

    const key = new EncryptionKey(
      `${name}-key`,
      { description: "Data, snapshots and logs of the cache", services: ["logs"], protect: args.protect },
      child,
    );
    const firewall = openTo(clients, port, name, network.vpcId, child);
    const subnets = new aws.elasticache.SubnetGroup(name, { subnetIds: network.databaseSubnetIds }, child);
    const parameters = new aws.elasticache.ParameterGroup(name, describeParameters(name, args), child);
    const { group: userGroup, users } = admitUsers(name, args, child);
    const logs = logTypes.map((type) => ({
      type,
      group: prepareLogGroup(`${name}-${type}`, args, key.keyArn, child),
    }));

    const group = new aws.elasticache.ReplicationGroup(
      name,
      {
        ...describeGroup(args),
        kmsKeyId: key.keyArn,
        // The key is made with the cache, so its id makes the snapshot's name one that was never used before.
        finalSnapshotIdentifier: args.protect
          ? key.keyId.apply((id) => `${args.identifier}-final-${id.slice(0, 8)}`)
          : undefined,
        securityGroupIds: [firewall.id],
        subnetGroupName: subnets.name,
        parameterGroupName: parameters.name,
        userGroupIds: [userGroup.userGroupId],
        logDeliveryConfigurations: logs.map(({ type, group: { name: destination } }) => ({
          destination,
          destinationType: "cloudwatch-logs",
          logFormat: "json",
          logType: type,
        })),
      },
      { ...child, protect: args.protect },
    );

    this.endpoint = group.configurationEndpointAddress;
    this.securityGroupId = firewall.id;
    this.replicationGroupId = group.replicationGroupId;
    this.groupArn = group.arn;
    this.users = users;
    this.nodeIds = nameNodes(args);
    this.registerOutputs({
      endpoint: this.endpoint,
      port: this.port,
      securityGroupId: this.securityGroupId,
      replicationGroupId: this.replicationGroupId,
      groupArn: this.groupArn,
      users: this.users,
      nodeIds: this.nodeIds,
    });
  }
}

/** Names of all nodes as AWS gives them in cluster mode: `<group>-<shard>-<node>`, shards of four digits, nodes of three. */
export function nameNodes({
  identifier,
  shards,
  replicasPerShard,
}: Pick<CacheSettings, "identifier" | "shards" | "replicasPerShard">): string[] {
  const count = (length: number): number[] => Array.from({ length }, (_, index) => index + 1);
  return count(shards).flatMap((shard) =>
    count(1 + replicasPerShard).map(
      (node) => `${identifier}-${String(shard).padStart(4, "0")}-${String(node).padStart(3, "0")}`,
    ),
  );
}

function describeParameters(name: string, args: CacheArgs): aws.elasticache.ParameterGroupArgs {
  const [major] = args.engineVersion.split(".");
  return {
    family: `${args.engine}${major ?? ""}`,
    description: `Settings of ${name}`,
    parameters: [
      { name: "cluster-enabled", value: "yes" },
      { name: "maxmemory-policy", value: args.maxMemoryPolicy },
    ],
  };
}

function prepareLogGroup(
  name: string,
  { logRetentionDays, protect }: CacheArgs,
  keyArn: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(
    name,
    { retentionInDays: logRetentionDays, kmsKeyId: keyArn, deletionProtectionEnabled: protect },
    opts,
  );
}

function describeGroup(args: CacheArgs): Omit<aws.elasticache.ReplicationGroupArgs, "kmsKeyId"> {
  return {
    replicationGroupId: args.identifier,
    description: `Cache of ${args.identifier}`,
    engine: args.engine,
    engineVersion: args.engineVersion,
    nodeType: args.nodeType,
    port,
    numNodeGroups: args.shards,
    replicasPerNodeGroup: args.replicasPerShard,
    // Cluster mode fails over by itself or not at all (API reference, CreateReplicationGroup).
    automaticFailoverEnabled: true,
    multiAzEnabled: args.replicasPerShard > 0,
    atRestEncryptionEnabled: true,
    transitEncryptionEnabled: true,
    transitEncryptionMode: "required",
    snapshotRetentionLimit: args.snapshotRetentionDays,
    snapshotWindow: args.snapshotWindow,
    maintenanceWindow: args.maintenanceWindow,
    autoMinorVersionUpgrade: true,
    // Nodes are changed one by one while the cache serves; and a version's old parameter group can only be deleted once it is unused.
    applyImmediately: true,
  };
}
