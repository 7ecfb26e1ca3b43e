import { define } from "../../kernel/define.ts";

export const rdsNotPublic = define({
  name: "rds-not-public",
  description: "Databases are reached from inside the network only.",
  severity: "critical",
  controls: { fsbp: ["RDS.2"], cis: ["2.3.3"], ckv: ["CKV_AWS_17"] },
  remediation:
    "Leave publiclyAccessible unset and connect from the cluster, or through a Session Manager tunnel.",
  checks: {
    "aws:rds/instance:Instance": [
      (db) => db.publiclyAccessible === true && "publiclyAccessible is true: leave it unset.",
    ],
    "aws:rds/clusterInstance:ClusterInstance": [
      (db) => db.publiclyAccessible === true && "publiclyAccessible is true: leave it unset.",
    ],
  },
});
