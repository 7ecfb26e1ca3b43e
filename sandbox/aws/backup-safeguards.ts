import type { backup } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import { list } from "../values.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { toServiceRole } from "./iam/references.ts";
import { refined, taken } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const vaultToken = "aws:backup/vault:Vault";
const planToken = "aws:backup/restoreTestingPlan:RestoreTestingPlan";
const code = "InvalidParameterValueException";

/** How long what is in a vault stays, whoever asks otherwise. Without days of grace the lock is in governance mode, and can be taken off. */
const vaultLock = refined<backup.VaultLockConfigurationArgs, backup.VaultLockConfigurationState>(
  "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
  {
    references: {
      backupVaultName: {
        to: vaultToken,
        missing: { code: "ResourceNotFoundException", message: "Backup vault {value} not found." },
      },
    },
    id: ({ inputs }) => inputs.backupVaultName,
    outputs: ({ inputs, account, region }) => ({
      backupVaultArn: String(account.find(vaultToken, inputs.backupVaultName, region)?.state.arn),
    }),
    keys: () => [],
    rules: [
      {
        when: ({ inputs: { minRetentionDays = 1, maxRetentionDays = Infinity } }) =>
          minRetentionDays > maxRetentionDays,
        code,
        says: "MinRetentionDays cannot be greater than MaxRetentionDays",
      },
    ],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Tries out, again and again, whether backups can be restored: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateRestoreTestingPlan.html */
const restoreTestingPlan = refined<backup.RestoreTestingPlanArgs, backup.RestoreTestingPlanState>(planToken, {
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, region, hex }) => ({
    arn: `arn:aws:backup:${region}:${accountId}:restore-testing-plan:${id}-${uuidOf(hex(32))}`,
  }),
  rules: [
    taken(planToken, ({ name }) => name, {
      code: "AlreadyExistsException",
      says: "Restore testing plan with the same name already exists",
    }),
    {
      when: ({ inputs: { name = "" } }) => !/^\w{1,50}$/.test(name),
      code,
      says: "RestoreTestingPlanName must consist of only alphanumeric characters and underscores.",
    },
  ],
  keeps: (_, holders) => {
    if (holders.length === 0) return;
    throw new Refusal(
      "InvalidRequestException",
      "Restore testing selections must be deleted prior to restore testing plan deletion",
    );
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateRestoreTestingSelection.html */
const restoreTestingSelection = refined<
  backup.RestoreTestingSelectionArgs,
  backup.RestoreTestingSelectionState
>("aws:backup/restoreTestingSelection:RestoreTestingSelection", {
  references: {
    restoreTestingPlanName: {
      to: planToken,
      missing: { code: "ResourceNotFoundException", message: "Restore testing plan {value} not found." },
    },
    iamRoleArn: toServiceRole(code, "IAM Role {value} cannot be assumed by AWS Backup"),
  },
  id: ({ inputs, name }) => `${inputs.name ?? name}:${inputs.restoreTestingPlanName}`,
  rules: [
    {
      when: ({ inputs }) =>
        list(inputs.protectedResourceArns).length > 1 && inputs.protectedResourceArns?.includes("*") === true,
      code,
      says: "ProtectedResourceArns cannot hold both a wildcard and ARNs",
    },
  ],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What makes backups worth having: that they stay, and can be restored. */
export const backupSafeguards: readonly AnyBehaviour[] = [
  vaultLock,
  restoreTestingPlan,
  restoreTestingSelection,
];
