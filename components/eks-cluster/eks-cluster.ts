import * as aws from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess, DomainBinding, NetworkPlacement } from "../contracts.ts";
import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { afterNodes, beforeNodes, installAddOns } from "./add-ons.ts";
import { ControlPlane } from "./control-plane.ts";
import type { ControllerContext } from "./controllers.ts";
import { NodeGroup } from "./node-group.ts";
import { PlatformControllers } from "./platform-controllers.ts";
import { createPriorityClasses } from "./priorities.ts";
import { nodeRole } from "./roles.ts";
import type { EksClusterSettings } from "./settings.ts";
import { Headroom } from "./headroom.ts";
import { Karpenter } from "./karpenter.ts";
import { planAutoscaling, planManagedGroups } from "./node-scaling.ts";
import { defaultStorageClass } from "./storage-class.ts";

/** Settings of the cluster, and the neighbours it needs. */
export interface EksClusterArgs extends EksClusterSettings {
  readonly network: NetworkPlacement;
  /** Whose zone external-dns may write to. */
  readonly domain: Pick<DomainBinding, "zoneName" | "zoneId">;
  /**
   * Tags of what is made out of reach of the provider's default tags: by AWS instances, their disks and interfaces, by
   * controllers the volumes of pods and the load balancers.
   * @default none
   */
  readonly tags?: Readonly<Record<string, string>>;
}

function zoneOf({ zoneName, zoneId }: EksClusterArgs["domain"]): ControllerContext["zone"] {
  return zoneName === undefined || zoneId === undefined ? undefined : { name: zoneName, id: zoneId };
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
  public readonly foundation: readonly pulumi.Resource[];
  public readonly controllers: ClusterAccess["controllers"];
  public readonly ready: readonly pulumi.Resource[];
  public readonly controllerReplicas: number;

  public constructor(name: string, args: EksClusterArgs, opts: pulumi.ComponentResourceOptions) {
    const { network: place, domain, ...settings } = args;
    super("platform:index:EksCluster", name, settings, opts);
    const child = { parent: this };

    // Not the domain, whose certificate takes minutes: a component waits for all that it is given.
    const controlPlane = new ControlPlane(`${name}-control-plane`, { ...settings, network: place }, child);
    const { kubernetes } = controlPlane;

    const network = installAddOns(name, args.name, beforeNodes, {
      parent: this,
      dependsOn: [controlPlane.cluster],
    });
    const nodes = this.#nodeGroups(name, args, [controlPlane.cluster, ...network]);
    const storageClass = this.#system(name, args, controlPlane, nodes.groups);
    const controllers = new PlatformControllers(
      `${name}-controllers`,
      {
        kubernetes,
        nodes: nodes.groups,
        system: [storageClass],
        clusterName: args.name,
        region: aws.getRegionOutput({}, child).region,
        vpcId: place.vpcId,
        vpcCidr: place.vpcCidr,
        replicas: args.controllerReplicas,
        readableSecrets: args.readableSecrets,
        autoscaling: planAutoscaling(args),
        zone: zoneOf(domain),
        tags: args.tags ?? {},
      },
      child,
    );
    const priorities = createPriorityClasses(`${name}-priority`, { parent: this, provider: kubernetes });
    const pools = this.#pools(name, args, controlPlane, nodes.role, storageClass);
    if (args.headroom !== undefined) {
      new Headroom(
        `${name}-headroom`,
        { settings: args.headroom, kubernetes },
        { parent: this, dependsOn: [...controllers.all, ...priorities, ...pools] },
      );
    }

    this.clusterName = controlPlane.cluster.eksCluster.name;
    this.clusterArn = controlPlane.arn;
    this.nodeSecurityGroupId = controlPlane.securityGroupId;
    this.kubernetes = kubernetes;
    this.foundation = [storageClass, ...priorities, ...pools];
    this.controllers = { certificates: controllers.certificates, secrets: controllers.secrets };
    this.ready = [...this.foundation, ...controllers.all];
    this.controllerReplicas = args.controllerReplicas;
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterArn: this.clusterArn,
      nodeSecurityGroupId: this.nodeSecurityGroupId,
      controllerReplicas: this.controllerReplicas,
    });
  }

  #nodeGroups(
    name: string,
    args: EksClusterArgs,
    dependsOn: readonly pulumi.Resource[],
  ): { readonly groups: readonly NodeGroup[]; readonly role: aws.iam.Role } {
    const { role, attachments } = nodeRole(`${name}-node-role`, { parent: this });
    const groups = Object.entries(planManagedGroups(args)).map(
      ([group, settings]) =>
        new NodeGroup(
          `${name}-nodes-${group}`,
          {
            group,
            settings,
            clusterName: args.name,
            subnetIds: args.network.privateSubnetIds,
            roleArn: role.arn,
            autoscaled: args.nodeScaling === "clusterAutoscaler",
            tags: args.tags ?? {},
          },
          { parent: this, dependsOn: [...dependsOn, ...attachments] },
        ),
    );
    return { groups, role };
  }

  /** What runs on nodes in every cluster: DNS, metrics, and volumes with a class of their own. */
  #system(
    name: string,
    args: EksClusterArgs,
    { kubernetes }: ControlPlane,
    nodes: readonly NodeGroup[],
  ): pulumi.Resource {
    const volumeKey = new EncryptionKey(
      `${name}-volumes-key`,
      { description: `Volumes of ${args.name}`, protect: args.deletionProtection },
      { parent: this },
    );
    const system = installAddOns(name, args.name, afterNodes(volumeKey.keyArn, args.tags ?? {}), {
      parent: this,
      dependsOn: [...nodes],
    });
    return defaultStorageClass(
      `${name}-storage-class`,
      { keyArn: volumeKey.keyArn, ...args.storage },
      { parent: this, provider: kubernetes, dependsOn: system },
    );
  }

  /** Karpenter's node pools, where it starts the nodes. */
  #pools(
    name: string,
    args: EksClusterArgs,
    { kubernetes, securityGroupId }: ControlPlane,
    role: aws.iam.Role,
    storageClass: pulumi.Resource,
  ): readonly pulumi.Resource[] {
    if (args.nodeScaling === "clusterAutoscaler") return [];
    const karpenter = new Karpenter(
      `${name}-karpenter`,
      {
        clusterName: args.name,
        kubernetes,
        nodeGroups: args.nodeGroups,
        nodeRole: role,
        subnetIds: args.network.privateSubnetIds,
        securityGroupId,
        replicas: args.controllerReplicas,
        tags: args.tags ?? {},
        after: [storageClass],
      },
      { parent: this },
    );
    return karpenter.pools;
  }
}
