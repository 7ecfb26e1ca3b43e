import { spawnSync } from "node:child_process";
import type { SpawnSyncReturns } from "node:child_process";
import { chownSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A PostgreSQL of one's own, reachable only through a socket in its folder. */
export interface Postgres {
  /** Runs psql as a user, with further arguments. */
  readonly psql: (user: string, ...args: readonly string[]) => SpawnSyncReturns<string>;
  /** Rows of one statement, as its superuser sees them. */
  readonly look: (statement: string) => readonly string[];
  readonly stop: () => void;
}

/** PostgreSQL refuses to run as root: then it runs as nobody. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** True where PostgreSQL is installed. */
export const hasPostgres = ["initdb", "pg_ctl", "psql"].every(
  (tool) => spawnSync(tool, ["--version"]).status === 0,
);

/**
 * Starts a PostgreSQL that treats roles as RDS does: `rdsadmin` is the superuser; `platform_owner` may make roles and grant `rds_iam` without
 * being in it; whoever is in `rds_iam`, also by way of another role, cannot use a password.
 */
export function startPostgres(): Postgres {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  if (nobody.uid !== undefined) chownSync(folder, nobody.uid, nobody.gid);
  const data = join(folder, "data");
  const run = (tool: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawnSync(tool, args, {
      ...nobody,
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, HOME: folder, ...env },
    });
  const control = (...args: readonly string[]): unknown =>
    run("pg_ctl", ["--pgdata", data, "--wait", "--silent", "--log", join(folder, "log"), ...args]);

  run("initdb", ["--pgdata", data, "--username=rdsadmin", "--auth=trust", "--no-sync"]);
  const rules = ["rdsadmin trust", "+rds_iam reject", "all scram-sha-256"];
  writeFileSync(join(data, "pg_hba.conf"), rules.map((rule) => `local all ${rule}\n`).join(""));
  control("--options", `-c listen_addresses='' -c fsync=off -k ${folder}`, "start");

  const psql: Postgres["psql"] = (user, ...args) =>
    run("psql", ["--no-psqlrc", "--quiet", ...args], {
      PGHOST: folder,
      PGUSER: user,
      PGPASSWORD: "open",
      PGDATABASE: "postgres",
    });
  const look: Postgres["look"] = (statement) =>
    psql("rdsadmin", "--tuples-only", "--no-align", "--command", statement).stdout.split("\n").slice(0, -1);
  look(
    "CREATE ROLE rds_iam; CREATE ROLE rds_superuser; CREATE ROLE platform_owner LOGIN CREATEROLE PASSWORD 'open'",
  );
  look("GRANT CREATE ON DATABASE postgres TO platform_owner");
  return {
    psql,
    look,
    stop: () => {
      control("--mode=immediate", "stop");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
