import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import {
  describeCertificates,
  describeLoadBalancers,
  describeOthers,
  describeSecrets,
} from "./controllers.ts";
import type { ControllerContext } from "./controllers.ts";
import { installController } from "./install-controller.ts";
import type { Controller } from "./install-controller.ts";

/** The cluster to install into. */
export interface PlatformControllersArgs extends ControllerContext {
  readonly kubernetes: k8s.Provider;
  /** What their pods run on. */
  readonly nodes: readonly pulumi.Resource[];
  /** What pods need that call AWS: names are resolved only then. */
  readonly system: readonly pulumi.Resource[];
}

/**
 * The controllers of the platform: certificates, load balancers, nodes, secrets and DNS. Each is installed as soon as what it
 * needs is there, and removed in the reverse order, so that none goes before what it has to clean up.
 */
export class PlatformControllers extends pulumi.ComponentResource {
  public readonly certificates: pulumi.Resource;
  public readonly secrets: pulumi.Resource;
  /** All of them. */
  public readonly all: readonly pulumi.Resource[];

  public constructor(name: string, args: PlatformControllersArgs, opts: pulumi.ComponentResourceOptions) {
    const { kubernetes: _kubernetes, nodes, system, ...context } = args;
    super("platform:index:PlatformControllers", name, context, opts);
    const install = (controller: Controller, dependsOn: readonly pulumi.Resource[]): k8s.helm.v3.Release =>
      installController(`${name}-${controller.chart}`, controller, args, { parent: this, dependsOn });

    this.certificates = install(describeCertificates(args), nodes);
    this.secrets = install(describeSecrets(args), nodes);
    // cert-manager signs the certificate of its webhooks.
    const balancers = install(describeLoadBalancers(args), [...system, this.certificates]);
    const others = describeOthers(args).map((controller) => install(controller, system));

    this.all = [this.certificates, this.secrets, balancers, ...others];
    this.registerOutputs({});
  }
}
