import type { docdb } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import { hexOf, list } from "../values.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { toSecurityGroup } from "./ec2/references.ts";
import { toKey } from "./kms.ts";
import { placementOf, strayGroup, toGroupedSubnet } from "./placement.ts";
import { keepCluster, snapshotOf } from "./rds/cluster-deletion.ts";
import { masterSecretMade, masterUserSecrets } from "./rds/master-secret.ts";
import { refined, taken } from "./specification/refined.ts";

const clusterToken = "aws:docdb/cluster:Cluster";
const instanceToken = "aws:docdb/clusterInstance:ClusterInstance";
const subnetGroupToken = "aws:docdb/subnetGroup:SubnetGroup";
const snapshotToken = "aws:docdb/clusterSnapshot:ClusterSnapshot";
const combination = "InvalidParameterCombination";

/** As of summer 2026: https://docs.aws.amazon.com/documentdb/latest/developerguide/release-notes.html */
const versions: readonly string[] = ["3.6.0", "4.0.0", "5.0.0", "8.0.0"];
const usualVersion = "5.0.0";

const toSubnetGroup: Reference = {
  to: [subnetGroupToken, "aws:rds/subnetGroup:SubnetGroup"],
  missing: { code: "DBSubnetGroupNotFoundFault", message: "DB subnet group '{value}' does not exist." },
};

/** How a deletion is spoken of. */
const wording = {
  snapshotToken,
  unnamed: "DocumentDB Cluster FinalSnapshotIdentifier is required when a final snapshot is required",
};

/** What the names of an account's clusters and instances end in: https://docs.aws.amazon.com/documentdb/latest/developerguide/endpoints.html */
function hostOf(accountId: string, region: string): string {
  return `c${hexOf(`docdb/${accountId}/${region}`, 11)}.${region}.docdb.amazonaws.com`;
}

/** https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBSubnetGroup.html */
const subnetGroup = refined<docdb.SubnetGroupArgs, docdb.SubnetGroupState>(subnetGroupToken, {
  autoname: { property: "name", max: 255, lower: true },
  references: { "subnetIds[]": toGroupedSubnet },
  rules: [
    {
      when: ({ account, inputs }) => placementOf(account, inputs.subnetIds).zones.length < 2,
      code: "DBSubnetGroupDoesNotCoverEnoughAZs",
      says: ({ account, inputs }) =>
        `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${placementOf(account, inputs.subnetIds).zones.join(", ")}. Add subnets to cover at least 2 AZs.`,
    },
  ],
  keeps: ({ id }, [holder]) => {
    if (holder === undefined) return;
    throw new Refusal(
      "InvalidDBSubnetGroupStateFault",
      `Cannot delete the subnet group '${id}' because at least one database instance: ${holder.id} is still using it.`,
    );
  },
  seconds: { create: 2, update: 2, delete: 1 },
});

/** https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBCluster.html */
const cluster = refined<docdb.ClusterArgs, docdb.ClusterState>(clusterToken, {
  autoname: { property: "clusterIdentifier", max: 63, lower: true },
  references: {
    dbSubnetGroupName: toSubnetGroup,
    "vpcSecurityGroupIds[]": toSecurityGroup,
    kmsKeyId: toKey(
      "KMSKeyNotAccessibleFault",
      "The specified KMS key [{value}] does not exist, is not enabled or you do not have permissions to access it.",
    ),
  },
  id: ({ inputs, hex }) =>
    inputs.clusterIdentifier ?? `${inputs.clusterIdentifierPrefix ?? ""}${hex(26, "identifier")}`,
  outputs: (made) => {
    const { id, inputs, accountId, region, hex } = made;
    const host = hostOf(accountId, region);
    return {
      arn: `arn:aws:rds:${region}:${accountId}:cluster:${id}`,
      clusterIdentifier: id,
      clusterResourceId: `cluster-${hex(26, "resource").toUpperCase()}`,
      endpoint: `${id}.cluster-${host}`,
      engineVersion: inputs.engineVersion ?? usualVersion,
      masterUserSecrets: masterUserSecrets("cluster", made),
      readerEndpoint: `${id}.cluster-ro-${host}`,
    };
  },
  keys: (state) => [state.arn, state.clusterResourceId],
  rules: [
    taken(clusterToken, ({ clusterIdentifier }) => clusterIdentifier, {
      code: "DBClusterAlreadyExistsFault",
      says: "DB Cluster already exists",
    }),
    {
      when: ({ inputs: { engineVersion = usualVersion } }) => !versions.includes(engineVersion),
      code: combination,
      says: ({ inputs }) => `Cannot find version ${inputs.engineVersion ?? ""} for docdb`,
    },
    {
      when: ({ inputs, account, region }) => {
        const group = account.find(subnetGroupToken, inputs.dbSubnetGroupName ?? "", region);
        const [vpcId] = placementOf(account, list(group?.state.subnetIds).map(String)).vpcs;
        return vpcId !== undefined && strayGroup(account, inputs.vpcSecurityGroupIds, vpcId) !== undefined;
      },
      code: combination,
      says: "The DB instance and EC2 security group are in different VPCs.",
    },
  ],
  keeps: (thing, holders, account) => {
    keepCluster(thing, holders, account, wording);
  },
  makes: (made) => masterSecretMade("cluster", made),
  leaves: (thing) => snapshotOf(thing, snapshotToken),
  seconds: { create: 90, update: 60, delete: 120 },
});

/** https://docs.aws.amazon.com/documentdb/latest/developerguide/API_CreateDBInstance.html */
const instance = refined<docdb.ClusterInstanceArgs, docdb.ClusterInstanceState>(instanceToken, {
  autoname: { property: "identifier", max: 63, lower: true },
  references: {
    clusterIdentifier: {
      to: clusterToken,
      missing: { code: "DBClusterNotFoundFault", message: "DBCluster {value} not found." },
    },
  },
  id: ({ inputs, hex }) => inputs.identifier ?? `${inputs.identifierPrefix ?? ""}${hex(26, "identifier")}`,
  outputs: ({ id, accountId, region, hex }) => ({
    arn: `arn:aws:rds:${region}:${accountId}:db:${id}`,
    dbiResourceId: `db-${hex(26, "resource").toUpperCase()}`,
    endpoint: `${id}.${hostOf(accountId, region)}`,
    identifier: id,
    port: 27017,
  }),
  rules: [
    taken(instanceToken, ({ identifier }) => identifier, {
      code: "DBInstanceAlreadyExists",
      says: "DB instance already exists",
    }),
    {
      // https://docs.aws.amazon.com/documentdb/latest/developerguide/db-instance-classes.html
      when: ({ inputs }) =>
        !/^db\.(?:serverless|t3\.medium|t4g\.medium|r\d[a-z]*\.\w+)$/.test(inputs.instanceClass),
      code: combination,
      says: ({ inputs }) =>
        `DBInstanceClass ${inputs.instanceClass} is not supported for engine docdb. For supported combinations of instance class and database engine version, see the documentation.`,
    },
  ],
  seconds: { create: 420, update: 120, delete: 300 },
});

/** Databases of documents. */
export const documentClusters: readonly AnyBehaviour[] = [subnetGroup, cluster, instance];
