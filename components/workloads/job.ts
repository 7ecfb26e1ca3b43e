import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { describeCronJob, describeJob } from "./describe-job.ts";
import type { JobSettings } from "./job-settings.ts";
import { metadataOf, preparePods } from "./pod-parts.ts";
import type { PodArgs } from "./pod-parts.ts";

/**
 * Work that ends, once in each deployment that changes it or at the times of its schedule: with the same fences, secrets and
 * rights as a service, and never more runs at once than its row allows.
 */
export class Job extends pulumi.ComponentResource {
  public constructor(name: string, args: PodArgs<JobSettings>, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:Job", name, {}, opts);
    const child = { parent: this };
    const { settings, context } = args;
    const metadata = metadataOf(args);

    const dependsOn = [...preparePods(name, args, child), ...args.after];
    const { schedule } = settings;
    if (schedule === undefined) {
      new k8s.batch.v1.Job(name, { metadata, spec: describeJob(settings, context) }, { ...child, dependsOn });
    } else {
      new k8s.batch.v1.CronJob(
        name,
        { metadata, spec: describeCronJob({ ...settings, schedule }, context) },
        { ...child, dependsOn },
      );
    }
    this.registerOutputs({});
  }
}
