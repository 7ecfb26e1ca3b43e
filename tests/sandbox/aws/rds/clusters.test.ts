import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { refusalOf } from "../world.ts";
import { ClusterWorld, clusterToken, memberToken } from "./cluster-world.ts";

const groupToken = "aws:rds/clusterParameterGroup:ClusterParameterGroup";

let world: ClusterWorld;

describe("a simulated database cluster", () => {
  beforeEach(() => {
    world = new ClusterWorld();
  });

  it("answers its endpoints, port and version", () => {
    const { id, state } = world.cluster();
    expect(id).to.equal("orders");
    expect(state.endpoint).to.match(/^orders\.cluster-c[0-9a-f]{11}\.eu-west-1\.rds\.amazonaws\.com$/);
    expect(state.readerEndpoint).to.match(/^orders\.cluster-ro-c[0-9a-f]{11}\./);
    expect(state).to.include({
      arn: "arn:aws:rds:eu-west-1:123456789012:cluster:orders",
      port: 5432,
      engineVersionActual: "16.6",
      dbClusterParameterGroupName: "default.aurora-postgresql16",
    });
    expect(state.availabilityZones).to.deep.equal(["eu-west-1a", "eu-west-1b"]);
  });

  const refusals: readonly (readonly [string, Properties, string])[] = [
    [
      "a version of MySQL's own",
      { engine: "aurora-mysql", engineVersion: "8.0.35" },
      "InvalidParameterCombination: Cannot find version 8.0.35 for aurora-mysql",
    ],
    [
      "to make instances of Aurora by itself",
      { dbClusterInstanceClass: "db.r6gd.large" },
      "InvalidParameterCombination: DBClusterInstanceClass isn't supported for DB engine aurora-postgresql.",
    ],
    [
      "no owner",
      { masterUsername: undefined },
      "InvalidParameterCombination: The parameter MasterUsername must be provided and must not be blank.",
    ],
    [
      "no password",
      { manageMasterUserPassword: undefined },
      "InvalidParameterCombination: The parameter MasterUserPassword must be provided and must not be blank.",
    ],
    [
      "a subnet group that does not exist",
      { dbSubnetGroupName: "lost" },
      "DBSubnetGroupNotFoundFault: DB subnet group 'lost' does not exist.",
    ],
    [
      "a parameter group that does not exist",
      { dbClusterParameterGroupName: "lost" },
      "DBClusterParameterGroupNotFound: DBClusterParameterGroup not found: lost",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => world.cluster(inputs))).to.equal(message);
    });
  }

  it("refuses a name that is taken", () => {
    world.cluster();
    expect(refusalOf(() => world.cluster({}, "again"))).to.equal(
      "DBClusterAlreadyExistsFault: DB Cluster already exists",
    );
  });

  it("refuses more than the region may have", () => {
    for (let index = 0; index < 40; index += 1) {
      world.cluster({ clusterIdentifier: `c${String(index)}` }, `c${String(index)}`);
    }
    expect(refusalOf(() => world.cluster())).to.equal(
      "DBClusterQuotaExceededFault: Cannot create more DB clusters: the quota of the region is reached.",
    );
  });

  it("refuses a security group of another VPC", () => {
    const other = networkOf(world, "ab", "other");
    expect(refusalOf(() => world.cluster({ vpcSecurityGroupIds: [other.group.id] }))).to.equal(
      `InvalidParameterCombination: The DB instance and EC2 security group are in different VPCs. The DB instance is in ${world.network.vpc.id} and the EC2 security group is in ${other.vpc.id}`,
    );
  });

  it("refuses a parameter group of another version", () => {
    world.make(groupToken, "old", { name: "old", family: "aurora-postgresql15" });
    expect(refusalOf(() => world.cluster({ dbClusterParameterGroupName: "old" }))).to.equal(
      "InvalidParameterCombination: The parameter group old with DBParameterGroupFamily aurora-postgresql15 can't be used for this instance. Use a parameter group with DBParameterGroupFamily aurora-postgresql16.",
    );
  });

  it("refuses a new major version by accident, and takes it on purpose", () => {
    const made = world.cluster();
    const upgrade = (inputs: Properties): Settled =>
      world.change(clusterToken, "orders", made, world.validCluster({ engineVersion: "17.4", ...inputs }));
    expect(refusalOf(() => upgrade({}))).to.equal(
      "InvalidParameterCombination: The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
    );
    expect(upgrade({ allowMajorVersionUpgrade: true }).state.engineVersionActual).to.equal("17.4");
  });

  it("stays while it has an instance", () => {
    const made = world.cluster();
    const member = world.member();
    expect(refusalOf(() => world.remove(clusterToken, "orders", made))).to.equal(
      "InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
    );
    world.remove(memberToken, "one", member);
    expect(world.remove(clusterToken, "orders", made)).to.be.greaterThan(0);
  });

  it("stays while it is protected", () => {
    const made = world.cluster({ deletionProtection: true });
    expect(refusalOf(() => world.remove(clusterToken, "orders", made))).to.equal(
      "InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
    );
  });

  it("is not deleted without a name for its final snapshot, which is then there", () => {
    const made = world.cluster({ skipFinalSnapshot: false });
    expect(refusalOf(() => world.remove(clusterToken, "orders", made))).to.equal(
      "MissingParameter: RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false",
    );
    const named = world.cluster(
      { clusterIdentifier: "carts", skipFinalSnapshot: false, finalSnapshotIdentifier: "last" },
      "carts",
    );
    world.remove(clusterToken, "carts", named);
    const again = world.cluster(
      { clusterIdentifier: "carts", skipFinalSnapshot: false, finalSnapshotIdentifier: "last" },
      "carts",
    );
    expect(refusalOf(() => world.remove(clusterToken, "carts", again))).to.equal(
      "DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier last already exists.",
    );
  });

  it("keeps its subnet group", () => {
    world.cluster();
    expect(() => world.remove("aws:rds/subnetGroup:SubnetGroup", "main", world.group)).to.throw(
      "InvalidDBSubnetGroupStateFault: Cannot delete the subnet group 'main' because at least one database instance: orders is still using it.",
    );
  });
});

