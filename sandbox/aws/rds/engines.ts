import type { Engine } from "./engine-catalogue.ts";
import { engines, familyOf } from "./engine-catalogue.ts";

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const usualSmallestGb = 20;

/** One release of an engine, as an instance runs it. */
export interface Release {
  readonly engine: string;
  /** Major and minor: `17.7`. */
  readonly version: string;
  /** What its parameter group must be of: `postgres17`. */
  readonly family: string;
  readonly series: string;
  readonly port: number;
  readonly license: string;
}

/** The parameter group families there are. */
export const families: readonly string[] = Object.entries(engines).flatMap(([engine, { newest }]) =>
  Object.keys(newest).map((series) => familyOf(engine, series)),
);

/** Settings that PostgreSQL and MySQL read only when they start: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Parameters.html */
export const staticParameters: ReadonlySet<string> = new Set([
  "innodb_log_file_size",
  "max_connections",
  "max_worker_processes",
  "rds.logical_replication",
  "shared_buffers",
  "shared_preload_libraries",
  "wal_buffers",
]);

/** Names that the engine keeps for itself. */
export function isReserved(engine: string, username: string): boolean {
  return engines[engine]?.reserved.includes(username) === true;
}

/** The release for an engine and a whole version, the beginning of one, or none; `undefined` where RDS has no such version. */
export function releaseOf(engine: string, version: string | undefined): Release | undefined {
  const known = engines[engine];
  const all = Object.entries(known?.newest ?? {});
  const found = all.findLast(([one]) => version === undefined || `${version}.`.startsWith(`${one}.`));
  if (known === undefined || found === undefined) return undefined;
  const [series, newest] = found;
  const exact = version === undefined || version === series ? newest : version;
  const { port, license } = known;
  const release = { engine, version: exact, family: familyOf(engine, series), series, port, license };
  return isReleased(known, exact, series, newest) ? release : undefined;
}

/** Smallest volume that an engine takes, in GiB: 20 where nothing else is said. */
export function smallestGbOf(engine: string, storageType: string | undefined): number {
  const isSmall = storageType === undefined || storageType === "gp2" || storageType === "standard";
  return (isSmall ? engines[engine]?.smallestGb : undefined) ?? usualSmallestGb;
}

/** True where an instance has many databases, of which none can be named at its creation. */
export function isWithoutDatabase(engine: string): boolean {
  return engines[engine]?.withoutDatabase === true;
}

/** Minor versions are numbered without gaps, near enough; the releases of others have a form of their own. */
function isReleased({ minors }: Engine, version: string, series: string, newest: string): boolean {
  const minor = version.slice(series.length + 1);
  if (minors !== undefined) return minors.test(minor);
  const [, digits] = /^(\d+)(?:-rds\.\d{8}|-R\d)?$/.exec(minor) ?? [];
  return digits !== undefined && Number(digits) <= Number(newest.slice(series.length + 1));
}
