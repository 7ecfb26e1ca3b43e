import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Unwrap } from "@pulumi/pulumi";

import type { Case, Cases } from "./case.ts";

type Pod = Unwrap<core.v1.PodSpec>;

/** A pod, and what a policy makes of it wherever it stands. */
export interface PodCase extends Omit<Case<object>, "patch"> {
  readonly pod: Partial<Pod>;
  /** It is about something that is left out, which a `Patch` may do. @default false */
  readonly wholeOnly?: true;
}

/** The same pods in every kind of workload. */
export function inPods(cases: readonly PodCase[]): Cases {
  const whole = cases.map(({ pod, wholeOnly: _, ...rest }) => ({ ...rest, pod: complete(pod) }));
  const patched = cases
    .filter(({ wholeOnly }) => wholeOnly !== true)
    .map(({ pod, ...rest }) => ({ ...rest, pod: complete(pod) }));
  const selector = { matchLabels: { app: "api" } };
  const selecting = whole.map(({ pod, ...rest }) => ({
    ...rest,
    patch: { spec: { selector, template: { spec: pod } } },
  }));
  const inJob = whole.map(({ pod, ...rest }) => ({ ...rest, patch: { spec: { template: { spec: pod } } } }));
  const inTemplate = patched.map(({ pod, ...rest }) => ({
    ...rest,
    patch: { spec: { template: { spec: pod } } },
  }));
  const cron = (pod: Pod) => ({
    spec: { schedule: "0 3 * * *", jobTemplate: { spec: { template: { spec: pod } } } },
  });
  return {
    "kubernetes:apps/v1:DaemonSet": selecting,
    "kubernetes:apps/v1:DaemonSetPatch": inTemplate,
    "kubernetes:apps/v1:Deployment": selecting,
    "kubernetes:apps/v1:DeploymentPatch": inTemplate,
    "kubernetes:apps/v1:ReplicaSet": selecting,
    "kubernetes:apps/v1:ReplicaSetPatch": inTemplate,
    "kubernetes:apps/v1:StatefulSet": selecting.map(({ patch, ...rest }) => ({
      ...rest,
      patch: { spec: { ...patch.spec, serviceName: "api" } },
    })),
    "kubernetes:apps/v1:StatefulSetPatch": inTemplate,
    "kubernetes:batch/v1:CronJob": whole.map(({ pod, ...rest }) => ({ ...rest, patch: cron(pod) })),
    "kubernetes:batch/v1:CronJobPatch": patched.map(({ pod, ...rest }) => ({ ...rest, patch: cron(pod) })),
    "kubernetes:batch/v1:Job": inJob,
    "kubernetes:batch/v1:JobPatch": inTemplate,
    "kubernetes:core/v1:Pod": whole.map(({ pod, ...rest }) => ({ ...rest, patch: { spec: pod } })),
    "kubernetes:core/v1:PodPatch": patched.map(({ pod, ...rest }) => ({ ...rest, patch: { spec: pod } })),
    "kubernetes:core/v1:ReplicationController": inJob,
    "kubernetes:core/v1:ReplicationControllerPatch": inTemplate,
  };
}

function complete(pod: Partial<Pod>): Pod {
  return { ...pod, containers: pod.containers ?? [{ name: "api" }] };
}
