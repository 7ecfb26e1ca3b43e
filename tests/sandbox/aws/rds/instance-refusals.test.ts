import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { refusalOf } from "../world.ts";
import { DatabaseWorld, instanceToken } from "./database-world.ts";

let world: DatabaseWorld;

function refusedChange(from: Properties, to: Properties): string {
  const made = world.database(from);
  return refusalOf(() =>
    world.change(instanceToken, "database", made, world.validDatabase({ ...from, ...to })),
  );
}

describe("a simulated database refuses", () => {
  beforeEach(() => {
    world = new DatabaseWorld();
    world.subnetGroup();
  });

  const refusals: readonly (readonly [title: string, inputs: Properties, message: string])[] = [
    [
      "a subnet group that does not exist",
      { dbSubnetGroupName: "none" },
      "DBSubnetGroupNotFoundFault: DB subnet group 'none' does not exist.",
    ],
    [
      "a security group that does not exist",
      { vpcSecurityGroupIds: ["sg-0000"] },
      "InvalidGroup.NotFound: The security group 'sg-0000' does not exist",
    ],
    [
      "a parameter group that does not exist",
      { parameterGroupName: "none" },
      "DBParameterGroupNotFound: DBParameterGroup not found: none",
    ],
    [
      "a key that does not exist",
      { storageEncrypted: true, kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/none" },
      "KMSKeyNotAccessibleFault: The specified KMS key [arn:aws:kms:eu-west-1:123456789012:key/none] does not exist, is not enabled or you do not have permissions to access it.",
    ],
    [
      "a version that was never released",
      { engineVersion: "17.99" },
      "InvalidParameterCombination: Cannot find version 17.99 for postgres",
    ],
    [
      "a class that is none",
      { instanceClass: "t3.micro" },
      "InvalidParameterValue: Invalid DB Instance class: t3.micro",
    ],
    [
      "an owner that the engine has already",
      { username: "rdsadmin" },
      "InvalidParameterValue: MasterUsername rdsadmin cannot be used as it is a reserved word used by the engine",
    ],
    [
      "an owner without a password",
      { manageMasterUserPassword: undefined },
      "InvalidParameterCombination: The parameter MasterUserPassword must be provided and must not be blank.",
    ],
    [
      "less than 20 GiB",
      { allocatedStorage: 19 },
      "InvalidParameterValue: Invalid storage size for engine name postgres and storage type gp3: 19",
    ],
    [
      "less than 5 GiB of gp2",
      { allocatedStorage: 4, storageType: "gp2" },
      "InvalidParameterValue: Invalid storage size for engine name postgres and storage type gp2: 4",
    ],
    [
      "a named database of SQL Server, which has many",
      { engine: "sqlserver-ex", engineVersion: "16.00", dbName: "orders" },
      "InvalidParameterValue: DBName must be null for engine: sqlserver-ex",
    ],
    [
      "a version of Oracle that is none",
      { engine: "oracle-ee", engineVersion: "19.0.0.0" },
      "InvalidParameterCombination: Cannot find version 19.0.0.0 for oracle-ee",
    ],
    [
      "room to grow of less than a tenth",
      { allocatedStorage: 100, maxAllocatedStorage: 109 },
      "InvalidParameterCombination: The maximum allocated storage must be increased by at least 10 percent.",
    ],
    [
      "a choice of speed below 400 GiB of gp3",
      { allocatedStorage: 399, iops: 4000 },
      "InvalidParameterCombination: You can't specify IOPS or storage throughput for engine postgres and a storage size less than 400.",
    ],
    [
      "monitoring without a role",
      { monitoringInterval: 60 },
      "InvalidParameterCombination: A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
    ],
    [
      "advanced insights kept for a week",
      { databaseInsightsMode: "advanced", performanceInsightsEnabled: true },
      "InvalidParameterCombination: To enable the Advanced mode of Database Insights, enable Performance Insights with a retention period of at least 465 days.",
    ],
    [
      "a zone of choice for two zones",
      { multiAz: true, availabilityZone: "eu-west-1a" },
      "InvalidParameterCombination: Requesting a specific availability zone is not valid for Multi-AZ instances.",
    ],
  ];
  for (const [title, inputs, message] of refusals) {
    it(title, () => {
      expect(refusalOf(() => world.database(inputs))).to.equal(message);
    });
  }

  it("a security group of another VPC", () => {
    const other = networkOf(world, "ab", "other");
    expect(refusalOf(() => world.database({ vpcSecurityGroupIds: [other.group.id] }))).to.equal(
      `InvalidParameterCombination: The DB instance and EC2 security group are in different VPCs. The DB instance is in ${world.network.vpc.id} and the EC2 security group is in ${other.vpc.id}`,
    );
  });

  it("a parameter group for another major version", () => {
    world.parameterGroup("postgres16");
    expect(refusalOf(() => world.database({ parameterGroupName: "postgres16" }))).to.equal(
      "InvalidParameterCombination: The parameter group postgres16 with DBParameterGroupFamily postgres16 can't be used for this instance. Use a parameter group with DBParameterGroupFamily postgres17.",
    );
  });

  it("to shrink", () => {
    expect(refusedChange({ allocatedStorage: 100 }, { allocatedStorage: 50 })).to.equal(
      "InvalidParameterCombination: The allocated storage of a DB instance cannot be reduced.",
    );
  });

  it("a new major version that is not asked for twice, and an older one", () => {
    expect(refusedChange({ engineVersion: "16" }, { engineVersion: "17" })).to.equal(
      "InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    );
    const made = world.database({ identifier: "other", engineVersion: "17.7" }, "other");
    const back = (): Settled =>
      world.change(
        instanceToken,
        "other",
        made,
        world.validDatabase({ identifier: "other", engineVersion: "17.5" }),
      );
    expect(refusalOf(back)).to.equal(
      "InvalidParameterCombination: Cannot upgrade postgres from 17.7 to 17.5",
    );
  });
});
