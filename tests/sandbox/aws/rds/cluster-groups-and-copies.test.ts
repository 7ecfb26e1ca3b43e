import { expect } from "chai";
import type { Settled } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { ClusterWorld } from "./cluster-world.ts";
import { instanceToken } from "./database-world.ts";

const groupToken = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
const snapshotToken = "aws:rds/snapshot:Snapshot";

let world: ClusterWorld;

describe("a group of parameters of clusters", () => {
  beforeEach(() => {
    world = new ClusterWorld();
  });

  it("refuses a family that there is not", () => {
    const make = (): Settled => world.make(groupToken, "x", { name: "x", family: "aurora-postgresql99" });
    expect(refusalOf(make)).to.equal(
      "InvalidParameterValue: ParameterGroupFamily aurora-postgresql99 is not a valid parameter group family",
    );
  });

  it("stays while a cluster is set by it", () => {
    const made = world.make(groupToken, "own", { name: "own", family: "aurora-postgresql16" });
    world.cluster({ dbClusterParameterGroupName: "own" });
    expect(refusalOf(() => world.remove(groupToken, "own", made))).to.equal(
      "InvalidDBParameterGroupState: One or more DB clusters are still members of this DB cluster parameter group, so the group cannot be deleted.",
    );
  });
});

describe("a snapshot of a database", () => {
  beforeEach(() => {
    world = new ClusterWorld();
  });

  const snapshot = (name: string): Settled =>
    world.make(snapshotToken, name, { dbInstanceIdentifier: "orders", dbSnapshotIdentifier: "before" });

  it("refuses a database that does not exist", () => {
    expect(refusalOf(() => snapshot("one"))).to.equal("DBInstanceNotFound: DBInstance orders not found.");
  });

  it("refuses a name that is taken, and outlives its database", () => {
    const database = world.database();
    snapshot("one");
    expect(refusalOf(() => snapshot("two"))).to.equal(
      "DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier before already exists.",
    );
    expect(world.remove(instanceToken, "database", database)).to.be.greaterThan(0);
  });

  it("of a cluster likewise has a name of its own", () => {
    world.cluster();
    const ofCluster = (name: string, dbClusterIdentifier = "orders"): Settled =>
      world.make("aws:rds/clusterSnapshot:ClusterSnapshot", name, {
        dbClusterIdentifier,
        dbClusterSnapshotIdentifier: "before",
      });
    expect(refusalOf(() => ofCluster("one", "lost"))).to.equal(
      "DBClusterNotFoundFault: DBCluster lost not found.",
    );
    ofCluster("one");
    expect(refusalOf(() => ofCluster("two"))).to.equal(
      "DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier before already exists.",
    );
  });

  it("is copied to another region only where there are backups", () => {
    const { state } = world.database({ backupRetentionPeriod: 0 });
    const replicate = (): Settled =>
      world.make("aws:rds/instanceAutomatedBackupsReplication:InstanceAutomatedBackupsReplication", "far", {
        sourceDbInstanceArn: state.arn,
        region: "eu-central-1",
      });
    expect(refusalOf(replicate)).to.equal(
      "InvalidDBInstanceState: Automated backups are not enabled for this database instance. To enable automated backups, use ModifyDBInstance to set the backup retention period to a non-zero value.",
    );
  });
});
