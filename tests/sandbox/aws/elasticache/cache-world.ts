import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { World } from "../world.ts";

export const groupToken = "aws:elasticache/replicationGroup:ReplicationGroup";
export const subnetGroupToken = "aws:elasticache/subnetGroup:SubnetGroup";

/** Turns a cache in cluster mode into one without shards. */
export const plain = {
  numNodeGroups: undefined,
  replicasPerNodeGroup: undefined,
  numCacheClusters: 2,
  parameterGroupName: "default.valkey8",
};

/** A region with a network of two zones and a cache subnet group `main`. */
export class CacheWorld extends World {
  public readonly network = networkOf(this);

  public constructor() {
    super();
    this.make(subnetGroupToken, "main", { name: "main", subnetIds: this.network.subnetIds });
  }

  /** In cluster mode, unless it is told otherwise. */
  public cache(inputs: Properties = {}, name = "cache"): Settled {
    return this.make(groupToken, name, this.validCache(inputs));
  }

  /** Inputs of a group that ElastiCache takes. */
  public validCache(inputs: Properties = {}): Properties {
    return {
      replicationGroupId: "sessions",
      description: "Sessions",
      engine: "valkey",
      engineVersion: "8.1",
      nodeType: "cache.t4g.micro",
      numNodeGroups: 2,
      replicasPerNodeGroup: 1,
      parameterGroupName: "default.valkey8.cluster.on",
      automaticFailoverEnabled: true,
      multiAzEnabled: true,
      transitEncryptionEnabled: true,
      subnetGroupName: "main",
      securityGroupIds: [this.network.group.id],
      ...inputs,
    };
  }
}
