import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

const tokens = {
  cluster: "aws:memorydb/cluster:Cluster",
  user: "aws:memorydb/user:User",
  acl: "aws:memorydb/acl:Acl",
  subnets: "aws:memorydb/subnetGroup:SubnetGroup",
  parameters: "aws:memorydb/parameterGroup:ParameterGroup",
} as const;

/** A network of two zones, a user, a list that has it, and groups of subnets and parameters. */
class Memory extends World {
  public readonly network = networkOf(this);
  public readonly user = this.make(tokens.user, "app", {
    ...{ userName: "app", accessString: "on ~* &* +@all", authenticationMode: { type: "iam" } },
  });
  public readonly acl = this.make(tokens.acl, "apps", { name: "apps", userNames: ["app"] });
  public readonly subnets = this.make(tokens.subnets, "main", {
    name: "main",
    subnetIds: this.network.subnetIds,
  });
  public readonly parameters = this.make(tokens.parameters, "own", {
    name: "own",
    family: "memorydb_valkey7",
  });

  public cluster(inputs: Properties = {}, name = "carts"): Settled {
    return this.make(tokens.cluster, name, {
      ...{ name: "carts", aclName: "apps", nodeType: "db.t4g.small", engine: "valkey" },
      ...{ subnetGroupName: "main", parameterGroupName: "own" },
      securityGroupIds: [this.network.group.id],
      ...inputs,
    });
  }
}

let world: Memory;

describe("a cluster of MemoryDB", () => {
  beforeEach(() => {
    world = new Memory();
  });

  it("answers its endpoint and its shards", () => {
    const { state } = world.cluster({ numShards: 2 });
    expect(JSON.stringify(state.clusterEndpoints)).to.match(
      /^\[\{"address":"clustercfg\.carts\.[0-9a-f]{6}\.memorydb\.eu-west-1\.amazonaws\.com","port":6379\}\]$/,
    );
    expect(state.shards).to.have.length(2);
    expect(state).to.have.nested.include({
      "shards[0].slots": "0-8191",
      "shards[1].slots": "8192-16383",
      "shards[1].name": "0002",
      "shards[1].nodes[1].name": "carts-0002-002",
    });
  });

  it("has two nodes and TLS where the program does not say", () => {
    expect(world.cluster().state).to.include({ numShards: 1, numReplicasPerShard: 1, tlsEnabled: true });
  });

  it("refuses a name that is taken", () => {
    world.cluster();
    expect(refusalOf(() => world.cluster({}, "again"))).to.equal(
      "ClusterAlreadyExistsFault: Cluster carts already exists.",
    );
  });

  const missing: readonly (readonly [string, string])[] = [
    ["aclName", "ACLNotFoundFault: ACL gone not found."],
    ["subnetGroupName", "SubnetGroupNotFoundFault: SubnetGroup gone not found."],
    ["parameterGroupName", "ParameterGroupNotFoundFault: ParameterGroup gone not found."],
  ];
  for (const [property, message] of missing) {
    it(`refuses a ${property} that does not exist`, () => {
      expect(refusalOf(() => world.cluster({ [property]: "gone" }))).to.equal(message);
    });
  }

  it("takes what AWS gives every account", () => {
    const inputs = { aclName: "open-access", parameterGroupName: "default.memorydb-valkey7" };
    expect(world.cluster(inputs).id).to.equal("carts");
  });

  it("refuses to be without TLS where its users are told apart", () => {
    expect(refusalOf(() => world.cluster({ tlsEnabled: false }))).to.equal(
      "InvalidParameterCombinationException: A cluster without TLS must have the ACL open-access.",
    );
    expect(world.cluster({ tlsEnabled: false, aclName: "open-access" }).id).to.equal("carts");
  });

  const held: readonly (readonly [keyof Memory & ("acl" | "subnets" | "parameters"), string, string])[] = [
    ["acl", "apps", "InvalidACLStateFault: ACL apps is in use by cluster carts."],
    ["subnets", "main", "SubnetGroupInUseFault: SubnetGroup main is in use by cluster carts."],
    ["parameters", "own", "InvalidParameterGroupStateFault: ParameterGroup own is in use by cluster carts."],
  ];
  for (const [part, name, message] of held) {
    it(`keeps its ${part}`, () => {
      const made = world.cluster();
      const remove = (): number => world.remove(tokens[part], name, world[part]);
      expect(refusalOf(remove)).to.equal(message);
      world.remove(tokens.cluster, "carts", made);
      expect(remove()).to.equal(3);
    });
  }
});

describe("what clusters of MemoryDB share", () => {
  beforeEach(() => {
    world = new Memory();
  });

  it("refuses a user, a list and groups whose names are taken", () => {
    const iam = { type: "iam" };
    const again: readonly (readonly [string, Properties, string])[] = [
      [tokens.user, { userName: "app", accessString: "on", authenticationMode: iam }, "User app"],
      [tokens.acl, { name: "apps" }, "ACL apps"],
      [tokens.subnets, { name: "main", subnetIds: world.network.subnetIds }, "SubnetGroup main"],
      [tokens.parameters, { name: "own", family: "memorydb_valkey7" }, "ParameterGroup own"],
    ];
    for (const [token, inputs, what] of again) {
      const [kind = ""] = what.split(" ");
      expect(refusalOf(() => world.make(token, "again", inputs))).to.equal(
        `${kind}AlreadyExistsFault: ${what} already exists.`,
      );
    }
  });

  it("refuses a list with a user that does not exist", () => {
    expect(refusalOf(() => world.make(tokens.acl, "more", { name: "more", userNames: ["gone"] }))).to.equal(
      "UserNotFoundFault: User gone not found.",
    );
  });

  it("lets a user go that is in a list", () => {
    expect(world.remove(tokens.user, "app", world.user)).to.equal(3);
  });

  it("refuses subnets of several VPCs", () => {
    const other = networkOf(world, "a", "other");
    const subnetIds = [...world.network.subnetIds, ...other.subnetIds];
    expect(refusalOf(() => world.make(tokens.subnets, "wide", { name: "wide", subnetIds }))).to.equal(
      "InvalidSubnet: The subnets are in several VPCs.",
    );
  });
});
