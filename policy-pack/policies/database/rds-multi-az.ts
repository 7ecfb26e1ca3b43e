import { define } from "../../kernel/define.ts";
import { isReplica } from "../../reading/databases.ts";

export const rdsMultiAz = define({
  name: "rds-multi-az",
  description: "A database goes on when a zone fails.",
  severity: "high",
  controls: { fsbp: ["RDS.5", "RDS.15"], ckv: ["CKV_AWS_157"] },
  remediation: "Set the Database component's multiAz; the standby costs as much as the primary.",
  checks: {
    "aws:rds/instance:Instance": [
      (db) =>
        db.multiAz !== true &&
        !isReplica(db) &&
        "multiAz is not true: set it, or the database is gone with its zone.",
    ],
    // Aurora chooses three zones where none are named (Amazon RDS API reference, CreateDBCluster).
    "aws:rds/cluster:Cluster": [
      ({ availabilityZones: zones }) =>
        zones !== undefined &&
        new Set(zones).size < 2 &&
        `availabilityZones are ${zones.join(", ")}: name two or more, or none.`,
    ],
  },
});
