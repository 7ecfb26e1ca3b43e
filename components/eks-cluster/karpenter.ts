import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { Namespace } from "../kubernetes/namespace.ts";
import { helmRelease } from "../kubernetes/release.ts";
import { admitNamespace, callApis, fetchCredentials } from "../kubernetes/traffic.ts";
import { namespaces } from "../observability/addresses.ts";
import { controllerQuota } from "./install-controller.ts";
import { InterruptionQueue } from "./interruption-queue.ts";
import type { NodeGroupSettings } from "./node-group-settings.ts";
import { describeNodeClass, describeNodePool, nodeClassApi, nodePoolApi } from "./node-pools.ts";
import { describeKarpenter } from "./permissions/karpenter.ts";
import { PodIdentity } from "./pod-identity.ts";

const namespace = "karpenter";

/** It calls AWS and the Kubernetes API, and shows its numbers on port 8080 (its chart). */
const traffic = {
  apis: callApis,
  credentials: fetchCredentials,
  metrics: admitNamespace(namespaces.monitoring, [8080]),
};

/** The groups it keeps, and what their nodes are made of. */
export interface KarpenterArgs {
  readonly clusterName: string;
  readonly kubernetes: k8s.Provider;
  readonly nodeGroups: Readonly<Record<string, NodeGroupSettings>>;
  /** EKS already lets in nodes with this role: the managed groups have it too. */
  readonly nodeRole: aws.iam.Role;
  readonly subnetIds: pulumi.Output<string[]>;
  readonly securityGroupId: pulumi.Output<string>;
  readonly replicas: number;
  /** Tags of what it makes. */
  readonly tags: Readonly<Record<string, string>>;
  /** What it runs on. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * Karpenter instead of the cluster autoscaler: starts the node that fits the waiting pods best within a minute, packs pods on
 * fewer nodes when there is room, and drains nodes that AWS takes back. CoreDNS, which it asks for names, runs on the managed nodes as it does.
 */
export class Karpenter extends pulumi.ComponentResource {
  /** The node pools: what wants nodes waits for them, so that on destroy they go while Karpenter still ends their nodes. */
  public readonly pools: readonly pulumi.Resource[];

  public constructor(name: string, args: KarpenterArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:Karpenter", name, {}, opts);
    const child = { parent: this };
    const { clusterName, kubernetes, after } = args;

    const queue = new InterruptionQueue(`${name}-interruptions`, { clusterName }, child);
    const space = new Namespace(
      `${name}-namespace`,
      { name: namespace, owner: "platform", quota: controllerQuota, traffic },
      { ...child, provider: kubernetes, dependsOn: [...after] },
    );
    const identity = giveRole(`${name}-identity`, args, queue.queueArn, child);
    const onCluster = { ...child, provider: kubernetes };
    const kinds = helmRelease(
      `${name}-karpenter-crd`,
      { chart: "karpenter-crd", namespace: space.namespaceName, values: {} },
      { ...onCluster, dependsOn: [...after, space] },
    );
    const controller = helmRelease(
      `${name}-karpenter`,
      {
        chart: "karpenter",
        namespace: space.namespaceName,
        values: karpenterValues(clusterName, queue.queueName, args.replicas),
        skipCrds: true,
      },
      { ...onCluster, dependsOn: [...after, kinds, identity] },
    );

    this.pools = Object.entries(args.nodeGroups)
      .filter(([, { size }]) => size.max > size.min)
      .flatMap(([group, settings]) =>
        createPool(`${name}-${group}`, group, settings, args, {
          ...child,
          provider: kubernetes,
          dependsOn: [controller],
        }),
      );
    this.registerOutputs({});
  }
}

function giveRole(
  name: string,
  { clusterName, nodeRole, after }: KarpenterArgs,
  queueArn: pulumi.Output<string>,
  opts: pulumi.InvokeOptions & { readonly parent: pulumi.Resource },
): PodIdentity {
  const { region } = aws.getRegionOutput({}, opts);
  const { accountId } = aws.getCallerIdentityOutput({}, opts);
  const statements = describeKarpenter({
    clusterName,
    region,
    accountId,
    nodeRoleArn: nodeRole.arn,
    queueArn,
  });
  return new PodIdentity(
    name,
    { clusterName, namespace, serviceAccount: "karpenter", accountId, statements },
    // The name of the cluster is known before the cluster is there.
    { parent: opts.parent, dependsOn: [...after] },
  );
}

/** A pool and the class of its nodes, by the group's name. */
function createPool(
  name: string,
  group: string,
  settings: NodeGroupSettings,
  { nodeRole, subnetIds, securityGroupId, tags }: KarpenterArgs,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const near = pulumi.all([nodeRole.name, subnetIds, securityGroupId] as const);
  const nodeClass = new k8s.apiextensions.CustomResource(
    `${name}-class`,
    {
      apiVersion: nodeClassApi,
      kind: "EC2NodeClass",
      metadata: { name: group },
      spec: near.apply(([role, subnets, group]) =>
        describeNodeClass(settings, { role, subnetIds: subnets, securityGroupId: group, tags }),
      ),
    },
    opts,
  );
  const pool = new k8s.apiextensions.CustomResource(
    `${name}-pool`,
    {
      apiVersion: nodePoolApi,
      kind: "NodePool",
      metadata: { name: group },
      spec: describeNodePool(group, settings),
    },
    pulumi.mergeOptions(opts, { dependsOn: [nodeClass] }),
  );
  return [pool];
}

/** Values of Karpenter's chart. Its own pods never run on nodes it makes: the chart sees to that. */
export function karpenterValues(
  clusterName: string,
  interruptionQueue: pulumi.Input<string>,
  replicas: number,
): Readonly<Record<string, unknown>> {
  return {
    settings: { clusterName, interruptionQueue, eksControlPlane: true },
    serviceAccount: { create: true, name: "karpenter" },
    replicas,
    controller: {
      resources: {
        requests: { cpu: "250m", memory: "512Mi", "ephemeral-storage": "64Mi" },
        limits: { memory: "1Gi" },
      },
    },
  };
}
