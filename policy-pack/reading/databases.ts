import { has, text } from "../kernel/read.ts";

/** Whether an instance copies another one, from which it has engine, key, owner and backups. */
export function isReplica(db: object): boolean {
  return has(db, "replicateSourceDb");
}

/** The family of an engine: what is true of PostgreSQL is true of Aurora's too. Undefined for those that no rule is about. */
export function familyOf(engine: unknown): "postgres" | "mysql" | "mariadb" | undefined {
  if (text(engine).includes("postgres")) return "postgres";
  if (text(engine).includes("mysql")) return "mysql";
  return engine === "mariadb" ? "mariadb" : undefined;
}
