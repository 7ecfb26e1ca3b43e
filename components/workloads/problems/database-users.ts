import { runName } from "../describe-database-users.ts";
import type { JobSettings } from "../job-settings.ts";
import { planUsers, usesDatabase } from "../plan-database-users.ts";
import { databaseUserOf } from "../stores.ts";
import type { PodSettings, WorkloadSettings } from "../workload-settings.ts";
import type { Problem, Services } from "./model.ts";

/**
 * Names that no user or schema may have: those of PostgreSQL (its documentation, "CREATE ROLE", "CREATE SCHEMA" and "System Catalogs") and
 * those that RDS keeps for itself, such as `rdsadmin` and `rds_iam` (Amazon RDS user guide, "Understanding the rds_superuser role").
 */
const reserved = /^(pg_.*|rds.*|public|none|information_schema)$/;

/** What stands in the way of the database's users. */
export function findDatabaseUserProblems(
  { namespaces }: Pick<Services, "namespaces">,
  workloads: readonly WorkloadSettings[],
  jobs: readonly JobSettings[],
): readonly Problem[] {
  const users = new Map(planUsers(workloads, jobs).map(({ name, token }) => [name, token]));
  return [
    ...workloads.flatMap((workload) => findReserved("items", workload)),
    ...jobs.flatMap((job) => findReserved("jobs", job)),
    ...workloads.flatMap((workload) => findWrongUser("items", workload, users)),
    ...jobs.flatMap((job) => findWrongUser("jobs", job, users)),
    ...workloads.flatMap(findPoolOfAnother),
    ...(runName in namespaces
      ? [
          {
            path: ["namespaces", runName],
            message: `a namespace must not be ${runName}: the platform makes the users of the database there`,
          },
        ]
      : []),
  ];
}

function findReserved(list: "items" | "jobs", row: PodSettings): readonly Problem[] {
  const user = databaseUserOf({ name: row.name });
  if (row.databaseUser !== undefined || !usesDatabase(row) || !reserved.test(user)) return [];
  return [
    {
      path: [list, row.name, "uses"],
      message: `uses must not name the database in a row called ${row.name}: its user would be ${user}, a name that PostgreSQL or RDS keeps for itself`,
    },
  ];
}

/** A user that nobody makes, or that has a password where a token is brought. */
function findWrongUser(
  list: "items" | "jobs",
  row: PodSettings,
  users: ReadonlyMap<string, boolean>,
): readonly Problem[] {
  const { name, databaseUser } = row;
  if (databaseUser === undefined) return [];
  const path = [list, name, "databaseUser"];
  if (!usesDatabase(row)) {
    const message = `databaseUser must be left out where uses does not name the database, got ${databaseUser}`;
    return [{ path, message }];
  }
  const token = users.get(databaseUserOf(row));
  if (token === true) return [];
  const why = token === undefined ? "" : ": its pool of connections has a password instead of a token";
  const message = `databaseUser must be a service or job that signs in as itself, got ${databaseUser}${why}`;
  return [{ path, message }];
}

/** A pool has a user of its own, with a password. */
function findPoolOfAnother({ name, sidecars, databaseUser }: WorkloadSettings): readonly Problem[] {
  if (sidecars.pgbouncer === undefined || databaseUser === undefined) return [];
  const message = `databaseUser must be left out with sidecars.pgbouncer, got ${databaseUser}: a pool signs in with a password of its own`;
  return [{ path: ["items", name, "databaseUser"], message }];
}
