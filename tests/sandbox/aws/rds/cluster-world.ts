import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { DatabaseWorld } from "./database-world.ts";

export const clusterToken = "aws:rds/cluster:Cluster";
export const memberToken = "aws:rds/clusterInstance:ClusterInstance";

/** A region in which a cluster of Aurora PostgreSQL can be made. */
export class ClusterWorld extends DatabaseWorld {
  public readonly group = this.subnetGroup();

  public cluster(inputs: Properties = {}, name = "orders"): Settled {
    return this.make(clusterToken, name, this.validCluster(inputs));
  }

  public validCluster(inputs: Properties = {}): Properties {
    return {
      clusterIdentifier: "orders",
      engine: "aurora-postgresql",
      engineVersion: "16.6",
      masterUsername: "owner",
      manageMasterUserPassword: true,
      dbSubnetGroupName: "main",
      vpcSecurityGroupIds: [this.network.group.id],
      skipFinalSnapshot: true,
      ...inputs,
    };
  }

  public member(inputs: Properties = {}, name = "one"): Settled {
    return this.make(memberToken, name, {
      identifier: `orders-${name}`,
      clusterIdentifier: "orders",
      engine: "aurora-postgresql",
      instanceClass: "db.r6g.large",
      ...inputs,
    });
  }
}
