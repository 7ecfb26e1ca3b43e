import { databaseUserOf } from "./stores.ts";
import type { PodSettings, WorkloadSettings } from "./workload-settings.ts";

/** One user of the database, as `database-users.sql` takes it. */
export interface DatabaseUser {
  readonly name: string;
  /** True where it signs in with IAM; else with a password that the database's owner sets, as a pool of connections does. */
  readonly token: boolean;
}

/** True where a row signs in to the database or to one of its copies for reading. */
export function usesDatabase({ uses }: Pick<PodSettings, "uses">): boolean {
  return uses.includes("database") || uses.includes("databaseReader");
}

/** One user for each service and job that names the database, but for those that sign in as another's, in the order of their names. */
export function planUsers(
  workloads: readonly WorkloadSettings[],
  jobs: readonly PodSettings[],
): readonly DatabaseUser[] {
  const pooled = new Set(
    workloads.filter(({ sidecars }) => sidecars.pgbouncer !== undefined).map(({ name }) => name),
  );
  return [...workloads, ...jobs]
    .filter((row) => usesDatabase(row) && row.databaseUser === undefined)
    .map((row) => ({ name: databaseUserOf(row), token: !pooled.has(row.name) }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
