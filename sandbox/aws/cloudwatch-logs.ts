import type { cloudwatch } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { ABSENT, behaviour } from "./behaviour.ts";
import { refuseDocument } from "./iam/policy-documents.ts";
import { letsUse } from "./kms.ts";

const groupToken = "aws:cloudwatch/logGroup:LogGroup";
const policyToken = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

/** Per region: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const policyQuota = 10;

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
const logGroup = behaviour<cloudwatch.LogGroupArgs, cloudwatch.LogGroupState>(groupToken, {
  autoname: { property: "name", max: 512 },
  id: ({ inputs, hex }) => inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:logs:${region}:${accountId}:log-group:${id}`,
    logGroupClass: "STANDARD",
    name: id,
  }),
  refuses: ({ inputs, account, accountId, region }, before) => {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html#cmk-permissions
    if (inputs.kmsKeyId !== undefined && !letsUse(account, inputs.kmsKeyId, "logs.amazonaws.com")) {
      throw new Refusal(
        "AccessDeniedException",
        `The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:${region}:${accountId}:log-group:${inputs.name ?? ""}'`,
      );
    }
    if (
      before !== undefined ||
      inputs.name === undefined ||
      account.find(groupToken, inputs.name, region) === undefined
    )
      return;
    throw new Refusal("ResourceAlreadyExistsException", "The specified log group already exists");
  },
  keeps: ({ state }) => {
    if (state.deletionProtectionEnabled !== true) return;
    throw new Refusal("ValidationException", "The specified log group has deletion protection enabled");
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html */
const logResourcePolicy = behaviour<cloudwatch.LogResourcePolicyArgs, cloudwatch.LogResourcePolicyState>(
  policyToken,
  {
    id: ({ inputs, name }) => inputs.policyName ?? inputs.resourceArn ?? name,
    outputs: ({ inputs, hex }) => ({
      policyScope: inputs.resourceArn === undefined ? "ACCOUNT" : "RESOURCE",
      revisionId: inputs.resourceArn === undefined ? ABSENT : hex(16, "revision"),
    }),
    keys: () => [],
    refuses: ({ inputs, account, region }, before) => {
      const { policyDocument } = inputs;
      refuseDocument(
        typeof policyDocument === "string" ? policyDocument : JSON.stringify(policyDocument),
        "resource",
        { code: "InvalidParameterException" },
      );
      if (before === undefined && account.all(policyToken, region).length >= policyQuota) {
        throw new Refusal("LimitExceededException", "Resource limit exceeded.");
      }
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Where logs go, and who may write there. */
export const logs: readonly AnyBehaviour[] = [logGroup, logResourcePolicy];
