import { defineStack } from "../../kernel/define.ts";
import { whole } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";
import { partners } from "../../reading/relations.ts";

export const backupVaultLocked = defineStack({
  name: "backup-vault-locked",
  description: "Backups are encrypted with a key of the account, and nobody deletes them before their time.",
  severity: "high",
  controls: { fsbp: ["Backup.1"], ckv: ["CKV_AWS_166"] },
  remediation:
    "Give the vault a kmsKeyArn and an aws.backup.VaultLockConfiguration; with changeableForDays even root cannot lift it later.",
  params: { minRetentionDays: whole(30, "Days that a vault must refuse to delete a recovery point.") },
  checks: {
    "aws:backup/vault:Vault": [
      ({ props }) => !has(props, "kmsKeyArn") && "kmsKeyArn is not set: name a key of the account.",
      ({ props }) =>
        props.forceDestroy === true &&
        "forceDestroy is true: leave it unset, or deleting the vault deletes the backups.",
      (vault, graph, { minRetentionDays }) => {
        const type = "aws:backup/vaultLockConfiguration:VaultLockConfiguration";
        const locks = partners(vault, graph, [type], "backupVaultName");
        if (locks.length === 0)
          return "no VaultLockConfiguration points to the vault: add one, or whoever gets in deletes the backups first.";
        const days = Math.max(...locks.map(({ props }) => props.minRetentionDays ?? 0));
        return (
          days < minRetentionDays &&
          `minRetentionDays of the vault's lock is ${days}: keep recovery points ${minRetentionDays} days or more.`
        );
      },
    ],
  },
});
