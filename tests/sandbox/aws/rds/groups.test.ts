import { expect } from "chai";
import type { Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { refusalOf } from "../world.ts";
import { DatabaseWorld, parameterGroupToken, subnetGroupToken } from "./database-world.ts";

let world: DatabaseWorld;

describe("a simulated group of database subnets", () => {
  beforeEach(() => {
    world = new DatabaseWorld();
  });

  it("refuses a single zone", () => {
    expect(refusalOf(() => world.subnetGroup("one", networkOf(world, "b", "other").subnetIds))).to.equal(
      "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: eu-west-1b. Add subnets to cover at least 2 AZs.",
    );
  });

  it("refuses two VPCs", () => {
    const other = networkOf(world, "ab", "other");
    const vpcs = [world.network.vpc.id, other.vpc.id].sort().join(", ");
    expect(
      refusalOf(() => world.subnetGroup("both", [...world.network.subnetIds, ...other.subnetIds])),
    ).to.equal(`InvalidSubnet: The subnets are in several VPCs: ${vpcs}.`);
  });

  it("refuses a subnet that does not exist", () => {
    expect(refusalOf(() => world.subnetGroup("lost", ["subnet-0000"]))).to.equal(
      "InvalidSubnet: Some input subnets in :[subnet-0000] are invalid.",
    );
  });

  it("refuses a name that is taken", () => {
    world.subnetGroup();
    const again = (): Settled =>
      world.make(subnetGroupToken, "again", { name: "main", subnetIds: world.network.subnetIds });
    expect(refusalOf(again)).to.equal(
      "DBSubnetGroupAlreadyExists: The DB subnet group 'main' already exists.",
    );
  });

  it("stays while a database is in it", () => {
    const made = world.subnetGroup();
    world.database();
    expect(refusalOf(() => world.remove(subnetGroupToken, "main", made))).to.equal(
      "InvalidDBSubnetGroupStateFault: Cannot delete the subnet group 'main' because at least one database instance: orders is still using it.",
    );
  });
});

describe("a simulated group of database parameters", () => {
  beforeEach(() => {
    world = new DatabaseWorld();
  });

  it("refuses a family that there is not", () => {
    expect(refusalOf(() => world.parameterGroup("postgres9"))).to.equal(
      "InvalidParameterValue: ParameterGroupFamily postgres9 is not a valid parameter group family",
    );
  });

  it("refuses to apply at once what is read at the start", () => {
    const parameters = [{ name: "shared_preload_libraries", value: "pg_stat_statements" }];
    expect(refusalOf(() => world.parameterGroup("postgres17", { parameters }))).to.equal(
      "InvalidParameterCombination: cannot use immediate apply method for static parameter",
    );
  });

  it("refuses a name that is taken", () => {
    world.parameterGroup("postgres17");
    const again = (): Settled =>
      world.make(parameterGroupToken, "again", { name: "postgres17", family: "postgres17" });
    expect(refusalOf(again)).to.equal(
      "DBParameterGroupAlreadyExists: Parameter group postgres17 already exists",
    );
  });

  it("stays while a database is set by it", () => {
    world.subnetGroup();
    const made = world.parameterGroup("postgres17");
    world.database({ parameterGroupName: "postgres17" });
    expect(refusalOf(() => world.remove(parameterGroupToken, "postgres17", made))).to.equal(
      "InvalidDBParameterGroupState: One or more database instances are still members of this parameter group postgres17, so the group cannot be deleted",
    );
  });
});
