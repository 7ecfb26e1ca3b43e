import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { World, refusalOf } from "../world.ts";

/** A network of two zones. */
class Serverless extends World {
  public readonly network = networkOf(this);

  public cache(inputs: Properties = {}, name = "carts"): Settled {
    return this.make("aws:elasticache/serverlessCache:ServerlessCache", name, {
      ...{ name: "carts", engine: "valkey", subnetIds: this.network.subnetIds },
      securityGroupIds: [this.network.group.id],
      ...inputs,
    });
  }
}

let world: Serverless;

describe("a serverless cache", () => {
  beforeEach(() => {
    world = new Serverless();
  });

  it("answers at one port for all, and at the next for what only reads", () => {
    const { state } = world.cache();
    expect(JSON.stringify(state.endpoints)).to.match(
      /^\[\{"address":"carts-[0-9a-f]{6}\.serverless\.euw1\.cache\.amazonaws\.com","port":6379\}\]$/,
    );
    expect(state).to.have.nested.include({
      "readerEndpoints[0].port": 6380,
      status: "available",
      majorEngineVersion: "8",
    });
  });

  it("of Memcached answers at another port", () => {
    const { state } = world.cache({ engine: "memcached" });
    expect(state).to.have.nested.include({ "endpoints[0].port": 11211, majorEngineVersion: "1.6" });
  });

  it("is in the default VPC and its group where the program does not say", () => {
    const { state } = new World().make("aws:elasticache/serverlessCache:ServerlessCache", "carts", {
      engine: "valkey",
    });
    expect(state.subnetIds).to.have.length(2);
    expect(state.securityGroupIds).to.have.length(1);
  });

  it("refuses a name that is taken", () => {
    world.cache();
    expect(refusalOf(() => world.cache({}, "again"))).to.equal(
      "ServerlessCacheAlreadyExistsFault: Serverless cache carts already exists.",
    );
  });

  it("refuses subnets of several VPCs", () => {
    const other = networkOf(world, "a", "other");
    const subnetIds = [...world.network.subnetIds, ...other.subnetIds];
    expect(refusalOf(() => world.cache({ subnetIds }))).to.equal(
      "InvalidParameterCombination: All the subnets must belong to the same VPC.",
    );
  });

  it("refuses a security group of another VPC", () => {
    const other = networkOf(world, "a", "other");
    expect(refusalOf(() => world.cache({ securityGroupIds: [other.group.id] }))).to.equal(
      "InvalidParameterCombination: The security groups must belong to the VPC of the subnets.",
    );
  });

  it("refuses users of Memcached", () => {
    world.make("aws:elasticache/userGroup:UserGroup", "apps", { engine: "valkey", userGroupId: "apps" });
    expect(refusalOf(() => world.cache({ engine: "memcached", userGroupId: "apps" }))).to.equal(
      "InvalidParameterCombination: User groups are available for Valkey and Redis OSS only.",
    );
  });

  it("takes the group of users that AWS keeps", () => {
    expect(world.cache({ userGroupId: "default.iam-user-group" }).id).to.equal("carts");
  });

  it("refuses a group of users that does not exist", () => {
    expect(refusalOf(() => world.cache({ userGroupId: "gone" }))).to.equal(
      "UserGroupNotFound: User Group gone not found.",
    );
  });

  it("keeps its subnets", () => {
    const vpc = world.vpc("alone");
    const subnet = world.subnet(vpc, {}, "alone");
    world.cache({ subnetIds: [subnet.id], securityGroupIds: undefined });
    expect(refusalOf(() => world.remove("aws:ec2/subnet:Subnet", "alone", subnet))).to.match(
      /^DependencyViolation: /,
    );
  });
});
