import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { kubernetesVersion } from "../../versions.ts";
import { amiTypeOf, describeDisks, describeTaints } from "./launch-template.ts";
import type { NodeGroupSettings } from "./node-group-settings.ts";
import { capacityLabel, nodeGroupLabel } from "./node-labels.ts";

/** One group of nodes and where it runs. */
export interface NodeGroupArgs {
  /** Name of the group, and value of the label `node-group` on its nodes. */
  readonly group: string;
  readonly settings: NodeGroupSettings;
  readonly clusterName: string;
  /** Private subnets only: nodes have no public address. */
  readonly subnetIds: pulumi.Input<string[]>;
  readonly roleArn: pulumi.Input<string>;
  /** Whether the cluster autoscaler changes their number; else somebody else does, or nobody. */
  readonly autoscaled: boolean;
  /** Tags of instances, volumes and network interfaces: AWS makes those itself, default tags do not reach them. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A managed node group with encrypted disks, whose pods cannot reach the instance metadata service, in private subnets. AWS
 * replaces its broken nodes, and drains spot nodes before it takes them back (EKS User Guide, "Managed node groups", "Spot");
 * how many there are is the cluster autoscaler's to say.
 *
 * Made of `aws.eks.NodeGroup`: `eks.ManagedNodeGroup` has neither node repair nor the pace of an update.
 */
export class NodeGroup extends pulumi.ComponentResource {
  public readonly nodeGroupName: pulumi.Output<string>;

  public constructor(name: string, args: NodeGroupArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:NodeGroup", name, args, opts);
    const { group, settings, clusterName, tags } = args;
    const instanceTags = { ...tags, Name: `${clusterName}-${group}` };

    const template = new aws.ec2.LaunchTemplate(
      `${name}-template`,
      {
        description: `Nodes of ${clusterName}, group ${group}`,
        updateDefaultVersion: true,
        blockDeviceMappings: describeDisks(settings),
        // One hop ends at the node: pods use Pod Identity, never the node's own role.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        monitoring: { enabled: settings.detailedMonitoring },
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
          resourceType,
          tags: instanceTags,
        })),
      },
      { parent: this },
    );
    const nodes = new aws.eks.NodeGroup(
      name,
      {
        clusterName,
        nodeGroupNamePrefix: `${group}-`,
        nodeRoleArn: args.roleArn,
        subnetIds: args.subnetIds,
        version: kubernetesVersion,
        amiType: amiTypeOf(settings),
        instanceTypes: [...settings.instanceTypes],
        capacityType: settings.capacity === "spot" ? "SPOT" : "ON_DEMAND",
        scalingConfig: {
          minSize: settings.size.min,
          desiredSize: settings.size.desired ?? settings.size.min,
          maxSize: settings.size.max,
        },
        updateConfig: { maxUnavailablePercentage: settings.maxUnavailablePercent },
        nodeRepairConfig: { enabled: true },
        labels: { [nodeGroupLabel]: group, [capacityLabel]: settings.capacity, ...settings.labels },
        taints: describeTaints(settings),
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        tags: args.autoscaled ? discoveryTags(clusterName) : {},
      },
      {
        parent: this,
        // A component does not pass on what it depends on by itself.
        dependsOn: opts.dependsOn ?? [],
        ignoreChanges: settings.size.enforceDesired ? [] : ["scalingConfig.desiredSize"],
      },
    );

    this.nodeGroupName = nodes.nodeGroupName;
    this.registerOutputs({ nodeGroupName: this.nodeGroupName });
  }
}

/** EKS puts these on the Auto Scaling group too, where the cluster autoscaler finds it. */
function discoveryTags(clusterName: string): Record<string, string> {
  return {
    "k8s.io/cluster-autoscaler/enabled": "true",
    [`k8s.io/cluster-autoscaler/${clusterName}`]: "owned",
  };
}
