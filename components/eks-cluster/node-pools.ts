import { planDisks } from "./launch-template.ts";
import { vcpusOf } from "./instance-size.ts";
import { capacityLabel, nodeGroupLabel } from "./node-labels.ts";
import { architectureOf } from "./node-group-settings.ts";
import type { NodeGroupSettings } from "./node-group-settings.ts";

/** Group and version of Karpenter's own resources, and of those for AWS. */
export const nodePoolApi = "karpenter.sh/v1";
export const nodeClassApi = "karpenter.k8s.aws/v1";

/** How long a node lives before it is replaced: 30 days, so that none misses the fixes of newer images. */
const expireAfter = "720h";

const architectures = { x86_64: "amd64", arm64: "arm64" } as const;

/**
 * A node group as Karpenter takes it: the same types, labels and taints, up to the same number of nodes. What `size.min` says
 * stays a managed group, so the pool's share is what lies between.
 */
export function describeNodePool(group: string, settings: NodeGroupSettings): object {
  const { instanceTypes, capacity, taints, labels, maxUnavailablePercent } = settings;
  const one = (key: string, ...values: string[]): object => ({ key, operator: "In", values });
  return {
    template: {
      metadata: { labels: { [nodeGroupLabel]: group, [capacityLabel]: capacity, ...labels } },
      spec: {
        nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: group },
        requirements: [
          one("node.kubernetes.io/instance-type", ...instanceTypes),
          one("karpenter.sh/capacity-type", capacity === "spot" ? "spot" : "on-demand"),
          one("kubernetes.io/arch", architectures[architectureOf(instanceTypes[0] ?? "")]),
        ],
        ...(taints.length > 0 && {
          taints: taints.map(({ key, value, effect }) => ({
            key,
            ...(value !== undefined && { value }),
            effect,
          })),
        }),
        expireAfter,
      },
    },
    limits: { cpu: String(cpuLimitOf(settings)) },
    disruption: {
      consolidationPolicy: "WhenEmptyOrUnderutilized",
      // As long as the cluster autoscaler leaves a node unneeded.
      consolidateAfter: "10m",
      budgets: [{ nodes: `${maxUnavailablePercent}%` }],
    },
    weight: settings.priority,
  };
}

/** CPUs of the nodes that may come on top of the managed ones, of the group's largest type. */
export function cpuLimitOf({
  instanceTypes,
  size,
}: Pick<NodeGroupSettings, "instanceTypes" | "size">): number {
  return (size.max - size.min) * Math.max(...instanceTypes.map((type) => vcpusOf(type) ?? 0));
}

/** How a node is made: the same image, disks and metadata service as in a managed group. */
export function describeNodeClass(
  settings: NodeGroupSettings,
  near: {
    readonly role: string;
    readonly subnetIds: readonly string[];
    readonly securityGroupId: string;
    readonly tags: Readonly<Record<string, string>>;
  },
): object {
  return {
    amiSelectorTerms: [{ alias: `${settings.image}@latest` }],
    role: near.role,
    subnetSelectorTerms: near.subnetIds.map((id) => ({ id })),
    securityGroupSelectorTerms: [{ id: near.securityGroupId }],
    // One hop ends at the node: pods use Pod Identity, never the node's own role.
    metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
    blockDeviceMappings: planDisks(settings).map(({ deviceName, sizeGb }) => ({
      deviceName,
      ebs: { volumeSize: `${sizeGb}Gi`, volumeType: "gp3", encrypted: true, deleteOnTermination: true },
    })),
    detailedMonitoring: settings.detailedMonitoring,
    tags: { ...near.tags },
  };
}
