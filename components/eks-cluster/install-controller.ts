import type { iam } from "@pulumi/aws";
import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { ChartName } from "../../versions.ts";
import { Namespace } from "../kubernetes/namespace.ts";
import { helmRelease } from "../kubernetes/release.ts";
import type { Traffic } from "../kubernetes/traffic.ts";
import { PodIdentity } from "./pod-identity.ts";

/** Room for a controller's pods during an update, with its jobs. */
export const controllerQuota = { pods: 20, cpu: "2", memory: "4Gi" } as const;

/** One controller: a chart, where it runs, what AWS lets it do. */
export interface Controller {
  readonly chart: ChartName;
  /** `kube-system`, or a namespace of its own which is made for it. */
  readonly namespace: string;
  /** What its own namespace may send and receive beyond DNS. */
  readonly traffic?: Readonly<Record<string, Traffic>>;
  readonly serviceAccount: string;
  /** Rights of its pods; empty when they call no AWS API. */
  readonly statements: readonly iam.PolicyStatement[] | pulumi.Output<readonly iam.PolicyStatement[]>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The cluster to install into. */
export interface ControllerHome {
  readonly clusterName: pulumi.Input<string>;
  readonly kubernetes: k8s.Provider;
}

interface Options {
  readonly parent: pulumi.Resource;
  readonly dependsOn: readonly pulumi.Resource[];
}

/** One controller: its namespace and its role first, then its release. */
export function installController(
  name: string,
  controller: Controller,
  home: ControllerHome,
  { parent, dependsOn }: Options,
): k8s.helm.v3.Release {
  const { chart, namespace, values } = controller;
  const own = fence(`${name}-namespace`, controller, home, { parent, dependsOn });
  const identity = giveRole(`${name}-identity`, controller, home, { parent, dependsOn });
  return helmRelease(
    name,
    { chart, namespace: own?.namespaceName ?? namespace, values },
    {
      parent,
      provider: home.kubernetes,
      dependsOn: [...dependsOn, ...identity, ...(own?.fences ?? [])],
    },
  );
}

function fence(
  name: string,
  { namespace, traffic }: Controller,
  { kubernetes }: ControllerHome,
  { parent, dependsOn }: Options,
): Namespace | undefined {
  if (namespace === "kube-system") return undefined;
  return new Namespace(
    name,
    { name: namespace, owner: "platform", quota: controllerQuota, ...(traffic && { traffic }) },
    { parent, provider: kubernetes, dependsOn: [...dependsOn] },
  );
}

function giveRole(
  name: string,
  { namespace, serviceAccount, statements }: Controller,
  { clusterName }: ControllerHome,
  { parent, dependsOn }: Options,
): readonly PodIdentity[] {
  if (Array.isArray(statements) && statements.length === 0) return [];
  const args = { clusterName, namespace, serviceAccount, statements };
  return [new PodIdentity(name, args, { parent, dependsOn: [...dependsOn] })];
}
