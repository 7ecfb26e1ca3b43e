/** What RDS knows about one engine. */
interface Engine {
  readonly port: number;
  readonly license: string;
  /** The newest minor version by the part of the version that names its parameter group family. */
  readonly newest: Readonly<Record<string, string>>;
  /** Names that the owner of a database cannot have. */
  readonly reserved: readonly string[];
}

/**
 * As of summer 2026: https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-versions.html and
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html. The other engines are not simulated.
 */
const engines: Readonly<Record<string, Engine>> = {
  postgres: {
    port: 5432,
    license: "postgresql-license",
    newest: { 14: "14.20", 15: "15.15", 16: "16.11", 17: "17.7", 18: "18.1" },
    reserved: ["admin", "rdsadmin", "rds_superuser"],
  },
  mysql: {
    port: 3306,
    license: "general-public-license",
    newest: { "8.0": "8.0.44", "8.4": "8.4.7" },
    reserved: ["rdsadmin"],
  },
};

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
  Object.keys(newest).map((series) => `${engine}${series}`),
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
  const release = { engine, version: exact, family: `${engine}${series}`, series, port, license };
  return isReleased(exact, series, newest) ? release : undefined;
}

/** Minor versions are numbered without gaps, near enough. */
function isReleased(version: string, series: string, newest: string): boolean {
  const minor = version.slice(series.length + 1);
  return /^\d+$/.test(minor) && Number(minor) <= Number(newest.slice(series.length + 1));
}
