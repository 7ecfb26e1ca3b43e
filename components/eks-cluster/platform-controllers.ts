import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { Namespace } from "../kubernetes/namespace.ts";
import { helmRelease } from "../kubernetes/release.ts";
import { describeFoundation, describeServices } from "./controllers.ts";
import type { Controller, ControllerContext } from "./controllers.ts";
import { PodIdentity } from "./pod-identity.ts";

/** Room for a controller's pods during an update, with its jobs. */
const controllerQuota = { pods: 20, cpu: "2", memory: "4Gi" } as const;

/** The cluster to install into. */
export interface PlatformControllersArgs extends ControllerContext {
  readonly kubernetes: k8s.Provider;
  /** What the first of them waits for. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * The controllers of the platform: certificates, load balancers, nodes, secrets and DNS. Installed one after the other as far
 * as they need each other; removed in the reverse order, so that none goes before what it has to clean up.
 */
export class PlatformControllers extends pulumi.ComponentResource {
  /** The last ones installed. Whoever depends on them depends on all. */
  public readonly ready: readonly pulumi.Resource[];

  public constructor(name: string, args: PlatformControllersArgs, opts: pulumi.ComponentResourceOptions) {
    const { kubernetes: _kubernetes, after, ...context } = args;
    super("platform:index:PlatformControllers", name, context, opts);
    const install = (controller: Controller, dependsOn: readonly pulumi.Resource[]): k8s.helm.v3.Release =>
      installController(`${name}-${controller.chart}`, controller, args, { parent: this, dependsOn });

    const foundation = describeFoundation(args).reduce<readonly pulumi.Resource[]>(
      (previous, controller) => [install(controller, previous)],
      after,
    );

    this.ready = describeServices(args).map((controller) => install(controller, foundation));
    this.registerOutputs({});
  }
}

/** One controller: its namespace and its role first, then its release. */
function installController(
  name: string,
  controller: Controller,
  { clusterName, kubernetes }: PlatformControllersArgs,
  { parent, dependsOn }: { readonly parent: pulumi.Resource; readonly dependsOn: readonly pulumi.Resource[] },
): k8s.helm.v3.Release {
  const { chart, namespace, traffic, serviceAccount, statements, values } = controller;
  const own =
    namespace === "kube-system"
      ? undefined
      : new Namespace(
          `${name}-namespace`,
          { name: namespace, owner: "platform", quota: controllerQuota, ...(traffic && { traffic }) },
          { parent, provider: kubernetes, dependsOn: [...dependsOn] },
        );
  const identity =
    statements.length === 0
      ? []
      : [
          new PodIdentity(
            `${name}-identity`,
            { clusterName, namespace, serviceAccount, statements },
            { parent, dependsOn: [...dependsOn] },
          ),
        ];

  return helmRelease(
    name,
    { chart, namespace: own?.namespaceName ?? namespace, values },
    { parent, provider: kubernetes, dependsOn: [...dependsOn, ...identity, ...(own ? [own] : [])] },
  );
}
