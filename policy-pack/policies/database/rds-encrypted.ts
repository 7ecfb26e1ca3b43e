import { define } from "../../kernel/define.ts";
import { flag } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";
import { isReplica } from "../../reading/databases.ts";

export const rdsEncrypted = define({
  name: "rds-encrypted",
  description: "Databases are encrypted at rest, with a key of the account.",
  severity: "critical",
  controls: { fsbp: ["RDS.3", "RDS.27"], cis: ["2.3.1"], ckv: ["CKV_AWS_16", "CKV_AWS_96", "CKV_AWS_327"] },
  remediation:
    "Use the Database component; an unencrypted database is encrypted by restoring a copied snapshot.",
  params: {
    requireCmk: flag(true, "Whether the key must be named, so that it is not the one AWS keeps for RDS."),
  },
  checks: {
    "aws:rds/instance:Instance": [
      (db) => !isReplica(db) && db.storageEncrypted !== true && "storageEncrypted is not true: set it.",
      (db, { params }) =>
        params.requireCmk &&
        !isReplica(db) &&
        !has(db, "kmsKeyId") &&
        "kmsKeyId is not set: name a key of the account.",
    ],
    "aws:rds/cluster:Cluster": [
      (db) => db.storageEncrypted !== true && "storageEncrypted is not true: set it.",
      (db, { params }) =>
        params.requireCmk && !has(db, "kmsKeyId") && "kmsKeyId is not set: name a key of the account.",
    ],
  },
});
