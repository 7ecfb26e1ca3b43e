/** What RDS knows about one engine. */
export interface Engine {
  readonly port: number;
  /** That of an instance that names none. */
  readonly license: string;
  /** The newest minor version by the part of the version that names its parameter group family. */
  readonly newest: Readonly<Record<string, string>>;
  /** What follows that part in a version. @default a number, up to that of the newest one */
  readonly minors?: RegExp;
  /** Names that the owner of a database cannot have. */
  readonly reserved: readonly string[];
  /** Smallest volume of the types gp2 and standard in GiB, as DescribeOrderableDBInstanceOptions tells it. @default 20 */
  readonly smallestGb?: number;
  /** True where an instance has many databases, of which none can be named at its creation. @default false */
  readonly withoutDatabase?: boolean;
}

/** Series of SQL Server, 2016 to 2022: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/SQLServer.Concepts.General.VersionSupport.html */
const sqlServer: Engine = {
  port: 1433,
  license: "license-included",
  newest: {
    "13.00": "13.00.6475.1.v1",
    "14.00": "14.00.3515.1.v1",
    "15.00": "15.00.4455.2.v1",
    "16.00": "16.00.4225.2.v1",
  },
  minors: /^\d{4}\.\d+\.v\d$/,
  reserved: ["rdsadmin", "sa"],
  withoutDatabase: true,
};

/** Releases by quarter: https://docs.aws.amazon.com/AmazonRDS/latest/OracleReleaseNotes/oracle-version-19-0.html */
const oracle: Engine = {
  port: 1521,
  license: "bring-your-own-license",
  newest: { 19: "19.0.0.0.ru-2026-07.rur-2026-07.r1" },
  minors: /^0\.0\.0\.ru-\d{4}-\d{2}(?:\.spb-\d+\.r\d|\.rur-\d{4}-\d{2}\.r\d)$/,
  reserved: ["admin", "rdsadmin", "sys", "system"],
};

/** The same in containers: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/oracle-multitenant.html */
const oracleContainer: Engine = {
  ...oracle,
  newest: { ...oracle.newest, 21: "21.0.0.0.ru-2026-07.rur-2026-07.r1" },
};

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Db2.Concepts.VersionMgmt.html */
const db2: Engine = {
  port: 50_000,
  license: "bring-your-own-license",
  newest: { "11.5": "11.5.9.0.sb00063198.r1", "12.1": "12.1.2.0.sb00065221.r1" },
  minors: /^\d\.0\.sb\d{8}\.r\d$/,
  reserved: ["rdsadmin"],
};

/**
 * As of summer 2026, those in extended support included: https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-versions.html,
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html and
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MariaDB.Concepts.VersionMgmt.html. RDS Custom is not simulated.
 */
export const engines: Readonly<Record<string, Engine>> = {
  postgres: {
    port: 5432,
    license: "postgresql-license",
    newest: {
      ...{ 11: "11.22", 12: "12.22", 13: "13.23" },
      ...{ 14: "14.20", 15: "15.15", 16: "16.11", 17: "17.7", 18: "18.1" },
    },
    reserved: ["admin", "rdsadmin", "rds_superuser"],
    smallestGb: 5,
  },
  mysql: {
    port: 3306,
    license: "general-public-license",
    newest: { "5.7": "5.7.44", "8.0": "8.0.44", "8.4": "8.4.7" },
    reserved: ["rdsadmin"],
    smallestGb: 5,
  },
  mariadb: {
    port: 3306,
    license: "general-public-license",
    newest: {
      ...{ "10.5": "10.5.29", "10.6": "10.6.24", "10.11": "10.11.15" },
      ...{ "11.4": "11.4.9", "11.8": "11.8.5" },
    },
    reserved: ["rdsadmin"],
    smallestGb: 5,
  },
  "sqlserver-ee": sqlServer,
  "sqlserver-ex": sqlServer,
  "sqlserver-se": sqlServer,
  "sqlserver-web": sqlServer,
  "oracle-ee": oracle,
  "oracle-ee-cdb": oracleContainer,
  "oracle-se2": { ...oracle, license: "license-included" },
  "oracle-se2-cdb": { ...oracleContainer, license: "license-included" },
  "db2-ae": db2,
  "db2-se": db2,
};

/** Families as AWS names them: `postgres17`, `mysql8.4`, `oracle-ee-19`, `sqlserver-ex-16.0`. */
export function familyOf(engine: string, series: string): string {
  return engine.includes("-") ? `${engine}-${series.replace(/0$/, "")}` : `${engine}${series}`;
}
