import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { networkOf } from "../network-of.ts";
import { World, trustOf } from "../world.ts";

export const clusterToken = "aws:eks/cluster:Cluster";

/** A region with a network of two zones and a role, in which each helper makes one valid thing of EKS. */
export class ClusterWorld extends World {
  public readonly network = networkOf(this);
  /** That of the control plane, and of nodes. */
  public readonly roleArn = this.role("cluster", {
    assumeRolePolicy: trustOf({ Service: ["eks.amazonaws.com", "ec2.amazonaws.com"] }),
  }).state.arn;

  /** Called `shop`. */
  public cluster(inputs: Properties = {}, name = "cluster"): Settled {
    return this.make(clusterToken, name, this.validCluster(inputs));
  }

  /** Inputs of a cluster that EKS takes. */
  public validCluster(inputs: Properties = {}): Properties {
    return {
      name: "shop",
      version: "1.34",
      roleArn: this.roleArn,
      accessConfig: { authenticationMode: "API" },
      vpcConfig: { subnetIds: this.network.subnetIds },
      ...inputs,
    };
  }

  /** Of the cluster `shop`. */
  public nodes(inputs: Properties = {}, name = "nodes"): Settled {
    return this.make("aws:eks/nodeGroup:NodeGroup", name, this.validNodes(inputs, name));
  }

  /** Inputs of a node group that EKS takes. */
  public validNodes(inputs: Properties = {}, name = "nodes"): Properties {
    return {
      clusterName: "shop",
      nodeGroupName: name,
      nodeRoleArn: this.roleArn,
      subnetIds: this.network.subnetIds,
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 3 },
      ...inputs,
    };
  }

  /** Of the cluster `shop`. */
  public addon(addonName: string, inputs: Properties = {}, name = addonName): Settled {
    return this.make("aws:eks/addon:Addon", name, { clusterName: "shop", addonName, ...inputs });
  }
}
