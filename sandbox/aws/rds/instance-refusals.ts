import { Refusal } from "../../model.ts";
import type { Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { Rule } from "../refuse-first.ts";
import { isReserved, isWithoutDatabase } from "./engines.ts";
import { features } from "./instance-features.ts";
import { storage } from "./instance-storage.ts";
import { badPassword } from "./passwords.ts";
import type { Request } from "./request.ts";

/** Days of statistics that Database Insights keeps in its advanced mode. */
const advancedDays = 465;

const combination = "InvalidParameterCombination";
const value = "InvalidParameterValue";

const identity: readonly Rule<Request>[] = [
  { when: ({ taken }) => taken, code: "DBInstanceAlreadyExists", says: "DB instance already exists" },
  {
    when: ({ inputs }) => !/^db\.[a-z0-9]+\.[a-z0-9-]+$/.test(inputs.instanceClass),
    code: value,
    says: ({ inputs }) => `Invalid DB Instance class: ${inputs.instanceClass}`,
  },
  {
    when: ({ inputs, copied }) => !copied && text(inputs.username) === undefined,
    code: combination,
    says: "The parameter MasterUsername must be provided and must not be blank.",
  },
  {
    when: ({ inputs, copied }) =>
      !copied && !(inputs.password ?? inputs.passwordWo) && inputs.manageMasterUserPassword !== true,
    code: combination,
    says: "The parameter MasterUserPassword must be provided and must not be blank.",
  },
  {
    when: ({ inputs, engine }) => isWithoutDatabase(engine) && (inputs.dbName ?? "") !== "",
    code: value,
    says: ({ engine }) => `DBName must be null for engine: ${engine}`,
  },
  {
    when: ({ inputs, engine }) =>
      /^(?:mariadb|mysql|postgres)$/.test(engine) && /^(?:[^A-Za-z]|.*\W)/.test(inputs.dbName ?? ""),
    code: value,
    says: "DBName must begin with a letter and contain only alphanumeric characters.",
  },
  {
    when: ({ inputs }) => badPassword(inputs.password ?? inputs.passwordWo) !== undefined,
    code: value,
    says: ({ inputs }) => badPassword(inputs.password ?? inputs.passwordWo) ?? "",
  },
  {
    when: ({ inputs, engine }) => isReserved(engine, inputs.username ?? ""),
    code: value,
    says: ({ inputs }) =>
      `MasterUsername ${inputs.username ?? ""} cannot be used as it is a reserved word used by the engine`,
  },
];

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstanceReadReplica.html and, of passwords, https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html#rds-secrets-manager-limitations */
const copying: readonly Rule<Request>[] = [
  {
    // The provider says so in its plan.
    when: ({ inputs: { dbSubnetGroupName, replicateSourceDb } }) =>
      dbSubnetGroupName !== undefined && replicateSourceDb?.startsWith("arn:") === false,
    code: combination,
    says: '"replicate_source_db" must be an ARN when "db_subnet_group_name" is set.',
  },
  {
    when: ({ source, before }) => before === undefined && source?.state.backupRetentionPeriod === 0,
    code: "InvalidDBInstanceState",
    says: "Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.",
  },
  {
    when: ({ source, before }) => before === undefined && source?.state.manageMasterUserPassword === true,
    code: combination,
    says: ({ source }) =>
      `You can't create a read replica of DB instance ${String(source?.state.identifier)}: its master user password is managed in AWS Secrets Manager.`,
  },
];

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html */
const version: readonly Rule<Request>[] = [
  {
    when: ({ release }) => release === undefined,
    code: combination,
    says: ({ inputs, engine }) => `Cannot find version ${inputs.engineVersion ?? ""} for ${engine}`,
  },
  {
    when: ({ release, oldVersion }) => isOlder(release?.version, oldVersion),
    code: combination,
    says: ({ release, engine, oldVersion }) =>
      `Cannot upgrade ${engine} from ${oldVersion ?? ""} to ${release?.version ?? ""}`,
  },
  {
    when: ({ release, oldVersion, inputs }) =>
      oldVersion?.startsWith(`${release?.series ?? ""}.`) === false &&
      inputs.allowMajorVersionUpgrade !== true,
    code: combination,
    says: "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
  },
  {
    when: ({ family, release }) => family !== undefined && family !== release?.family,
    code: combination,
    says: ({ inputs, family, release }) =>
      `The parameter group ${inputs.parameterGroupName ?? ""} with DBParameterGroupFamily ${family ?? ""} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${release?.family ?? ""}.`,
  },
];

function isOlder(wanted: string | undefined, old: string | undefined): boolean {
  if (wanted === undefined || old === undefined) return false;
  return wanted.localeCompare(old, "en", { numeric: true }) < 0;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html and https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DatabaseInsights.TurningOnAdvanced.html */
const monitoring: readonly Rule<Request>[] = [
  {
    when: ({ inputs: { monitoringInterval = 0, monitoringRoleArn } }) =>
      monitoringInterval !== 0 && monitoringRoleArn === undefined,
    code: combination,
    says: "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
  },
  {
    when: ({ inputs: { monitoringInterval = 0, monitoringRoleArn } }) =>
      monitoringInterval === 0 && monitoringRoleArn !== undefined,
    code: combination,
    says: "You must specify a MonitoringInterval value other than 0 when you specify a MonitoringRoleARN value.",
  },
  {
    when: ({ inputs }) =>
      inputs.databaseInsightsMode === "advanced" &&
      (inputs.performanceInsightsEnabled !== true ||
        (inputs.performanceInsightsRetentionPeriod ?? 0) < advancedDays),
    code: combination,
    says: `To enable the Advanced mode of Database Insights, enable Performance Insights with a retention period of at least ${advancedDays} days.`,
  },
];

const place: readonly Rule<Request>[] = [
  {
    when: ({ stray }) => stray !== undefined,
    code: combination,
    says: ({ vpcId = "", stray }) =>
      `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcId} and the EC2 security group is in ${stray?.vpcId ?? ""}`,
  },
  {
    when: ({ inputs }) => inputs.multiAz === true && inputs.availabilityZone !== undefined,
    code: combination,
    says: "Requesting a specific availability zone is not valid for Multi-AZ instances.",
  },
  {
    when: ({ hidden }) => hidden !== undefined,
    code: "InvalidVPCNetworkStateFault",
    says: ({ hidden = "" }) => hidden,
  },
];

/** What RDS does not take: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
export const instanceRules: readonly Rule<Request>[] = [
  ...identity,
  ...copying,
  ...version,
  ...storage,
  ...features,
  ...monitoring,
  ...place,
];

/** What RDS does not delete: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html */
export function keepInstance({ state }: Stored, snapshotExists: (id: string) => boolean): void {
  if (state.deletionProtection === true) {
    throw new Refusal(
      combination,
      "Cannot delete protected DB Instance, please disable deletion protection and try again.",
    );
  }
  if (state.skipFinalSnapshot === true) return;
  const snapshot = text(state.finalSnapshotIdentifier);
  if (snapshot !== undefined && text(state.replicateSourceDb) !== undefined) {
    throw new Refusal(
      combination,
      "FinalDBSnapshotIdentifier can not be specified when deleting a replica instance",
    );
  }
  if (snapshot === undefined) {
    throw new Refusal(
      "MissingParameter",
      "final_snapshot_identifier is required when skip_final_snapshot is false",
    );
  }
  if (snapshotExists(snapshot)) {
    throw new Refusal(
      "DBSnapshotAlreadyExists",
      `Cannot create the snapshot because a snapshot with the identifier ${snapshot} already exists.`,
    );
  }
}
