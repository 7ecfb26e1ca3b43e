const ofMySql: readonly string[] = ["audit", "error", "general", "iam-db-auth-error", "slowquery"];
const ofPostgres: readonly string[] = ["iam-db-auth-error", "postgresql", "upgrade"];

/**
 * Logs that can go to CloudWatch, by the beginning of an engine's name: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
 * and https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html
 */
const logTypes: Readonly<Record<string, readonly string[]>> = {
  "aurora-mysql": [...ofMySql, "instance"],
  "aurora-postgresql": [...ofPostgres, "instance"],
  db2: ["diag.log", "iam-db-auth-error", "notify.log"],
  mariadb: ofMySql,
  mysql: ofMySql,
  oracle: ["alert", "audit", "listener", "oemagent", "trace"],
  postgres: ofPostgres,
  sqlserver: ["agent", "error"],
};

/** Those of the logs asked for that the engine does not write. */
export function strangeLogs(engine: string, asked: readonly string[] | undefined): readonly string[] {
  const known = Object.entries(logTypes).find(([name]) => engine.startsWith(name))?.[1];
  return known === undefined ? [] : (asked ?? []).filter((type) => !known.includes(type));
}

/** RDS's words for them. */
export function complainOfLogs(logs: readonly string[], engine: string, version: string): string {
  const named = logs.map((type) => `'${type}'`).join(", ");
  return `You cannot use the log types ${named} with engine version ${engine} ${version}. For supported log types, see the documentation.`;
}
