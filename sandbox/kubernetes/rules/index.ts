import type { CheckFailure, Properties } from "../../model.ts";
import type { Kind } from "../kinds.ts";
import { isBuiltInGroup } from "../kinds.ts";
import { bindingFailures, priorityClassFailures, roleFailures } from "./access.ts";
import {
  claimFailures,
  dataFailures,
  secretFailures,
  storageClassFailures,
  volumeFailures,
} from "./configuration.ts";
import { definitionFailures, webhookFailures } from "./extensions.ts";
import { limitRangeFailures, quotaFailures } from "./limits.ts";
import { metadataFailures } from "./metadata.ts";
import { classFailures, ingressFailures, networkPolicyFailures } from "./networking.ts";
import { podFailures } from "./pods.ts";
import { cronJobFailures } from "./schedules.ts";
import { serviceFailures } from "./services.ts";
import {
  autoscalerFailures,
  disruptionBudgetFailures,
  jobFailures,
  nodeByNodeFailures,
  replicaFailures,
  strategyFailures,
  templateFailures,
} from "./workloads.ts";

type Rule = (inputs: Properties) => readonly CheckFailure[];

/** Rules of one kind, beside those on metadata and pods. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  ClusterRole: [roleFailures],
  ClusterRoleBinding: [bindingFailures],
  ConfigMap: [dataFailures],
  CronJob: [cronJobFailures, jobFailures],
  CustomResourceDefinition: [definitionFailures],
  DaemonSet: [templateFailures, nodeByNodeFailures],
  Deployment: [templateFailures, replicaFailures, strategyFailures],
  HorizontalPodAutoscaler: [autoscalerFailures],
  Ingress: [ingressFailures],
  IngressClass: [classFailures],
  Job: [jobFailures],
  LimitRange: [limitRangeFailures],
  MutatingWebhookConfiguration: [webhookFailures],
  NetworkPolicy: [networkPolicyFailures],
  PersistentVolume: [volumeFailures],
  PersistentVolumeClaim: [claimFailures],
  PodDisruptionBudget: [disruptionBudgetFailures],
  PriorityClass: [priorityClassFailures],
  ReplicaSet: [templateFailures, replicaFailures],
  ResourceQuota: [quotaFailures],
  Role: [roleFailures],
  RoleBinding: [bindingFailures],
  Secret: [secretFailures],
  Service: [serviceFailures],
  StatefulSet: [templateFailures, replicaFailures],
  StorageClass: [storageClassFailures],
  ValidatingWebhookConfiguration: [webhookFailures],
};

/** Every mistake that the API server would find in an object by looking at the object alone. Unknown values are not judged. */
export function failuresIn(kind: Kind, inputs: Properties): readonly CheckFailure[] {
  const metadata = metadataFailures(kind, inputs);
  if (!isBuiltInGroup(kind.group)) return metadata;
  return [
    ...metadata,
    ...(rules[kind.kind] ?? []).flatMap((rule) => rule(inputs)),
    ...podFailures(kind.kind, inputs),
  ];
}
