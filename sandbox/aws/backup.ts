import type { backup } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AnyBehaviour, Plain } from "./behaviour.ts";
import { roleOf, trusts } from "./iam/grants.ts";
import { refined } from "./specification/refined.ts";
import type { Request } from "./specification/refined.ts";

const vaultToken = "aws:backup/vault:Vault";
const planToken = "aws:backup/plan:Plan";
const invalid = "InvalidParameterValueException";

/** What is moved to cold storage stays there for ninety days: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
const coldDays = 90;

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html */
const vault = refined<backup.VaultArgs, backup.VaultState>(vaultToken, {
  rules: [
    {
      when: ({ inputs, account, region, before }) =>
        before === undefined && account.find(vaultToken, inputs.name ?? "", region) !== undefined,
      code: "AlreadyExistsException",
      says: "Backup vault with the same name already exists",
    },
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

type PlanRequest = Request<Plain<backup.PlanArgs>>;

function isTooShort({ inputs }: PlanRequest): boolean {
  return inputs.rules.some(({ lifecycle }) => {
    const { coldStorageAfter = 0, deleteAfter = 0 } = lifecycle ?? {};
    return coldStorageAfter > 0 && deleteAfter > 0 && deleteAfter < coldStorageAfter + coldDays;
  });
}

function unknownVault({ inputs, account, region }: PlanRequest): string | undefined {
  const names = inputs.rules.map(({ targetVaultName }) => targetVaultName);
  return names.find((name) => name !== "Default" && account.find(vaultToken, name, region) === undefined);
}

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupPlan.html */
const plan = refined<backup.PlanArgs, backup.PlanState>(planToken, {
  rules: [
    {
      when: isTooShort,
      code: invalid,
      says: `Error in some rules due to : Invalid lifecycle. DeleteAfterDays cannot be less than ${coldDays} days apart from MoveToColdStorageAfterDays`,
    },
    {
      when: (asked) => unknownVault(asked) !== undefined,
      code: invalid,
      says: (asked) =>
        `Error in some rules due to : Backup vault ${unknownVault(asked) ?? ""} does not exist.`,
    },
  ],
  keeps: (_, holders) => {
    if (holders.length === 0) return;
    throw new Refusal(
      "InvalidRequestException",
      "Related backup plan selections must be deleted prior to backup plan deletion",
    );
  },
  seconds: { create: 2, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupSelection.html */
const selection = refined<backup.SelectionArgs, backup.SelectionState>("aws:backup/selection:Selection", {
  references: {
    planId: {
      to: planToken,
      missing: { code: invalid, message: "Backup plan {value} does not exist." },
    },
  },
  rules: [
    {
      when: ({ inputs, account }) => {
        const role = roleOf(account, inputs.iamRoleArn);
        return role !== undefined && !trusts(role, "backup.amazonaws.com");
      },
      code: invalid,
      says: ({ inputs }) => `IAM Role ${inputs.iamRoleArn} cannot be assumed by AWS Backup`,
    },
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Backups of what other services keep. */
export const backups: readonly AnyBehaviour[] = [vault, plan, selection];
