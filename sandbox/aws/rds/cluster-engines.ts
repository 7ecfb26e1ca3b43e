import { releaseOf } from "./engines.ts";

/** What is known of an engine whose databases are clusters. */
interface ClusterEngine {
  /** What a version looks like, whole or the beginning of one. */
  readonly versions: RegExp;
  readonly port: number;
  /** The version that AWS takes where none is given. */
  readonly usual: string;
  /** Name of the parameter group family for a version. */
  family(version: string): string;
  /** Classes of its instances. */
  readonly classes: RegExp;
}

/** Classes: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html; Aurora has no small burstable ones. */
const auroraClasses =
  /^db\.(?:serverless|t3\.(?:medium|large)|t4g\.(?:medium|large)|[rx]\d[a-z0-9]*\.[a-z0-9]+)$/;

/**
 * As of summer 2026: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/AuroraPostgreSQL.Updates.html and
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.30Updates.html
 */
const engines: Readonly<Record<string, ClusterEngine>> = {
  "aurora-postgresql": {
    versions: /^1[1-7](?:\.\d+(?:-limitless)?)?$/,
    port: 5432,
    usual: "17.7",
    family: (version) => `aurora-postgresql${version.split(".")[0] ?? ""}`,
    classes: auroraClasses,
  },
  "aurora-mysql": {
    versions: /^(?:5\.7|8\.0)(?:\.mysql_aurora\.[23]\.\d+\.\d+)?$/,
    port: 3306,
    usual: "8.0.mysql_aurora.3.10.1",
    family: (version) => `aurora-mysql${version.slice(0, "8.0".length)}`,
    classes: auroraClasses,
  },
};

/** One release as a cluster runs it. */
export interface ClusterRelease {
  readonly version: string;
  readonly family: string;
  readonly port: number;
}

/** The release for an engine and a version; `undefined` where RDS has no such version. Clusters of Multi-AZ instances run those of RDS. */
export function clusterReleaseOf(engine: string, version: string | undefined): ClusterRelease | undefined {
  const aurora = engines[engine];
  if (aurora === undefined) return releaseOf(engine, version);
  const { usual, versions, port } = aurora;
  const wanted = version ?? usual;
  return versions.test(wanted) ? { version: wanted, family: aurora.family(wanted), port } : undefined;
}

/** Whether a cluster's instance may be of this class. */
export function hasClass(engine: string, instanceClass: string): boolean {
  return engines[engine]?.classes.test(instanceClass) !== false;
}

/** True for Aurora, whose storage is the cluster's and grows by itself. */
export function isAurora(engine: string): boolean {
  return engines[engine] !== undefined;
}
