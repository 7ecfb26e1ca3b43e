import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";

interface SignIn {
  readonly engine?: string | undefined;
  readonly iamDatabaseAuthenticationEnabled?: boolean | undefined;
}

/** Engines that know no sign-in with IAM (Amazon RDS user guide, "IAM database authentication"). */
const without = /^(?:custom-)?(?:oracle|sqlserver|db2)/;

function judge(db: SignIn): Findings {
  return (
    db.iamDatabaseAuthenticationEnabled !== true &&
    !without.test(db.engine ?? "") &&
    "iamDatabaseAuthenticationEnabled is not true: set it."
  );
}

export const rdsIamAuth = define({
  name: "rds-iam-auth",
  description: "Services sign in to databases with their roles, without a password.",
  severity: "medium",
  controls: { fsbp: ["RDS.10", "RDS.12"], ckv: ["CKV_AWS_161", "CKV_AWS_162"] },
  remediation: "Use the Database component, and sign in with a token for the service's role.",
  checks: { "aws:rds/instance:Instance": [judge], "aws:rds/cluster:Cluster": [judge] },
});
