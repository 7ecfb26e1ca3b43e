import type { DatabaseSettings } from "./settings.ts";

/** One entry of a parameter group. */
export interface Parameter {
  readonly name: string;
  readonly value: string;
  /** `pending-reboot` for what PostgreSQL reads only when it starts. */
  readonly applyMethod: "immediate" | "pending-reboot";
}

/**
 * TLS or nothing, and what an operator asks for at three in the morning: who connected, what was slow, what waited, what
 * changed the schema, which statements cost the most (Amazon RDS user guide, "Working with parameters on your RDS for
 * PostgreSQL DB instance").
 */
const standard: Readonly<Record<string, string>> = {
  "rds.force_ssl": "1",
  log_autovacuum_min_duration: "10000",
  log_connections: "1",
  log_disconnections: "1",
  log_lock_waits: "1",
  log_statement: "ddl",
  log_temp_files: "0",
  "pg_stat_statements.track": "all",
};

/** The parameter group's entries: the standard ones, then those a stack adds. A stack cannot take a standard one back. */
export function describeParameters({
  slowStatementMilliseconds,
  parameters,
}: Pick<DatabaseSettings, "slowStatementMilliseconds" | "parameters">): Parameter[] {
  const immediate = { ...standard, log_min_duration_statement: String(slowStatementMilliseconds) };
  const atRestart = { ...parameters, shared_preload_libraries: "pg_stat_statements" };
  return [
    ...Object.entries(immediate).map(([name, value]) => ({ name, value, applyMethod: "immediate" as const })),
    ...Object.entries(atRestart)
      .filter(([name]) => !(name in immediate))
      .map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" as const })),
  ];
}
