import * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess, DomainBinding, NetworkPlacement } from "../contracts.ts";
import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { afterNodes, beforeNodes, installAddOns } from "./add-ons.ts";
import { ControlPlane } from "./control-plane.ts";
import { NodeGroup } from "./node-group.ts";
import { PlatformControllers } from "./platform-controllers.ts";
import { nodeRole } from "./roles.ts";
import type { EksClusterSettings } from "./settings.ts";
import { defaultStorageClass } from "./storage-class.ts";

/** Settings of the cluster, and the neighbours it needs. */
export interface EksClusterArgs extends EksClusterSettings {
  readonly network: NetworkPlacement;
  /** Whose zone external-dns and cert-manager may write to. */
  readonly domain: Pick<DomainBinding, "zoneName" | "zoneId">;
  /**
   * Tags of what AWS makes by itself, out of reach of the provider's default tags: instances, their volumes and interfaces.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * A Kubernetes cluster in private subnets that grows and shrinks with its pods, with everything a workload may count on:
 * network policies, DNS, encrypted volumes, metrics, load balancers, certificates and secrets. The control plane costs
 * roughly $73 a month, the nodes are extra.
 */
export class EksCluster extends pulumi.ComponentResource implements ClusterAccess {
  public readonly clusterName: pulumi.Output<string>;
  public readonly clusterArn: pulumi.Output<string>;
  public readonly nodeSecurityGroupId: pulumi.Output<string>;
  public readonly kubernetes: k8s.Provider;
  public readonly ready: readonly pulumi.Resource[];

  public constructor(name: string, args: EksClusterArgs, opts: pulumi.ComponentResourceOptions) {
    const { network: _network, domain, ...settings } = args;
    super("platform:index:EksCluster", name, settings, opts);
    const child = { parent: this };

    const controlPlane = new ControlPlane(`${name}-control-plane`, args, child);
    const { kubernetes } = controlPlane;

    const network = installAddOns(name, args.name, beforeNodes, {
      parent: this,
      dependsOn: [controlPlane.cluster],
    });
    const nodes = this.#nodeGroups(name, args, [controlPlane.cluster, ...network]);

    const volumeKey = new EncryptionKey(
      `${name}-volumes-key`,
      { description: `Volumes of ${args.name}`, protect: args.deletionProtection },
      child,
    );
    const system = installAddOns(name, args.name, afterNodes(volumeKey.keyArn), {
      parent: this,
      dependsOn: nodes,
    });
    const storageClass = defaultStorageClass(
      `${name}-storage-class`,
      { keyArn: volumeKey.keyArn, ...args.storage },
      { parent: this, provider: kubernetes, dependsOn: system },
    );

    const { zoneName, zoneId } = domain;
    const controllers = new PlatformControllers(
      `${name}-controllers`,
      {
        kubernetes,
        after: [storageClass],
        clusterName: args.name,
        region: aws.getRegionOutput({}, child).region,
        vpcId: args.network.vpcId,
        vpcCidr: args.network.vpcCidr,
        replicas: args.controllerReplicas,
        readableSecrets: args.readableSecrets,
        zone: zoneName === undefined || zoneId === undefined ? undefined : { name: zoneName, id: zoneId },
      },
      child,
    );

    this.clusterName = controlPlane.cluster.eksCluster.name;
    this.clusterArn = controlPlane.arn;
    this.nodeSecurityGroupId = controlPlane.securityGroupId;
    this.kubernetes = kubernetes;
    this.ready = controllers.ready;
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      nodeSecurityGroupId: this.nodeSecurityGroupId,
    });
  }

  #nodeGroups(name: string, args: EksClusterArgs, dependsOn: readonly pulumi.Resource[]): NodeGroup[] {
    const { role, attachments } = nodeRole(`${name}-node-role`, { parent: this });
    return Object.entries(args.nodeGroups).map(
      ([group, settings]) =>
        new NodeGroup(
          `${name}-nodes-${group}`,
          {
            group,
            settings,
            clusterName: args.name,
            subnetIds: args.network.privateSubnetIds,
            roleArn: role.arn,
            tags: args.tags ?? {},
          },
          { parent: this, dependsOn: [...dependsOn, ...attachments] },
        ),
    );
  }
}
