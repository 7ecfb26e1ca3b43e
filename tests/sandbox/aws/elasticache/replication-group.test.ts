import { expect } from "chai";
import { refusalOf } from "../world.ts";
import { CacheWorld, groupToken, plain } from "./cache-world.ts";

const parameterGroupToken = "aws:elasticache/parameterGroup:ParameterGroup";

let world: CacheWorld;

describe("a simulated cache", () => {
  beforeEach(() => {
    world = new CacheWorld();
  });

  it("has one address in cluster mode, and names its nodes by shard", () => {
    const { id, state, seconds } = world.cache();
    expect(id).to.equal("sessions");
    expect(state.arn).to.equal("arn:aws:elasticache:eu-west-1:123456789012:replicationgroup:sessions");
    expect(state.configurationEndpointAddress).to.match(
      /^clustercfg\.sessions\.[0-9a-f]{6}\.euw1\.cache\.amazonaws\.com$/,
    );
    expect(state).not.to.have.any.keys("primaryEndpointAddress", "readerEndpointAddress");
    expect(state.memberClusters).to.deep.equal([
      "sessions-0001-001",
      "sessions-0001-002",
      "sessions-0002-001",
      "sessions-0002-002",
    ]);
    expect(state).to.include({ clusterEnabled: true, engineVersionActual: "8.1.0", numCacheClusters: 4 });
    expect(seconds).to.equal(720);
  });

  it("has an address to write and one to read without shards", () => {
    const { state } = world.cache(plain);
    expect(state.primaryEndpointAddress).to.match(
      /^master\.sessions\.[0-9a-f]{6}\.euw1\.cache\.amazonaws\.com$/,
    );
    expect(state.readerEndpointAddress).to.match(
      /^replica\.sessions\.[0-9a-f]{6}\.euw1\.cache\.amazonaws\.com$/,
    );
    expect(state).not.to.have.property("configurationEndpointAddress");
    expect(state.memberClusters).to.deep.equal(["sessions-001", "sessions-002"]);
  });

  it("grows in place", () => {
    const { state } = world.change(
      groupToken,
      "cache",
      world.cache(),
      world.validCache({ numNodeGroups: 3 }),
    );
    expect(state.memberClusters).to.have.length(6);
  });

  it("learns cluster mode from its parameter group", () => {
    world.make(parameterGroupToken, "own", {
      name: "own",
      family: "valkey8",
      parameters: [{ name: "cluster-enabled", value: "yes" }],
    });
    expect(world.cache({ parameterGroupName: "own" }).state.clusterEnabled).to.equal(true);
  });

  it("leaves a final snapshot, whose name cannot be used again", () => {
    const last = { finalSnapshotIdentifier: "sessions-final" };
    world.remove(groupToken, "cache", world.cache(last));
    const next = world.cache(last);
    expect(refusalOf(() => world.remove(groupToken, "cache", next))).to.equal(
      "SnapshotAlreadyExistsFault: Snapshot with name sessions-final already exists.",
    );
  });
});
