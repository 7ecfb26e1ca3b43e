import type { CheckFailure, Properties } from "../../model.ts";
import type { Kind } from "../kinds.ts";
import { isBuiltInGroup } from "../kinds.ts";
import {
  bindingFailures,
  claimFailures,
  dataFailures,
  definitionFailures,
  quotaFailures,
  secretFailures,
  storageClassFailures,
} from "./configuration.ts";
import { metadataFailures } from "./metadata.ts";
import { ingressFailures, networkPolicyFailures, serviceFailures } from "./networking.ts";
import { podFailures } from "./pods.ts";
import {
  autoscalerFailures,
  cronJobFailures,
  disruptionBudgetFailures,
  replicaFailures,
  templateFailures,
} from "./workloads.ts";

type Rule = (inputs: Properties) => readonly CheckFailure[];

/** Rules of one kind, beside those on metadata and pods. */
const rules: Readonly<Record<string, readonly Rule[]>> = {
  ClusterRoleBinding: [bindingFailures],
  ConfigMap: [dataFailures],
  CronJob: [cronJobFailures],
  CustomResourceDefinition: [definitionFailures],
  DaemonSet: [templateFailures],
  Deployment: [templateFailures, replicaFailures],
  HorizontalPodAutoscaler: [autoscalerFailures],
  Ingress: [ingressFailures],
  NetworkPolicy: [networkPolicyFailures],
  PersistentVolumeClaim: [claimFailures],
  PodDisruptionBudget: [disruptionBudgetFailures],
  ReplicaSet: [templateFailures, replicaFailures],
  ResourceQuota: [quotaFailures],
  RoleBinding: [bindingFailures],
  Secret: [secretFailures],
  Service: [serviceFailures],
  StatefulSet: [templateFailures, replicaFailures],
  StorageClass: [storageClassFailures],
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
