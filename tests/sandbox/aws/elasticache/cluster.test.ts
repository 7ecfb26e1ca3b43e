import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { World, refusalOf } from "../world.ts";

const token = "aws:elasticache/cluster:Cluster";

let world: World;
const cache = (inputs: Properties = {}, name = "cache"): Settled =>
  world.make(token, name, { clusterId: "cache", engine: "redis", nodeType: "cache.t4g.micro", ...inputs });

describe("a cache without copies", () => {
  beforeEach(() => {
    world = new World();
  });

  it("is one node of Redis, or several of Memcached with an address for all", () => {
    expect(cache({ numCacheNodes: 1 }).state).to.include({ port: 6379, clusterId: "cache" });
    const { state } = cache({ clusterId: "pages", engine: "memcached", numCacheNodes: 2 }, "pages");
    expect(state.clusterAddress).to.match(/^pages\.[0-9a-f]{6}\.cfg\.euw1\.cache\.amazonaws\.com$/);
    expect(state.configurationEndpoint).to.equal(`${String(state.clusterAddress)}:11211`);
    expect(state.cacheNodes).to.have.length(2);
  });

  const refusals: readonly (readonly [string, Properties, string])[] = [
    [
      "two nodes of Redis",
      { numCacheNodes: 2 },
      'InvalidParameterCombination: engine "redis" does not support num_cache_nodes > 1',
    ],
    [
      "parameters for shards",
      { numCacheNodes: 1, parameterGroupName: "default.redis7.cluster.on" },
      "InvalidParameterCombination: Cluster mode should be disabled in parameter group, but found it is enabled.",
    ],
    [
      "a group of subnets that does not exist",
      { numCacheNodes: 1, subnetGroupName: "lost" },
      "CacheSubnetGroupNotFoundFault: Cache Subnet Group lost does not exist.",
    ],
  ];
  for (const [what, inputs, message] of refusals) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => cache(inputs))).to.equal(message);
    });
  }

  it("refuses a name that is taken", () => {
    cache({ numCacheNodes: 1 });
    expect(refusalOf(() => cache({ numCacheNodes: 1 }, "again"))).to.equal(
      "CacheClusterAlreadyExists: Cache cluster already exists",
    );
  });
});
