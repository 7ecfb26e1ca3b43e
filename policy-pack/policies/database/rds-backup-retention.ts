import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { whole } from "../../kernel/params.ts";
import { isReplica } from "../../reading/databases.ts";

function judge(days: number, least: number): Findings {
  return (
    days < least &&
    `backupRetentionPeriod is ${days}: keep backups ${least} days or more in this stack, since nothing older can be restored.`
  );
}

export const rdsBackupRetention = define({
  name: "rds-backup-retention",
  description: "A database can be brought back to any moment of the last days.",
  severity: "high",
  controls: { fsbp: ["RDS.11"], ckv: ["CKV_AWS_133"] },
  remediation: "Set the Database component's backupRetentionDays.",
  params: { minDays: whole(30, "Days that automated backups must be kept.") },
  checks: {
    "aws:rds/instance:Instance": [
      // The provider asks for none where nothing is said, AWS itself for one day.
      (db, { params }) => !isReplica(db) && judge(db.backupRetentionPeriod ?? 0, params.minDays),
    ],
    "aws:rds/cluster:Cluster": [
      ({ backupRetentionPeriod: days = 1 }, { params }) => judge(days, params.minDays),
    ],
  },
});
