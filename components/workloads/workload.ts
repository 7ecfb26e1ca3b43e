import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import {
  describeAutoscaler,
  describeScaledObject,
  describeVertical,
  kedaApi,
  scalesOnEvents,
  takesOver,
  verticalApi,
} from "./describe-scaling.ts";
import { describeMonitor, monitorApi } from "./describe-monitor.ts";
import { describeDeployment, describeDisruptionBudget, describeService } from "./describe-workload.ts";
import { metadataOf, preparePods } from "./pod-parts.ts";
import type { PodArgs } from "./pod-parts.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

/** One service, and where it runs. */
export interface WorkloadArgs extends PodArgs<WorkloadSettings> {
  /** What the load balancer is told of it; empty where it is not reached from outside. */
  readonly targets: Readonly<Record<string, string>>;
  /** What brings the custom kinds that the row needs, and cleans up after their objects: it goes after them. */
  readonly kinds: readonly pulumi.Resource[];
}

type Child = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/**
 * A stateless service: copies that scale with their load, spread over the zones, survive the loss of a node and an update
 * without a failed request, run without any right on their node, and talk to nobody they have not named.
 */
export class Workload extends pulumi.ComponentResource {
  /** There once it answers: what comes after the service depends on this, not on everything in it. */
  public readonly running: pulumi.Resource;

  public constructor(name: string, args: WorkloadArgs, opts: pulumi.ComponentResourceOptions) {
    // Not the arguments: everything in them stands in the children too, and there may be a thousand services.
    super("platform:index:Workload", name, {}, opts);
    const child: Child = { parent: this };
    const { settings } = args;
    const metadata = metadataOf(args);

    const parts = preparePods(name, args, child);
    const deployment = new k8s.apps.v1.Deployment(
      name,
      { metadata, spec: describeDeployment(settings, args.context) },
      { ...child, dependsOn: [...parts, ...args.after] },
    );
    const onDeployment = { ...child, dependsOn: [deployment] };
    this.running = settings.worker
      ? deployment
      : new k8s.core.v1.Service(
          name,
          {
            metadata: { ...metadata, annotations: { ...args.targets } },
            spec: describeService(settings),
          },
          // Pulumi waits until a Service has an endpoint: it has none before the Deployment.
          onDeployment,
        );
    new k8s.policy.v1.PodDisruptionBudget(
      name,
      { metadata, spec: describeDisruptionBudget(settings) },
      onDeployment,
    );
    const ofKinds = { ...child, dependsOn: [deployment, ...args.kinds] };
    scale(name, args, ofKinds);
    watch(name, args, ofKinds);
    this.registerOutputs({});
  }
}

/** Exactly one thing decides on the number of copies. */
function scale(name: string, args: WorkloadArgs, opts: pulumi.CustomResourceOptions): void {
  const { settings, context } = args;
  const metadata = metadataOf(args);
  if (scalesOnEvents(settings)) {
    new k8s.apiextensions.CustomResource(
      `${name}-scaling`,
      {
        apiVersion: kedaApi,
        kind: "ScaledObject",
        metadata: { ...metadata, annotations: takesOver },
        spec: context.place.apply((place) => describeScaledObject(settings, place)),
      },
      opts,
    );
  } else {
    new k8s.autoscaling.v2.HorizontalPodAutoscaler(
      name,
      { metadata, spec: describeAutoscaler(settings) },
      opts,
    );
  }
  if (settings.scaling.vertical === "off") return;
  new k8s.apiextensions.CustomResource(
    `${name}-vertical`,
    { apiVersion: verticalApi, kind: "VerticalPodAutoscaler", metadata, spec: describeVertical(settings) },
    opts,
  );
}

function watch(name: string, args: WorkloadArgs, opts: pulumi.CustomResourceOptions): void {
  const { metrics } = args.settings;
  if (metrics === undefined) return;
  new k8s.apiextensions.CustomResource(
    `${name}-monitor`,
    {
      apiVersion: monitorApi,
      kind: "PodMonitor",
      metadata: metadataOf(args),
      spec: describeMonitor(args.settings.name, metrics),
    },
    opts,
  );
}
