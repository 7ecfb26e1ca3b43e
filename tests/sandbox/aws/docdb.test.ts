import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

const clusterToken = "aws:docdb/cluster:Cluster";
const instanceToken = "aws:docdb/clusterInstance:ClusterInstance";
const subnetGroupToken = "aws:docdb/subnetGroup:SubnetGroup";

/** A network of two zones, and a group of its subnets. */
class Documents extends World {
  public readonly network = networkOf(this);
  public readonly group = this.subnets("main", this.network.subnetIds);

  public subnets(name: string, subnetIds: readonly string[]): Settled {
    return this.make(subnetGroupToken, name, { name, subnetIds });
  }

  public cluster(inputs: Properties = {}, name = "carts"): Settled {
    return this.make(clusterToken, name, {
      ...{ clusterIdentifier: "carts", masterUsername: "owner", masterPassword: "not-so-secret" },
      ...{ dbSubnetGroupName: "main", vpcSecurityGroupIds: [this.network.group.id], skipFinalSnapshot: true },
      ...inputs,
    });
  }

  public instance(inputs: Properties = {}, name = "one"): Settled {
    return this.make(instanceToken, name, {
      ...{ identifier: "carts-one", clusterIdentifier: "carts", instanceClass: "db.t4g.medium" },
      ...inputs,
    });
  }
}

let world: Documents;

describe("a cluster of DocumentDB", () => {
  beforeEach(() => {
    world = new Documents();
  });

  it("answers its endpoints", () => {
    const { state } = world.cluster();
    expect(state.endpoint).to.match(/^carts\.cluster-c[0-9a-f]{11}\.eu-west-1\.docdb\.amazonaws\.com$/);
    expect(state.engineVersion).to.equal("5.0.0");
  });

  it("tells the secret in which its managed password is", () => {
    const { state } = world.cluster({ masterPassword: undefined, manageMasterUserPassword: true });
    expect(state)
      .to.have.nested.property("masterUserSecrets[0].secretArn")
      .that.matches(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-/);
    expect(world.instance().state.endpoint).to.match(
      /^carts-one\.c[0-9a-f]{11}\.eu-west-1\.docdb\.amazonaws\.com$/,
    );
  });

  it("refuses a version of MongoDB's own, and a name that is taken", () => {
    expect(refusalOf(() => world.cluster({ engineVersion: "7.0" }))).to.equal(
      "InvalidParameterCombination: Cannot find version 7.0 for docdb",
    );
    world.cluster();
    expect(refusalOf(() => world.cluster({}, "again"))).to.equal(
      "DBClusterAlreadyExistsFault: DB Cluster already exists",
    );
  });

  it("refuses a security group of another VPC", () => {
    const other = networkOf(world, "a", "other");
    expect(refusalOf(() => world.cluster({ vpcSecurityGroupIds: [other.group.id] }))).to.equal(
      "InvalidParameterCombination: The DB instance and EC2 security group are in different VPCs.",
    );
  });

  it("stays while it has an instance, and keeps its subnet group", () => {
    const made = world.cluster();
    const instance = world.instance();
    expect(refusalOf(() => world.remove(clusterToken, "carts", made))).to.equal(
      "InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state.",
    );
    expect(refusalOf(() => world.remove(subnetGroupToken, "main", world.group))).to.equal(
      "InvalidDBSubnetGroupStateFault: Cannot delete the subnet group 'main' because at least one database instance: carts is still using it.",
    );
    world.remove(instanceToken, "one", instance);
    expect(world.remove(clusterToken, "carts", made)).to.equal(120);
  });

  it("is not deleted without a name for its final snapshot", () => {
    const made = world.cluster({ skipFinalSnapshot: false });
    expect(refusalOf(() => world.remove(clusterToken, "carts", made))).to.equal(
      "MissingParameter: DocumentDB Cluster FinalSnapshotIdentifier is required when a final snapshot is required",
    );
  });

  it("has instances of classes that DocumentDB has, in clusters that exist", () => {
    world.cluster();
    expect(refusalOf(() => world.instance({ instanceClass: "db.t3.micro" }))).to.equal(
      "InvalidParameterCombination: DBInstanceClass db.t3.micro is not supported for engine docdb. For supported combinations of instance class and database engine version, see the documentation.",
    );
    expect(refusalOf(() => world.instance({ clusterIdentifier: "lost" }))).to.equal(
      "DBClusterNotFoundFault: DBCluster lost not found.",
    );
    world.instance();
    expect(refusalOf(() => world.instance({}, "again"))).to.equal(
      "DBInstanceAlreadyExists: DB instance already exists",
    );
  });

  it("lies in two zones at least", () => {
    const { subnetIds } = networkOf(world, "b", "other");
    expect(refusalOf(() => world.subnets("one", subnetIds))).to.equal(
      "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: eu-west-1b. Add subnets to cover at least 2 AZs.",
    );
  });
});
