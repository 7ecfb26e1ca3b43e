import type { cfg } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { Refusal } from "../model.ts";
import { text } from "../values.ts";
import type { AnyBehaviour, Plain } from "./behaviour.ts";
import { mayCall } from "./lambda/callers.ts";
import { functionToken } from "./lambda/references.ts";
import { grants, roleOf } from "./iam/grants.ts";
import { letsIn } from "./s3/grants.ts";
import { bucketToken } from "./s3/references.ts";
import { refined } from "./specification/refined.ts";
import type { Request, RulesFor } from "./specification/refined.ts";

const recorderToken = "aws:cfg/recorder:Recorder";
const channelToken = "aws:cfg/deliveryChannel:DeliveryChannel";
const statusToken = "aws:cfg/recorderStatus:RecorderStatus";
const service = "config.amazonaws.com";

/** Of recorders and of channels, per region: https://docs.aws.amazon.com/config/latest/developerguide/configlimits.html */
const most = 1;

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html */
const recorder = refined<cfg.RecorderArgs, cfg.RecorderState>(recorderToken, {
  rules: [
    {
      when: ({ account, region, before }) =>
        before === undefined && account.all(recorderToken, region).length >= most,
      code: "MaxNumberOfConfigurationRecordersExceededException",
      says: ({ inputs }) =>
        `Failed to put configuration recorder '${inputs.name ?? ""}' because the maximum number of configuration recorders: ${most} is reached.`,
    },
  ],
  seconds: { create: 2, update: 2, delete: 1 },
});

/** The bucket lets Config in by its policy, or the recorder's role may write there. */
function mayDeliver({ account, inputs, region }: Request<Plain<cfg.DeliveryChannelArgs>>): boolean {
  const [first] = account.all(recorderToken, region);
  const role = roleOf(account, text(first?.state.roleArn));
  const byRole = role !== undefined && grants(account, role, "s3:PutObject");
  return byRole || letsIn(account, inputs.s3BucketName, service);
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutDeliveryChannel.html */
const channelRules: RulesFor<cfg.DeliveryChannelArgs> = [
  {
    when: ({ account, region }) => account.all(recorderToken, region).length === 0,
    code: "NoAvailableConfigurationRecorderException",
    says: "Configuration recorder is not available to put delivery channel.",
  },
  {
    when: ({ account, region, before }) =>
      before === undefined && account.all(channelToken, region).length >= most,
    code: "MaxNumberOfDeliveryChannelsExceededException",
    says: ({ inputs }) =>
      `Failed to put delivery channel '${inputs.name ?? ""}' because the maximum number of delivery channels: ${most} is reached.`,
  },
  {
    when: ({ inputs, account }) => account.find(bucketToken, inputs.s3BucketName) === undefined,
    code: "NoSuchBucketException",
    says: ({ inputs }) => `Cannot find a S3 bucket with name '${inputs.s3BucketName}'.`,
  },
  {
    when: (asked) => !mayDeliver(asked),
    code: "InsufficientDeliveryPolicyException",
    says: ({ inputs }) =>
      `Insufficient delivery policy to s3 bucket: ${inputs.s3BucketName}, unable to write to bucket, provided s3 key prefix is '${inputs.s3KeyPrefix ?? "null"}', provided kms key is '${inputs.s3KmsKeyArn ?? "null"}'.`,
  },
];

function isRecording(account: AccountView, region: string): boolean {
  return account.all(statusToken, region).some(({ state }) => state.isEnabled === true);
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_DeleteDeliveryChannel.html */
const channel = refined<cfg.DeliveryChannelArgs, cfg.DeliveryChannelState>(channelToken, {
  rules: channelRules,
  keeps: ({ id, scope }, _, account) => {
    if (!isRecording(account, scope)) return;
    throw new Refusal(
      "LastDeliveryChannelDeleteFailedException",
      `Failed to delete last specified delivery channel with name '${id}', because there is a running configuration recorder.`,
    );
  },
  seconds: { create: 2, update: 2, delete: 1 },
});

/** https://docs.aws.amazon.com/config/latest/APIReference/API_StartConfigurationRecorder.html */
const status = refined<cfg.RecorderStatusArgs, cfg.RecorderStatusState>(statusToken, {
  rules: [
    {
      when: ({ inputs, account, region }) =>
        account.find(recorderToken, inputs.name ?? "", region) === undefined,
      code: "NoSuchConfigurationRecorderException",
      says: ({ inputs }) =>
        `Cannot find configuration recorder with the specified name '${inputs.name ?? ""}'.`,
    },
    {
      when: ({ inputs, account, region }) =>
        inputs.isEnabled && account.all(channelToken, region).length === 0,
      code: "NoAvailableDeliveryChannelException",
      says: "Delivery channel is not available to start configuration recorder.",
    },
  ],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigRule.html */
const ruleRules: RulesFor<cfg.RuleArgs> = [
  {
    when: ({ account, region }) => account.all(recorderToken, region).length === 0,
    code: "NoAvailableConfigurationRecorderException",
    says: "Configuration Recorder is not available to put config rule.",
  },
  {
    when: ({ inputs: { source }, account }) =>
      source.owner === "CUSTOM_LAMBDA" &&
      (account.find(functionToken, source.sourceIdentifier ?? "") === undefined ||
        !mayCall(account, service, source.sourceIdentifier ?? "")),
    code: "InsufficientPermissionsException",
    says: ({ inputs: { source } }) =>
      `The AWS Lambda function ${source.sourceIdentifier ?? ""} cannot be invoked. Check the specified function ARN, and check the function's permissions.`,
  },
];

const rule = refined<cfg.RuleArgs, cfg.RuleState>("aws:cfg/rule:Rule", {
  outputs: ({ accountId, region, hex }) => {
    const ruleId = `config-rule-${hex(6)}`;
    return { arn: `arn:aws:config:${region}:${accountId}:config-rule/${ruleId}`, ruleId };
  },
  rules: ruleRules,
  seconds: { create: 2, update: 2, delete: 15 },
});

/** What watches how the account is configured. */
export const configuration: readonly AnyBehaviour[] = [recorder, channel, status, rule];
