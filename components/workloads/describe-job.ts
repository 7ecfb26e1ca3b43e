import type { types } from "@pulumi/kubernetes";

import { describeChecksum, describeContainer, describeUser, describeVolumes } from "./describe-container.ts";
import { describeEnvironment } from "./describe-environment.ts";
import { describeJobPlacement } from "./describe-placement.ts";
import type { JobSettings } from "./job-settings.ts";
import type { PodContext } from "./pod-context.ts";
import { labelsOf } from "./selectors.ts";

type JobSpec = types.input.batch.v1.JobSpec;
type CronJobSpec = types.input.batch.v1.CronJobSpec;

/** A run from its beginning to its end: tried again on a new pod when it fails, given up in time, cleared away later. */
export function describeJob(job: JobSettings, context: PodContext): JobSpec {
  const annotations = describeChecksum(job);
  return {
    backoffLimit: job.retries,
    activeDeadlineSeconds: job.deadlineSeconds,
    // Pulumi would make a Job anew that Kubernetes cleared away: only those of a schedule go by themselves.
    ...(job.schedule === undefined ? {} : { ttlSecondsAfterFinished: job.keepSeconds }),
    template: {
      metadata: { labels: labelsOf(job.name), ...(Object.keys(annotations).length > 0 && { annotations }) },
      spec: {
        serviceAccountName: job.name,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        restartPolicy: "Never",
        securityContext: describeUser(job.user),
        ...describeJobPlacement(job),
        containers: [describeContainer(job, context, describeEnvironment(job, context))],
        volumes: describeVolumes(job),
      },
    },
  };
}

const concurrency = { forbid: "Forbid", replace: "Replace", allow: "Allow" } as const;

/** Runs at the times its schedule names. One that could not start for ten minutes is left out, not made up for. */
export function describeCronJob(
  job: JobSettings & { readonly schedule: string },
  context: PodContext,
): CronJobSpec {
  return {
    schedule: job.schedule,
    timeZone: job.timezone,
    concurrencyPolicy: concurrency[job.overlap],
    startingDeadlineSeconds: 600,
    successfulJobsHistoryLimit: 3,
    failedJobsHistoryLimit: 3,
    jobTemplate: { spec: describeJob(job, context) },
  };
}
