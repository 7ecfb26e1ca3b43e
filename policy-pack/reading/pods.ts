import type { core } from "@pulumi/kubernetes/types/input.js";
import type { Unwrap } from "@pulumi/pulumi";

import type { ResourceChecks } from "../kernel/define.ts";
import type { Findings } from "../kernel/findings.ts";

/** What a workload runs. */
export type PodSpec = Partial<Unwrap<core.v1.PodSpec> | Unwrap<core.v1.PodSpecPatch>>;

/** What stands beside what a workload runs: settings from before they had a field. */
export type Annotations = Readonly<Record<string, string>>;

interface Template {
  readonly metadata?: { readonly annotations?: Annotations | undefined } | undefined;
  readonly spec?: PodSpec | undefined;
}

/** A container of any of the three lists. */
export type Container = Partial<Unwrap<core.v1.Container> | Unwrap<core.v1.ContainerPatch>>;

/** Every container a pod may start, those that run before the others included. */
export function containersOf(pod: PodSpec): readonly Container[] {
  return [...(pod.initContainers ?? []), ...(pod.containers ?? []), ...(pod.ephemeralContainers ?? [])];
}

/**
 * The same check on the pod of every kind of workload, and of the `Patch` kinds, which would otherwise be a way around it.
 * What a Helm release renders is not here: the release is one resource to the engine, and namespaces enforce the standard instead.
 */
export function onPods<V>(check: (pod: PodSpec, annotations: Annotations) => Findings): ResourceChecks<V> {
  const judge = (template: Template | undefined): Findings =>
    template?.spec && check(template.spec, template.metadata?.annotations ?? {});
  return {
    "kubernetes:apps/v1:DaemonSet": [({ spec }) => judge(spec?.template)],
    "kubernetes:apps/v1:DaemonSetPatch": [({ spec }) => judge(spec?.template)],
    "kubernetes:apps/v1:Deployment": [({ spec }) => judge(spec?.template)],
    "kubernetes:apps/v1:DeploymentPatch": [({ spec }) => judge(spec?.template)],
    "kubernetes:apps/v1:ReplicaSet": [({ spec }) => judge(spec?.template)],
    "kubernetes:apps/v1:ReplicaSetPatch": [({ spec }) => judge(spec?.template)],
    "kubernetes:apps/v1:StatefulSet": [({ spec }) => judge(spec?.template)],
    "kubernetes:apps/v1:StatefulSetPatch": [({ spec }) => judge(spec?.template)],
    "kubernetes:batch/v1:CronJob": [({ spec }) => judge(spec?.jobTemplate.spec?.template)],
    "kubernetes:batch/v1:CronJobPatch": [({ spec }) => judge(spec?.jobTemplate?.spec?.template)],
    "kubernetes:batch/v1:Job": [({ spec }) => judge(spec?.template)],
    "kubernetes:batch/v1:JobPatch": [({ spec }) => judge(spec?.template)],
    "kubernetes:core/v1:Pod": [judge],
    "kubernetes:core/v1:PodPatch": [judge],
    "kubernetes:core/v1:ReplicationController": [({ spec }) => judge(spec?.template)],
    "kubernetes:core/v1:ReplicationControllerPatch": [({ spec }) => judge(spec?.template)],
  };
}