describe("an instance of a simulated cluster", () => {
  beforeEach(() => {
    world = new ClusterWorld();
    world.cluster();
  });

  it("writes if it is the first, and has the cluster's version and port", () => {
    const states = [world.member(), world.member({}, "two")].map(({ state }) => state);
    expect(states.map(({ writer }) => writer)).to.deep.equal([true, false]);
    expect(states[1]).to.include({
      engineVersionActual: "16.6",
      port: 5432,
      dbiResourceId: states[1]?.dbiResourceId,
    });
  });

  const refusals: readonly (readonly [string, Properties, string])[] = [
    [
      "another engine than its cluster's",
      { engine: "aurora-mysql" },
      "InvalidParameterCombination: The engine name requested for your DB instance (aurora-mysql) doesn't match the engine name of your DB cluster (aurora-postgresql).",
    ],
    [
      "another version than its cluster's",
      { engineVersion: "15.4" },
      "InvalidParameterCombination: The engine version that you requested for your DB instance (15.4) does not match the engine version of your DB cluster (16.6).",
    ],
    [
      "a class that Aurora does not have",
      { instanceClass: "db.t3.micro" },
      "InvalidParameterCombination: RDS does not support creating a DB instance with the following combination: DBInstanceClass=db.t3.micro, Engine=aurora-postgresql, EngineVersion=16.6, LicenseModel=postgresql-license. For supported combinations of instance class and database engine version, see the documentation.",
    ],
    [
      "serverless capacity that its cluster does not say the bounds of",
      { instanceClass: "db.serverless" },
      "InvalidDBClusterStateFault: Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.",
    ],
    [
      "a cluster that does not exist",
      { clusterIdentifier: "lost" },
      "DBClusterNotFoundFault: DBCluster lost not found.",
    ],
    [
      "close monitoring without a role",
      { monitoringInterval: 30 },
      "InvalidParameterCombination: A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => world.member(inputs))).to.equal(message);
    });
  }

  it("is serverless where its cluster says the bounds", () => {
    world.cluster(
      { clusterIdentifier: "carts", serverlessv2ScalingConfiguration: { minCapacity: 0.5, maxCapacity: 4 } },
      "carts",
    );
    const made = world.member({ clusterIdentifier: "carts", instanceClass: "db.serverless" });
    expect(made.state.writer).to.equal(true);
  });

  it("refuses the name of another database", () => {
    world.database({ identifier: "orders-one" });
    expect(refusalOf(() => world.member())).to.equal("DBInstanceAlreadyExists: DB instance already exists");
  });
});
