import type { Reference } from "../behaviour.ts";
import { toKey } from "../kms.ts";

export const groupToken = "aws:elasticache/replicationGroup:ReplicationGroup";
export const subnetGroupToken = "aws:elasticache/subnetGroup:SubnetGroup";
export const parameterGroupToken = "aws:elasticache/parameterGroup:ParameterGroup";
export const userToken = "aws:elasticache/user:User";
export const userGroupToken = "aws:elasticache/userGroup:UserGroup";
export const snapshotToken = "aws:elasticache/snapshot:Snapshot";

/** Codes: https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html#API_CreateReplicationGroup_Errors */
export const toSubnetGroup: Reference = {
  to: subnetGroupToken,
  missing: {
    code: "CacheSubnetGroupNotFoundFault",
    message: "Cache Subnet Group {value} does not exist.",
  },
};
export const toParameterGroup: Reference = {
  to: parameterGroupToken,
  missing: { code: "CacheParameterGroupNotFound", message: "CacheParameterGroup {value} not found." },
  foreign: /^default\./,
};
export const toUser: Reference = {
  to: userToken,
  missing: { code: "UserNotFound", message: "User {value} not found." },
};
export const toUserGroup: Reference = {
  to: userGroupToken,
  missing: { code: "UserGroupNotFound", message: "User Group {value} not found." },
};
export const toCacheKey: Reference = toKey("InvalidKMSKeyFault", "Key '{value}' does not exist");
/** Where a log goes: a log group or a stream, each by name. */
export const toLogDestination: Reference = {
  to: ["aws:cloudwatch/logGroup:LogGroup", "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"],
  missing: { code: "InvalidParameterValue", message: "Log delivery destination {value} does not exist." },
  holds: false,
};
