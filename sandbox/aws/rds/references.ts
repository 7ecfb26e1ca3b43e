import type { Reference } from "../behaviour.ts";
import { toKey } from "../kms.ts";

export const instanceToken = "aws:rds/instance:Instance";
export const subnetGroupToken = "aws:rds/subnetGroup:SubnetGroup";
export const parameterGroupToken = "aws:rds/parameterGroup:ParameterGroup";
export const snapshotToken = "aws:rds/snapshot:Snapshot";

/** Codes: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html#API_CreateDBInstance_Errors */
export const toSubnetGroup: Reference = {
  to: subnetGroupToken,
  missing: { code: "DBSubnetGroupNotFoundFault", message: "DB subnet group '{value}' does not exist." },
};
export const toParameterGroup: Reference = {
  to: parameterGroupToken,
  missing: { code: "DBParameterGroupNotFound", message: "DBParameterGroup not found: {value}" },
  foreign: /^default\./,
};
/** The source of a replica. Its replicas live on without it, each for itself. */
export const toSource: Reference = {
  to: instanceToken,
  missing: { code: "DBInstanceNotFound", message: "DBInstance {value} not found." },
  holds: false,
  anyRegion: true,
};
export const toRdsKey: Reference = toKey(
  "KMSKeyNotAccessibleFault",
  "The specified KMS key [{value}] does not exist, is not enabled or you do not have permissions to access it.",
);
