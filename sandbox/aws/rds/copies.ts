import type { rds } from "@pulumi/aws";
import type { AnyBehaviour } from "../behaviour.ts";
import { loosely } from "../ec2/references.ts";
import { refined, taken } from "../specification/refined.ts";
import { clusterSnapshotToken, toDatabaseCluster } from "./cluster-references.ts";
import { instanceToken, snapshotToken, toSource } from "./references.ts";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSnapshot.html. A snapshot outlives what it is of. */
const snapshot = refined<rds.SnapshotArgs, rds.SnapshotState>(snapshotToken, {
  references: { dbInstanceIdentifier: { ...toSource, anyRegion: false } },
  id: ({ inputs }) => inputs.dbSnapshotIdentifier,
  rules: [
    taken(snapshotToken, ({ dbSnapshotIdentifier }) => dbSnapshotIdentifier, {
      code: "DBSnapshotAlreadyExists",
      says: ({ inputs }) =>
        `Cannot create the snapshot because a snapshot with the identifier ${inputs.dbSnapshotIdentifier} already exists.`,
    }),
  ],
  seconds: { create: 180, update: 2, delete: 5 },
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterSnapshot.html */
const clusterSnapshot = refined<rds.ClusterSnapshotArgs, rds.ClusterSnapshotState>(clusterSnapshotToken, {
  references: { dbClusterIdentifier: loosely(toDatabaseCluster) },
  id: ({ inputs }) => inputs.dbClusterSnapshotIdentifier,
  rules: [
    taken(clusterSnapshotToken, ({ dbClusterSnapshotIdentifier }) => dbClusterSnapshotIdentifier, {
      code: "DBClusterSnapshotAlreadyExistsFault",
      says: ({ inputs }) =>
        `Cannot create the cluster snapshot because one with the identifier ${inputs.dbClusterSnapshotIdentifier} already exists.`,
    }),
  ],
  seconds: { create: 120, update: 2, delete: 5 },
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_StartDBInstanceAutomatedBackupsReplication.html */
const backupsReplication = refined<
  rds.InstanceAutomatedBackupsReplicationArgs,
  rds.InstanceAutomatedBackupsReplicationState
>("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication", {
  references: { sourceDbInstanceArn: toSource },
  rules: [
    {
      when: ({ inputs, account }) => {
        const source = account.find(instanceToken, inputs.sourceDbInstanceArn);
        return source?.state.backupRetentionPeriod === 0;
      },
      code: "InvalidDBInstanceState",
      says: "Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.",
    },
  ],
  seconds: { create: 300, update: 2, delete: 120 },
});

/** What is kept of databases beside themselves. */
export const databaseCopies: readonly AnyBehaviour[] = [snapshot, clusterSnapshot, backupsReplication];
