import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Unwrap } from "@pulumi/pulumi";

import type { ResourceChecks } from "../kernel/define.ts";
import type { About } from "../kernel/definition.ts";
import type { Findings } from "../kernel/findings.ts";
import { items } from "../kernel/read.ts";

/** What a workload runs. */
export type PodSpec = Partial<Unwrap<core.v1.PodSpec> | Unwrap<core.v1.PodSpecPatch>>;

/** What stands beside what a workload runs: settings from before they had a field. */
export type Annotations = Readonly<Record<string, string>>;

interface Template {
  readonly metadata?: { readonly annotations?: Annotations | undefined } | undefined;
  readonly spec?: PodSpec | undefined;
}

/** A workload whose template stands one level deeper than others'. */
interface Scheduled {
  readonly spec?:
    | {
        readonly jobTemplate?:
          { readonly spec?: { readonly template?: Template | undefined } | undefined } | undefined;
      }
    | undefined;
}

/** A container of any of the three lists. */
export type Container = Partial<Unwrap<core.v1.Container> | Unwrap<core.v1.ContainerPatch>>;

/** A check of what a workload runs. */
export type PodCheck<V> = (pod: PodSpec, annotations: Annotations, about: About<V>) => Findings;

/** How a finding calls a container. */
export function called({ name }: Container): string {
  return `container ${name ?? "without a name"}`;
}

/** Whether the pod runs on Windows, where the settings of Linux mean nothing (Kubernetes, "Pod Security Standards", Pod OS field). */
export function isWindows({ os }: PodSpec): boolean {
  return os?.name === "windows";
}

/**
 * Whether a setting that must be `wanted` is something else. What a `Patch` leaves out belongs to whoever made the object, and is no
 * fault of the patch.
 */
export function differs<T>(value: T | undefined, wanted: T, { type }: Pick<About<unknown>, "type">): boolean {
  return value === undefined ? !type.endsWith("Patch") : value !== wanted;
}

/** Every container a pod may start, those that run before the others included. */
export function containersOf(pod: PodSpec): readonly Container[] {
  return [...items(pod.initContainers), ...items(pod.containers), ...items(pod.ephemeralContainers)];
}

/**
 * The same check on the pod of every kind of workload, and of the `Patch` kinds, which would otherwise be a way around it.
 * What a Helm release renders is not here: the release is one resource to the engine, and namespaces enforce the standard instead.
 */
export function onPods<V>(check: PodCheck<V>): ResourceChecks<V> {
  const judge = (template: Template | undefined, about: About<V>): Findings =>
    template?.spec && check(template.spec, template.metadata?.annotations ?? {}, about);
  const scheduled = ({ spec }: Scheduled, about: About<V>): Findings =>
    judge(spec?.jobTemplate?.spec?.template, about);
  return {
    "kubernetes:apps/v1:DaemonSet": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:apps/v1:DaemonSetPatch": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:apps/v1:Deployment": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:apps/v1:DeploymentPatch": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:apps/v1:ReplicaSet": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:apps/v1:ReplicaSetPatch": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:apps/v1:StatefulSet": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:apps/v1:StatefulSetPatch": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:batch/v1:CronJob": [scheduled],
    "kubernetes:batch/v1:CronJobPatch": [scheduled],
    "kubernetes:batch/v1:Job": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:batch/v1:JobPatch": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:core/v1:Pod": [judge],
    "kubernetes:core/v1:PodPatch": [judge],
    "kubernetes:core/v1:ReplicationController": [({ spec }, about) => judge(spec?.template, about)],
    "kubernetes:core/v1:ReplicationControllerPatch": [({ spec }, about) => judge(spec?.template, about)],
  };
}
