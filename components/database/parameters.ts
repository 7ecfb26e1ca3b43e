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

/** Parameters that the platform sets, so that no stack can. */
export const ownParameters: readonly string[] = [...Object.keys(standard), "log_min_duration_statement"];

/** The parameter group's entries: the platform's own, then those a stack adds, which start with the next restart. */
export function describeParameters({
  slowStatementMilliseconds,
  parameters,
}: Pick<DatabaseSettings, "slowStatementMilliseconds" | "parameters">): Parameter[] {
  const immediate = { ...standard, log_min_duration_statement: String(slowStatementMilliseconds) };
  const { shared_preload_libraries: libraries, ...further } = parameters;
  const atRestart = { ...further, shared_preload_libraries: preload(libraries) };
  return [
    ...Object.entries(immediate).map(([name, value]) => ({ name, value, applyMethod: "immediate" as const })),
    ...Object.entries(atRestart).map(([name, value]) => ({
      name,
      value,
      applyMethod: "pending-reboot" as const,
    })),
  ];
}

/** Libraries PostgreSQL loads when it starts: ours, and those a stack names beside it, such as `pgaudit`. */
function preload(libraries = ""): string {
  const named = libraries.split(",").map((library) => library.trim());
  return [...new Set(["pg_stat_statements", ...named])].filter((library) => library !== "").join(",");
}
