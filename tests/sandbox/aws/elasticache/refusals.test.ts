import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { refusalOf } from "../world.ts";
import { CacheWorld, plain, groupToken, subnetGroupToken } from "./cache-world.ts";

let world: CacheWorld;

describe("a simulated cache refuses", () => {
  beforeEach(() => {
    world = new CacheWorld();
  });

  const refusals: readonly (readonly [title: string, inputs: Properties, message: string])[] = [
    [
      "a subnet group that does not exist",
      { subnetGroupName: "none" },
      "CacheSubnetGroupNotFoundFault: Cache Subnet Group none does not exist.",
    ],
    [
      "a parameter group that does not exist",
      { parameterGroupName: "none" },
      "CacheParameterGroupNotFound: CacheParameterGroup none not found.",
    ],
    [
      "a key that does not exist",
      { atRestEncryptionEnabled: true, kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/none" },
      "InvalidKMSKeyFault: Key 'arn:aws:kms:eu-west-1:123456789012:key/none' does not exist",
    ],
    [
      "a log group that does not exist",
      {
        logDeliveryConfigurations: [
          { destination: "none", destinationType: "cloudwatch-logs", logFormat: "json", logType: "slow-log" },
        ],
      },
      "InvalidParameterValue: Log delivery destination none does not exist.",
    ],
    [
      "a token that goes in the clear",
      { transitEncryptionEnabled: false, authToken: "0123456789abcdefgh" },
      "InvalidParameterValue: The AUTH token is only supported when encryption-in-transit is enabled",
    ],
    [
      "a token with what it may not have",
      { transitEncryptionEnabled: true, authToken: "a token that has spaces" },
      "InvalidParameterValue: Invalid AuthToken provided.",
    ],
    [
      "a version that cannot be had",
      { engineVersion: "9.9" },
      "InvalidParameterCombination: Cannot find version 9.9 for valkey",
    ],
    [
      "a parameter group for another major version",
      { parameterGroupName: "default.valkey7.cluster.on" },
      "InvalidParameterCombination: Expected a parameter group of family valkey8 but found one of family valkey7",
    ],
    [
      "cluster mode that does not fail over",
      { automaticFailoverEnabled: false },
      "InvalidParameterValue: Redis with cluster mode enabled cannot be created with auto failover turned off.",
    ],
    [
      "shards without cluster mode",
      { parameterGroupName: "default.valkey8" },
      "InvalidParameterCombination: Cannot create a multi-shard replication group with cluster mode disabled.",
    ],
    [
      "nodes that are too old for cluster mode",
      { nodeType: "cache.t1.micro" },
      "InvalidParameterCombination: The node type cache.t1.micro supports neither cluster mode nor automatic failover.",
    ],
    [
      "to fail over to nothing",
      { ...plain, numCacheClusters: 1, multiAzEnabled: false },
      'InvalidParameterCombination: "num_cache_clusters": must be at least 2 if automatic_failover_enabled is true',
    ],
    [
      "two zones without failing over",
      { ...plain, automaticFailoverEnabled: false },
      "InvalidParameterCombination: automatic_failover_enabled must be true if multi_az_enabled is true",
    ],
    [
      "two zones without a replica",
      { replicasPerNodeGroup: 0 },
      "InvalidParameterCombination: Must have at least one replica per shard for Multi-AZ.",
    ],
  ];
  for (const [title, inputs, message] of refusals) {
    it(title, () => {
      expect(refusalOf(() => world.cache(inputs))).to.equal(message);
    });
  }

  it("an identifier that is taken", () => {
    world.cache();
    expect(refusalOf(() => world.cache({}, "other"))).to.equal(
      "ReplicationGroupAlreadyExistsFault: Replication group sessions already exists.",
    );
  });

  it("several zones where its subnets have one", () => {
    world.make(subnetGroupToken, "one", { name: "one", subnetIds: world.network.subnetIds.slice(0, 1) });
    expect(refusalOf(() => world.cache({ subnetGroupName: "one" }))).to.equal(
      "InvalidParameterCombination: Multi-AZ needs subnets in at least two zones, one has them in eu-west-1a.",
    );
  });

  it("a security group of another VPC", () => {
    const { group } = networkOf(world, "ab", "other");
    expect(refusalOf(() => world.cache({ securityGroupIds: [group.id] }))).to.equal(
      `InvalidParameterValue: Some security groups are invalid: [${group.id}] is not in the VPC of the cache subnet group.`,
    );
  });

  it("to turn off failing over", () => {
    const made = world.cache();
    const change = (): Settled =>
      world.change(
        groupToken,
        "cache",
        made,
        world.validCache({ automaticFailoverEnabled: false, multiAzEnabled: false }),
      );
    expect(refusalOf(change)).to.equal(
      "InvalidParameterCombination: Turning off automatic failover for replication group with cluster mode enabled is not supported.",
    );
  });
});
