import { UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const replica = { replicateSourceDb: "main" };
const extended =
  "engineLifecycleSupport is open-source-rds-extended-support: use open-source-rds-extended-support-disabled, or a forgotten upgrade is paid by the hour.";
const unlocked = "deletionProtection is not true: set it.";
const skipped = "skipFinalSnapshot is true: set it to false, or its last state goes with the database.";
const unnamed = "finalSnapshotIdentifier is not set: name the final snapshot.";
const forgotten = "deleteAutomatedBackups is not false: set it, or the backups go with the database.";
const untagged = "copyTagsToSnapshot is not true: set it, or snapshots are nobody's.";
const noLogs =
  "enabledCloudwatchLogsExports is empty: name the engine's logs, or they stay on the machine and are lost with it.";
const noSignIn = "iamDatabaseAuthenticationEnabled is not true: set it.";
const choice =
  "postgres:15, postgres:16, postgres:17, postgres:18, aurora-postgresql:15, aurora-postgresql:16, aurora-postgresql:17, mysql:8.4, aurora-mysql:8.0, mariadb:10.11, mariadb:11.4, mariadb:11.8";

/** Days of backups in words. */
function shortBackups(days: number, least: number): string {
  return `backupRetentionPeriod is ${String(days)}: keep backups ${String(least)} days or more in this stack, since nothing older can be restored.`;
}

/** An engine that is not in the list. */
function unlisted(engine: string): string {
  return `engine ${engine} is not one of ${choice}: upgrade it, or add it to engines.`;
}

/** What the policies on databases make of single resources. */
export const databases: CaseBook = {
  "rds-multi-az": {
    "aws:rds/instance:Instance": [
      {
        when: "it is in one zone",
        patch: { multiAz: false },
        finds: "multiAz is not true: set it, or the database is gone with its zone.",
      },
      {
        when: "nothing is said",
        patch: { multiAz: undefined },
        finds: "multiAz is not true: set it, or the database is gone with its zone.",
      },
      { when: "it is a replica", patch: { ...replica, multiAz: undefined } },
      { when: "it is not known yet", patch: { multiAz: UNKNOWN }, defers: true },
    ],
    "aws:rds/cluster:Cluster": [
      {
        when: "one zone is named twice",
        patch: { availabilityZones: ["eu-west-1a", "eu-west-1a"] },
        finds: "availabilityZones are eu-west-1a, eu-west-1a: name two or more, or none.",
      },
      { when: "two zones are named", patch: { availabilityZones: ["eu-west-1a", "eu-west-1b"] } },
      { when: "the zones are not known yet", patch: { availabilityZones: UNKNOWN }, defers: true },
    ],
  },
  "rds-deletion-safeguards": {
    "aws:rds/instance:Instance": [
      { when: "it may be deleted", patch: { deletionProtection: false }, finds: unlocked },
      { when: "nothing is said about deletion", patch: { deletionProtection: undefined }, finds: unlocked },
      { when: "no snapshot remains", patch: { skipFinalSnapshot: true }, finds: skipped },
      {
        when: "the last snapshot has no name",
        patch: { finalSnapshotIdentifier: undefined },
        finds: unnamed,
      },
      { when: "the snapshot's name is not known yet", patch: { finalSnapshotIdentifier: UNKNOWN } },
      { when: "backups go with it", patch: { deleteAutomatedBackups: true }, finds: forgotten },
      {
        when: "nothing is said about backups",
        patch: { deleteAutomatedBackups: undefined },
        finds: forgotten,
      },
      { when: "snapshots have no tags", patch: { copyTagsToSnapshot: undefined }, finds: untagged },
      { when: "protection is not known yet", patch: { deletionProtection: UNKNOWN }, defers: true },
      {
        when: "it is a replica, which leaves nothing behind",
        patch: {
          ...replica,
          ...{ deletionProtection: undefined, skipFinalSnapshot: true, deleteAutomatedBackups: undefined },
        },
      },
    ],
    "aws:rds/cluster:Cluster": [
      {
        when: "nothing is said",
        patch: {
          ...{ deletionProtection: undefined, deleteAutomatedBackups: undefined },
          ...{ copyTagsToSnapshot: undefined, finalSnapshotIdentifier: undefined },
        },
        finds: [unlocked, unnamed, forgotten, untagged],
      },
    ],
  },
  "rds-backup-retention": {
    "aws:rds/instance:Instance": [
      { when: "prod keeps a week", patch: { backupRetentionPeriod: 7 }, finds: shortBackups(7, 30) },
      { when: "staging keeps a week", patch: { backupRetentionPeriod: 7 }, stack: "staging" },
      {
        when: "dev keeps none",
        patch: { backupRetentionPeriod: 0 },
        finds: shortBackups(0, 1),
        stack: "dev",
      },
      {
        when: "nothing is said, which the provider takes for none",
        patch: { backupRetentionPeriod: undefined },
        finds: shortBackups(0, 30),
      },
      { when: "it is a replica", patch: { ...replica, backupRetentionPeriod: 0 } },
      { when: "it is not known yet", patch: { backupRetentionPeriod: UNKNOWN }, defers: true },
    ],
    "aws:rds/cluster:Cluster": [
      {
        when: "nothing is said, which AWS takes for a day",
        patch: { backupRetentionPeriod: undefined },
        finds: shortBackups(1, 30),
      },
      { when: "nothing is said in dev", patch: { backupRetentionPeriod: undefined }, stack: "dev" },
    ],
  },
  "rds-log-exports": {
    "aws:rds/instance:Instance": [
      { when: "no log is exported", patch: { enabledCloudwatchLogsExports: [] }, finds: noLogs },
      { when: "nothing is said", patch: { enabledCloudwatchLogsExports: undefined }, finds: noLogs },
      {
        when: "the log of upgrades is not exported",
        patch: { enabledCloudwatchLogsExports: ["postgresql"] },
        finds: "enabledCloudwatchLogsExports lacks upgrade: add it.",
      },
      {
        when: "MySQL exports slow queries only",
        patch: { engine: "mysql", enabledCloudwatchLogsExports: ["slowquery"] },
        finds: "enabledCloudwatchLogsExports lacks error: add it.",
      },
      {
        when: "it is a replica, which does not say its engine",
        patch: { ...replica, engine: undefined, enabledCloudwatchLogsExports: ["upgrade"] },
      },
      { when: "it is not known yet", patch: { enabledCloudwatchLogsExports: UNKNOWN }, defers: true },
    ],
    "aws:rds/cluster:Cluster": [
      { when: "no log is exported", patch: { enabledCloudwatchLogsExports: [] }, finds: noLogs },
    ],
  },
  "rds-iam-auth": {
    "aws:rds/instance:Instance": [
      { when: "it is off", patch: { iamDatabaseAuthenticationEnabled: false }, finds: noSignIn },
      { when: "nothing is said", patch: { iamDatabaseAuthenticationEnabled: undefined }, finds: noSignIn },
      {
        when: "the engine does not know it",
        patch: { engine: "sqlserver-se", iamDatabaseAuthenticationEnabled: undefined },
      },
      { when: "it is not known yet", patch: { iamDatabaseAuthenticationEnabled: UNKNOWN }, defers: true },
    ],
    "aws:rds/cluster:Cluster": [
      { when: "it is off", patch: { iamDatabaseAuthenticationEnabled: false }, finds: noSignIn },
    ],
  },
  "rds-engine-current": {
    "aws:rds/instance:Instance": [
      { when: "its makers have given it up", patch: { engineVersion: "13" }, finds: unlisted("postgres 13") },
      { when: "a minor version is named", patch: { engineVersion: "17.6" } },
      {
        when: "the major version only begins like one of the list",
        patch: { engineVersion: "170" },
        finds: unlisted("postgres 170"),
      },
      {
        when: "no version is named",
        patch: { engineVersion: undefined },
        finds: "engineVersion is not set, so AWS chooses: name the major version, such as 17.",
      },
      {
        when: "it does not mend itself",
        patch: { autoMinorVersionUpgrade: false },
        finds: "autoMinorVersionUpgrade is false: leave it unset, or security fixes wait for somebody.",
      },
      { when: "nothing is said about mending", patch: { autoMinorVersionUpgrade: undefined } },
      {
        when: "extended support is bought by silence",
        patch: { engineLifecycleSupport: undefined },
        finds: extended,
      },
      {
        when: "it is a replica, which has its source's engine",
        patch: { ...replica, engine: undefined, engineVersion: undefined, engineLifecycleSupport: undefined },
      },
      { when: "the version is not known yet", patch: { engineVersion: UNKNOWN }, defers: true },
    ],
    "aws:rds/cluster:Cluster": [
      {
        when: "its makers have given it up",
        patch: { engineVersion: "13.9" },
        finds: unlisted("aurora-postgresql 13.9"),
      },
      {
        when: "extended support is bought",
        patch: { engineLifecycleSupport: "open-source-rds-extended-support" },
        finds: extended,
      },
    ],
    "aws:rds/clusterInstance:ClusterInstance": [
      {
        when: "it does not mend itself",
        patch: { autoMinorVersionUpgrade: false },
        finds: "autoMinorVersionUpgrade is false: leave it unset, or security fixes wait for somebody.",
      },
      { when: "nothing is said", patch: { autoMinorVersionUpgrade: undefined } },
    ],
  },
  "rds-monitoring": {
    "aws:rds/instance:Instance": [
      {
        when: "the machine is not watched",
        patch: { monitoringInterval: undefined },
        finds: "monitoringInterval is 0: set it to 60, or less where a minute is too long.",
      },
      {
        when: "statements are not counted",
        patch: { performanceInsightsEnabled: false },
        finds: "performanceInsightsEnabled is not true: set it.",
      },
      {
        when: "no key is named",
        patch: { performanceInsightsKmsKeyId: undefined },
        finds:
          "performanceInsightsKmsKeyId is not set: name a key of the account, since statements may hold data.",
      },
      { when: "the key is not known yet", patch: { performanceInsightsKmsKeyId: UNKNOWN } },
      { when: "the interval is not known yet", patch: { monitoringInterval: UNKNOWN }, defers: true },
    ],
  },
};
