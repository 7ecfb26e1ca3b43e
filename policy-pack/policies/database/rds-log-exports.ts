import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { items } from "../../kernel/read.ts";
import { familyOf } from "../../reading/databases.ts";

/** The logs without which nobody can tell what happened (Amazon RDS user guide, "Publishing database logs to Amazon CloudWatch Logs"). */
const wanted = {
  instance: { postgres: ["postgresql", "upgrade"], mysql: ["error"], mariadb: ["error"] },
  cluster: { postgres: ["postgresql"], mysql: ["error"], mariadb: ["error"] },
} as const;

interface Logging {
  readonly engine?: string | undefined;
  readonly enabledCloudwatchLogsExports?: readonly string[] | undefined;
}

/** A replica does not say its engine: any log will do. */
function judge({ engine, enabledCloudwatchLogsExports }: Logging, kind: keyof typeof wanted): Findings {
  const exported = items(enabledCloudwatchLogsExports);
  if (exported.length === 0)
    return "enabledCloudwatchLogsExports is empty: name the engine's logs, or they stay on the machine and are lost with it.";
  const family = familyOf(engine);
  const missing = (family ? wanted[kind][family] : []).filter((log) => !exported.includes(log));
  return missing.length > 0 && `enabledCloudwatchLogsExports lacks ${missing.join(", ")}: add it.`;
}

export const rdsLogExports = define({
  name: "rds-log-exports",
  description: "The logs of a database are kept outside it.",
  severity: "medium",
  controls: { fsbp: ["RDS.9", "RDS.36"], ckv: ["CKV_AWS_129", "CKV2_AWS_30"] },
  remediation: "Use the Database component, which exports postgresql and upgrade to log groups of its own.",
  checks: {
    "aws:rds/instance:Instance": [(db) => judge(db, "instance")],
    "aws:rds/cluster:Cluster": [(db) => judge(db, "cluster")],
  },
});
