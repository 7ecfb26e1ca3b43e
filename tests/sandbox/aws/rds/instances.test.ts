import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { DatabaseWorld, instanceToken } from "./database-world.ts";

let world: DatabaseWorld;

function secretOf({ state }: Settled): string {
  return /arn:aws:secretsmanager[^"]*/.exec(JSON.stringify(state.masterUserSecrets))?.[0] ?? "";
}

describe("a simulated database", () => {
  beforeEach(() => {
    world = new DatabaseWorld();
    world.subnetGroup();
  });

  it("has AWS's ids and addresses", () => {
    const { id, state, seconds } = world.database();
    expect(id).to.match(/^db-[0-9A-F]{26}$/);
    expect(state.resourceId).to.equal(id);
    expect(state.arn).to.equal("arn:aws:rds:eu-west-1:123456789012:db:orders");
    expect(state.address).to.match(/^orders\.c[0-9a-f]{11}\.eu-west-1\.rds\.amazonaws\.com$/);
    expect(state.endpoint).to.equal(`${String(state.address)}:5432`);
    expect(seconds).to.equal(600);
  });

  it("takes longer to make with a standby in another zone", () => {
    expect(world.database({ multiAz: true }).seconds).to.equal(900);
  });

  it("runs the newest minor version of the major one asked for, with what the engine fills in", () => {
    expect(world.database().state).to.include({
      engineVersion: "17",
      engineVersionActual: "17.7",
      parameterGroupName: "default.postgres17",
      optionGroupName: "default:postgres-17",
      licenseModel: "postgresql-license",
      iops: 3000,
      storageThroughput: 125,
      caCertIdentifier: "rds-ca-rsa2048-g1",
      multiAz: false,
    });
  });

  const engines: readonly (readonly [engine: string, version: string | undefined, expected: Properties])[] = [
    ["mysql", "5.7", { engineVersionActual: "5.7.44", parameterGroupName: "default.mysql5.7" }],
    ["mysql", "5.7.44-rds.20250508", { engineVersionActual: "5.7.44-rds.20250508" }],
    ["postgres", "12", { engineVersionActual: "12.22", parameterGroupName: "default.postgres12" }],
    ["mariadb", undefined, { port: 3306, parameterGroupName: "default.mariadb11.8" }],
    ["mariadb", "10.6.14", { engineVersionActual: "10.6.14", parameterGroupName: "default.mariadb10.6" }],
    ["oracle-se2", "19", { port: 1521, licenseModel: "license-included" }],
    ["oracle-ee", "19.0.0.0.ru-2025-04.rur-2025-04.r1", { parameterGroupName: "default.oracle-ee-19" }],
    ["db2-se", "11.5", { port: 50_000, parameterGroupName: "default.db2-se-11.5" }],
  ];
  for (const [engine, engineVersion, expected] of engines) {
    it(`runs ${engine} ${engineVersion ?? "of the newest version"}`, () => {
      expect(world.database({ engine, engineVersion }).state).to.include(expected);
    });
  }

  it("runs SQL Server on no processor of AWS's", () => {
    const wanted = { engine: "sqlserver-ex", engineVersion: "15.00.4153.1.v1" };
    expect(world.database({ ...wanted, instanceClass: "db.t3.small" }).state).to.include({
      port: 1433,
      parameterGroupName: "default.sqlserver-ex-15.0",
    });
    expect(
      refusalOf(() =>
        world.database({ ...wanted, identifier: "graviton", instanceClass: "db.t4g.small" }, "graviton"),
      ),
    ).to.equal(
      "InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t4g.small, Engine=sqlserver-ex, EngineVersion=15.00.4153.1.v1, LicenseModel=license-included. For supported combinations of instance class and database engine version, see the documentation.",
    );
  });

  it("may be as small as 5 GiB on an older kind of volume", () => {
    expect(world.database({ allocatedStorage: 5, storageType: "gp2" }).state.allocatedStorage).to.equal(5);
  });

  it("has four volumes' speed from 400 GiB on", () => {
    expect(world.database({ allocatedStorage: 400 }).state).to.include({
      iops: 12_000,
      storageThroughput: 500,
    });
  });

  it("keeps its owner's password in a secret that exists, and goes with it", () => {
    const made = world.database();
    const secret = secretOf(made);
    expect(secret).to.match(
      /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-[0-9a-f-]{36}-[0-9a-f]{6}$/,
    );
    const version = (name: string): Settled =>
      world.make("aws:secretsmanager/secretVersion:SecretVersion", name, {
        secretId: secret,
        secretString: "{}",
      });
    expect(version("first").state.secretArn).to.equal(secret);
    world.remove(instanceToken, "database", made);
    expect(refusalOf(() => version("second"))).to.match(/^ResourceNotFoundException: /);
  });

  it("gives up the secret when the password is no longer RDS's to keep", () => {
    const made = world.database();
    const { state } = world.change(
      instanceToken,
      "database",
      made,
      world.validDatabase({ manageMasterUserPassword: undefined, password: "a-long-password" }),
    );
    expect(state.masterUserSecrets).to.deep.equal([]);
    const read = (): Settled =>
      world.make("aws:secretsmanager/secretVersion:SecretVersion", "version", {
        secretId: secretOf(made),
        secretString: "{}",
      });
    expect(refusalOf(read)).to.match(/^ResourceNotFoundException: /);
  });

  it("makes the log groups that are missing, and leaves them", () => {
    const group = (name: string): Settled =>
      world.make("aws:cloudwatch/logGroup:LogGroup", name, { name: `/aws/rds/instance/orders/${name}` });
    group("upgrade");
    const made = world.database({ enabledCloudwatchLogsExports: ["postgresql", "upgrade"] });
    world.remove(instanceToken, "database", made);
    expect(refusalOf(() => group("postgresql"))).to.equal(
      "ResourceAlreadyExistsException: The specified log group already exists",
    );
  });

  it("refuses an identifier that is taken", () => {
    world.database();
    expect(refusalOf(() => world.database({}, "other"))).to.equal(
      "DBInstanceAlreadyExists: DB instance already exists",
    );
  });

  it("refuses to be protected and deleted", () => {
    const made = world.database({ deletionProtection: true });
    expect(refusalOf(() => world.remove(instanceToken, "database", made))).to.equal(
      "InvalidParameterCombination: Cannot delete protected DB Instance, please disable deletion protection and try again.",
    );
  });

  it("refuses to go without the name of a final snapshot, unless none is wanted", () => {
    const made = world.database({ skipFinalSnapshot: false });
    expect(refusalOf(() => world.remove(instanceToken, "database", made))).to.equal(
      "MissingParameter: final_snapshot_identifier is required when skip_final_snapshot is false",
    );
  });

  it("leaves a final snapshot, whose name cannot be used again", () => {
    const last = { skipFinalSnapshot: false, finalSnapshotIdentifier: "orders-final" };
    world.remove(instanceToken, "database", world.database(last));
    const next = world.database(last);
    expect(refusalOf(() => world.remove(instanceToken, "database", next))).to.equal(
      "DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier orders-final already exists.",
    );
  });
});

describe("a simulated read replica", () => {
  beforeEach(() => {
    world = new DatabaseWorld();
    world.subnetGroup();
  });

  const replica = (name = "replica"): Settled =>
    world.make(instanceToken, name, {
      identifier: name,
      instanceClass: "db.t4g.micro",
      replicateSourceDb: "orders",
      vpcSecurityGroupIds: [world.network.group.id],
      skipFinalSnapshot: true,
    });
  const plain = { manageMasterUserPassword: undefined, password: "a-long-password" };

  it("has engine, storage, network and owner from its source", () => {
    world.database({ ...plain, dbName: "orders", allocatedStorage: 50 });
    expect(replica().state).to.include({
      engine: "postgres",
      engineVersion: "17.7",
      allocatedStorage: 50,
      dbName: "orders",
      dbSubnetGroupName: "main",
      storageType: "gp3",
      username: "owner",
    });
  });

  it("refuses a source that does not exist", () => {
    expect(refusalOf(() => replica())).to.equal("DBInstanceNotFound: DBInstance orders not found.");
  });

  it("refuses a source without backups", () => {
    world.database({ ...plain, backupRetentionPeriod: 0 });
    expect(refusalOf(() => replica())).to.equal(
      "InvalidDBInstanceState: Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.",
    );
  });

  it("refuses a source whose password RDS keeps", () => {
    world.database();
    expect(refusalOf(() => replica())).to.equal(
      "InvalidParameterCombination: You can't create a read replica of DB instance orders: its master user password is managed in AWS Secrets Manager.",
    );
  });

  it("outlives its source", () => {
    const source = world.database(plain);
    replica();
    expect(world.remove(instanceToken, "database", source)).to.equal(300);
  });
});
