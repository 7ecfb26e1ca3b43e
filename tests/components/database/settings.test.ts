import { expect } from "chai";

import { databaseSettings, majorVersionOf } from "../../../components/database/settings.ts";
import { itRefuses, reportOf } from "../refusals.ts";
import { databaseWith } from "./settings.ts";

describe("settings of the database", () => {
  it("accept a small database", () => {
    expect(reportOf(databaseSettings, databaseWith())).to.deep.equal([]);
  });

  it("accept provisioned storage from 400 GiB on", () => {
    const database = databaseWith({ storageGb: 400, maxStorageGb: 1000, iops: 12_000, throughputMb: 500 });
    expect(reportOf(databaseSettings, database)).to.deep.equal([]);
  });

  it("leave out what has a sensible default", () => {
    const { allowMajorVersionUpgrade, databaseName, masterUsername, parameters, ...rest } = databaseWith();
    expect(databaseSettings.parse(rest)).to.deep.equal({
      ...rest,
      allowMajorVersionUpgrade,
      databaseName,
      masterUsername,
      parameters,
    });
  });

  itRefuses(databaseSettings, { ...databaseWith() }, [
    [
      "an identifier AWS does not take",
      { identifier: "Platform--test" },
      "identifier: must be lower-case letters, digits and single hyphens, such as groundwork-dev, got Platform--test",
    ],
    [
      "a minor version, which RDS chooses",
      { engineVersion: "17.4" },
      'engineVersion: must be a PostgreSQL major version in quotes, such as 17, got "17.4": RDS keeps the minor one current',
    ],
    [
      "a version without quotes",
      { engineVersion: 17 },
      "engineVersion: must be text, in quotes where it looks like a number, got 17",
    ],
    [
      "an owner with a name everybody tries first",
      { masterUsername: "postgres" },
      "masterUsername: must be a name nobody guesses first, got postgres",
    ],
    [
      "an instance class of another service",
      { instanceClass: "cache.t4g.micro" },
      "instanceClass: must be an instance class, such as db.t4g.medium, got cache.t4g.micro",
    ],
    [
      "an instance class whose memory nobody could watch",
      { instanceClass: "db.z1d.large" },
      "instanceClass: must be of a t, m, r or x2 family, got db.z1d.large: the memory of others is not known, and no alarm could tell when it ends",
    ],
    [
      "parameters that the platform sets itself",
      { parameters: { "rds.force_ssl": "0", log_min_duration_statement: "10", max_connections: "100" } },
      'parameters.rds.force_ssl: must be left out, got "0": the platform sets it itself',
      'parameters.log_min_duration_statement: must be left out, got "10": slowStatementMilliseconds says it',
    ],
    [
      "a parameter that PostgreSQL would not know",
      { parameters: { "max-connections": "100" } },
      "parameters.max-connections: must be the name of a PostgreSQL parameter, such as max_connections, got max-connections",
    ],
    [
      "less storage than RDS sells",
      { storageGb: 10, maxStorageGb: 50 },
      "storageGb: must be 20 or more, got 10",
    ],
    [
      "no room to grow",
      { storageGb: 100, maxStorageGb: 110 },
      "maxStorageGb: must be at least 126, a quarter above storageGb, got 110: RDS needs room to grow",
    ],
    [
      "provisioned operations below 400 GiB",
      { iops: 12_000 },
      "iops: must be left out below 400 GiB of storage, got 12000: gp3 has 3000 IOPS and 125 MiB/s there",
    ],
    [
      "provisioned throughput below 400 GiB",
      { throughputMb: 500 },
      "throughputMb: must be left out below 400 GiB of storage, got 500: gp3 has 3000 IOPS and 125 MiB/s there",
    ],
    [
      "fewer operations than gp3 has anyway",
      { storageGb: 400, maxStorageGb: 1000, iops: 3000 },
      "iops: must be from 12000 to 64000, got 3000",
    ],
    [
      "throughput without operations",
      { storageGb: 400, maxStorageGb: 1000, throughputMb: 500 },
      "iops: must be set together with throughputMb, got nothing: RDS takes them as a pair",
    ],
    ["no backups", { backupRetentionDays: 0 }, "backupRetentionDays: must be 1 or more, got 0"],
    [
      "backups for longer than RDS keeps them",
      { backupRetentionDays: 36 },
      "backupRetentionDays: must be 35 or less, got 36",
    ],
    [
      "a window that is no time",
      { backupWindow: "1:00-2:00" },
      'backupWindow: must be a time of day in UTC and in quotes, such as 01:00-02:00, got "1:00-2:00"',
    ],
    [
      "a window too short for a snapshot",
      { backupWindow: "01:00-01:15" },
      "backupWindow: must be half an hour or longer, got 01:00-01:15",
    ],
    [
      "maintenance during the backup",
      { maintenanceWindow: "sun:01:30-sun:02:30" },
      "maintenanceWindow: must not overlap backupWindow 01:00-02:00, got sun:01:30-sun:02:30",
    ],
    [
      "read replicas of an instance whose password RDS manages",
      { readReplicas: 1 },
      "masterPassword: must be generated with read replicas, got managed: RDS copies no instance whose password it manages",
    ],
    [
      "an interval enhanced monitoring does not know",
      { monitoringIntervalSeconds: 20 },
      "monitoringIntervalSeconds: must be one of 0, 1, 5, 10, 15, 30, 60, got 20",
    ],
    ["a misspelt setting", { multiAZ: true }, "multiAZ: is not a setting: did you mean multiAz"],
  ]);
});

describe("majorVersionOf", () => {
  it("names the version a stack goes ahead to", () => {
    expect(majorVersionOf({ engineVersion: "18" })).to.equal("18");
  });

  it("names no minor version of the pinned one", () => {
    expect(majorVersionOf({})).to.match(/^\d{2}$/);
  });
});
