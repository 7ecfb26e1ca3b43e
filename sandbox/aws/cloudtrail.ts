import type { cloudtrail } from "@pulumi/aws";
import type { AnyBehaviour, Plain } from "./behaviour.ts";
import { grants, namesService, roleOf, trusts } from "./iam/grants.ts";
import { toServiceRole } from "./iam/references.ts";
import { letsIn } from "./s3/grants.ts";
import { toBucket } from "./s3/references.ts";
import { refined } from "./specification/refined.ts";
import type { Request, RulesFor } from "./specification/refined.ts";

const trailToken = "aws:cloudtrail/trail:Trail";
const service = "cloudtrail.amazonaws.com";

/** Per region, and not to be raised: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html */
const trailQuota = 5;

type Asked = Request<Plain<cloudtrail.TrailArgs>>;

function lacksLogPermission({ account, inputs }: Asked): boolean {
  const role = roleOf(account, inputs.cloudWatchLogsRoleArn);
  return ["logs:CreateLogStream", "logs:PutLogEvents"].some(
    (action) => role !== undefined && !grants(account, role, action),
  );
}

/** What CloudTrail cannot encrypt with; a key that is none of this account's is left alone. */
function refusesKey({ account, inputs }: Asked): boolean {
  const key = account.find("aws:kms/key:Key", inputs.kmsKeyId ?? "");
  return key !== undefined && !namesService(key.state.policy, service);
}

/** Codes: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html */
const rules: RulesFor<cloudtrail.TrailArgs> = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined && account.all(trailToken, region).some(({ state }) => state.name === inputs.name),
    code: "TrailAlreadyExistsException",
    says: ({ inputs, accountId }) => `Trail ${inputs.name ?? ""} already exists for customer: ${accountId}`,
  },
  {
    when: ({ account, region, before }) =>
      before === undefined && account.all(trailToken, region).length >= trailQuota,
    code: "MaximumNumberOfTrailsExceededException",
    says: ({ accountId, region }) => `User: ${accountId} already has ${trailQuota} trails in ${region}.`,
  },
  {
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
    when: ({ inputs, account }) => !letsIn(account, inputs.s3BucketName, service),
    code: "InsufficientS3BucketPolicyException",
    says: ({ inputs }) => `Incorrect S3 bucket policy is detected for bucket: ${inputs.s3BucketName}`,
  },
  {
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
    when: refusesKey,
    code: "InsufficientEncryptionPolicyException",
    says: ({ inputs }) =>
      `Insufficient permissions to access S3 bucket ${inputs.s3BucketName} or KMS key ${inputs.kmsKeyId ?? ""}.`,
  },
  {
    when: ({ inputs }) =>
      inputs.cloudWatchLogsGroupArn !== undefined && inputs.cloudWatchLogsRoleArn === undefined,
    code: "InvalidCloudWatchLogsRoleArnException",
    says: "You must specify a role ARN as well as a log group.",
  },
  {
    when: ({ inputs, account }) => {
      const role = roleOf(account, inputs.cloudWatchLogsRoleArn);
      return role !== undefined && !trusts(role, service);
    },
    code: "InvalidCloudWatchLogsRoleArnException",
    says: "Access denied. Check the trust relationships for your role.",
  },
  {
    when: lacksLogPermission,
    code: "InvalidCloudWatchLogsLogGroupArnException",
    says: "Access denied. Check the permissions for your role.",
  },
  {
    // The ARN of a group must end in `:*`.
    when: ({ inputs: { cloudWatchLogsGroupArn: arn }, account }) =>
      arn !== undefined && (!arn.endsWith(":*") || account.named(arn.slice(0, -2)).length === 0),
    code: "InvalidCloudWatchLogsLogGroupArnException",
    says: "Check the log group ARN: CloudTrail can't validate it.",
  },
];

/** A record of what is done in the account. */
const trail = refined<cloudtrail.TrailArgs, cloudtrail.TrailState>(trailToken, {
  references: {
    s3BucketName: {
      ...toBucket,
      missing: { code: "S3BucketDoesNotExistException", message: "S3 bucket {value} does not exist!" },
    },
    cloudWatchLogsRoleArn: toServiceRole(
      "InvalidCloudWatchLogsRoleArnException",
      "Access denied. Check the trust relationships for your role.",
    ),
  },
  id: ({ inputs, name, accountId, region }) =>
    `arn:aws:cloudtrail:${region}:${accountId}:trail/${inputs.name ?? name}`,
  outputs: ({ id, region }) => ({ arn: id, homeRegion: region }),
  rules,
  seconds: { create: 4, update: 3, delete: 1 },
});

/** Records of who did what. */
export const trails: readonly AnyBehaviour[] = [trail];
