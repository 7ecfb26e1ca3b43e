import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { DatabaseWorld } from "./database-world.ts";

let world: DatabaseWorld;
const password = "correct-horse-battery";
const mysql = { engine: "mysql", engineVersion: "8.0" };

describe("a simulated database refuses", () => {
  beforeEach(() => {
    world = new DatabaseWorld();
    world.subnetGroup();
  });

  const refusals: readonly (readonly [what: string, inputs: Properties, message: string])[] = [
    [
      "a class that its engine has outgrown",
      { engineVersion: "13.22", instanceClass: "db.t2.micro" },
      "InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t2.micro, Engine=postgres, EngineVersion=13.22, LicenseModel=postgresql-license. For supported combinations of instance class and database engine version, see the documentation.",
    ],
    [
      "to encrypt on a class that cannot",
      { engine: "mysql", engineVersion: "5.7.44", instanceClass: "db.t2.micro", storageEncrypted: true },
      "InvalidParameterCombination: DB Instance class db.t2.micro does not support encryption at rest",
    ],
    [
      "to watch a small MySQL",
      { ...mysql, instanceClass: "db.t3.micro", performanceInsightsEnabled: true },
      "InvalidParameterCombination: Performance Insights not supported for this configuration.",
    ],
    [
      "logs of another engine",
      { engineVersion: "17.5", enabledCloudwatchLogsExports: ["postgresql", "slowquery"] },
      "InvalidParameterCombination: You cannot use the log types 'slowquery' with engine version postgres 17.5. For supported log types, see the documentation.",
    ],
    [
      "windows that meet",
      { backupWindow: "23:30-00:30", maintenanceWindow: "Mon:00:00-Mon:01:00" },
      "InvalidParameterValue: The backup window and maintenance window must not overlap.",
    ],
    [
      "a name with a hyphen",
      { dbName: "my-orders" },
      "InvalidParameterValue: DBName must begin with a letter and contain only alphanumeric characters.",
    ],
    [
      "a short password",
      { manageMasterUserPassword: undefined, password: "short1" },
      "InvalidParameterValue: The parameter MasterUserPassword is not a valid password because it is shorter than 8 characters.",
    ],
    [
      "a password with an @",
      { manageMasterUserPassword: undefined, password: `${password}@` },
      "InvalidParameterValue: The parameter MasterUserPassword is not a valid password. Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.",
    ],
    [
      "room to grow of less than a tenth",
      { allocatedStorage: 100, maxAllocatedStorage: 105 },
      "InvalidParameterCombination: The maximum allocated storage must be increased by at least 10 percent.",
    ],
    [
      "fewer operations than four volumes have",
      { allocatedStorage: 400, iops: 3000 },
      "InvalidParameterCombination: Invalid iops value for engine name postgres and storage type gp3: 3000",
    ],
    [
      "a choice of speed for a single volume",
      { allocatedStorage: 100, iops: 12_000 },
      "InvalidParameterCombination: You can't specify IOPS or storage throughput for engine postgres and a storage size less than 400.",
    ],
    [
      "a public address without a way out",
      { publiclyAccessible: true },
      "InvalidVPCNetworkStateFault: Cannot create a publicly accessible DBInstance. The specified VPC has no internet gateway attached.Update the VPC and then try again",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(what, () => {
      expect(refusalOf(() => world.database(inputs))).to.equal(message);
    });
  }

  it("a public address without names of machines", () => {
    world.internetGateway(world.network.vpc);
    expect(refusalOf(() => world.database({ publiclyAccessible: true }))).to.equal(
      "InvalidVPCNetworkStateFault: Cannot create a publicly accessible DBInstance. The specified VPC does not support DNS resolution, DNS hostnames, or both. Update the VPC and then try again",
    );
  });

  it("a subnet group for a replica of its own region", () => {
    world.database();
    const replica = { identifier: "copy", replicateSourceDb: "orders", dbSubnetGroupName: "main" };
    const { instanceClass } = world.validDatabase();
    const make = (): Settled =>
      world.make("aws:rds/instance:Instance", "copy", { ...replica, instanceClass, skipFinalSnapshot: true });
    expect(refusalOf(make)).to.equal(
      'InvalidParameterCombination: "replicate_source_db" must be an ARN when "db_subnet_group_name" is set.',
    );
  });
});

describe("a simulated database takes", () => {
  beforeEach(() => {
    world = new DatabaseWorld();
    world.subnetGroup();
  });

  const taken: readonly (readonly [what: string, inputs: Properties])[] = [
    ["windows that only touch", { backupWindow: "03:00-04:00", maintenanceWindow: "mon:04:00-mon:05:00" }],
    ["a name with an underscore", { dbName: "my_orders" }],
    ["Performance Insights on a small PostgreSQL", { performanceInsightsEnabled: true }],
    [
      "a choice of speed for Oracle's 200 GiB",
      {
        engine: "oracle-se2",
        engineVersion: "19",
        instanceClass: "db.m6i.large",
        allocatedStorage: 200,
        iops: 12_000,
      },
    ],
    [
      "a choice of speed for any volume of SQL Server",
      {
        engine: "sqlserver-se",
        engineVersion: "15.00",
        instanceClass: "db.m6i.xlarge",
        allocatedStorage: 20,
        iops: 4000,
      },
    ],
    ["no wish for operations a second on four volumes", { allocatedStorage: 400, iops: 0 }],
  ];
  for (const [what, inputs] of taken) {
    it(what, () => {
      expect(world.database(inputs).state.status).to.equal("available");
    });
  }
});
