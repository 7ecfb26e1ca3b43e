import type { ebs, sns } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { toServiceRole } from "./iam/references.ts";
import { refined } from "./specification/refined.ts";

/** One setting of the account in a region, so a second one would say the same: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html */
const volumes = refined<ebs.EncryptionByDefaultArgs, ebs.EncryptionByDefaultState>(
  "aws:ebs/encryptionByDefault:EncryptionByDefault",
  { keys: () => [], seconds: { create: 1, update: 1, delete: 1 } },
);

/** https://docs.aws.amazon.com/sns/latest/api/API_SetSMSAttributes.html */
const textMessages = refined<sns.SmsPreferencesArgs, sns.SmsPreferencesState>(
  "aws:sns/smsPreferences:SmsPreferences",
  {
    references: {
      deliveryStatusIamRoleArn: toServiceRole(
        "InvalidParameter",
        "Invalid parameter: DeliveryStatusIAMRole {value}",
      ),
    },
    id: () => "aws_sns_sms_id",
    keys: () => [],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Settings that a service has for the whole account. */
export const accountSettings: readonly AnyBehaviour[] = [volumes, textMessages];
