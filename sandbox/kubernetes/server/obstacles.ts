import type { Properties, Stored } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Warning } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import { isBuiltInGroup } from "../kinds.ts";
import { loadBalancerObstacle } from "../controllers/load-balancers.ts";
import { provision, volumeObstacle } from "../controllers/volumes.ts";
import { configMapExists, exists, secretExists } from "./existing.ts";
import { admitPods } from "./pod-admission.ts";
import type { Admitted } from "./pod-admission.ts";
import { podsWanted } from "./pods.ts";
import { unscheduled } from "./scheduling.ts";
import { podPathOf } from "../rules/pods.ts";

/** What keeps an object from becoming what it says, as its controller reports it. */
export interface Obstacle extends Warning {
  /** How many of its pods there are all the same. */
  readonly pods: number;
}

/** Which object is looked at. */
interface Looked {
  readonly cluster: Cluster;
  readonly kind: Kind;
  readonly inputs: Properties;
  /** Token and id. */
  readonly owner: string;
}

/** What stands in the way of an object; `undefined` for nothing. */
export function obstacleOf(looked: Looked): Obstacle | undefined {
  const { cluster, kind, inputs } = looked;
  if (!isBuiltInGroup(kind.group)) return undefined;
  if (podPathOf(kind.kind) !== "") return podObstacle(looked);
  const found =
    kind.kind === "PersistentVolumeClaim"
      ? (volumeObstacle(cluster, inputs.spec) ?? provision(cluster, inputs))
      : loadBalancerObstacle(cluster, kind.kind, inputs);
  return found === undefined ? undefined : { ...found, pods: 0 };
}

/** The same for an object that is stored. */
export function warningsAbout(
  cluster: Cluster,
  kind: Kind,
  { token, id, inputs }: Stored,
): readonly Warning[] {
  const found = obstacleOf({ cluster, kind, inputs, owner: `${token} ${id}` });
  return found === undefined ? [] : [{ reason: found.reason, message: found.message }];
}

/** How many pods of an object the API server takes. */
function admittedOf({ cluster, kind, inputs, owner }: Looked): Admitted {
  const namespace = text(at(inputs, "metadata.namespace")) ?? "default";
  const pod = at(inputs, podPathOf(kind.kind));
  // A DaemonSet is judged also where there are no nodes as yet.
  const wanted = podsWanted(cluster, kind.kind, inputs);
  const count = kind.kind === "DaemonSet" ? Math.max(1, wanted) : wanted;
  if (count === 0) return { count: 0, forbidden: undefined };
  return admitPods(cluster, { namespace, pod, count, owner });
}

/** A pod that the API server took already is not asked about again. */
function podObstacle(looked: Looked): Obstacle | undefined {
  const { cluster, kind, inputs } = looked;
  const bare = kind.kind === "Pod";
  const { count, forbidden } = bare ? { count: 1, forbidden: undefined } : admittedOf(looked);
  if (forbidden !== undefined) {
    const name = text(at(inputs, "metadata.name")) ?? "";
    const message = `pods "${name}-" is forbidden: ${forbidden}`;
    return { reason: "FailedCreate", message: `Error creating: ${message}`, pods: count };
  }
  if (podsWanted(cluster, kind.kind, inputs) === 0) return undefined;
  const missing = unscheduled(cluster, kind.kind, inputs) ?? missingFor(cluster, kind.kind, inputs);
  return missing === undefined ? undefined : { ...missing, pods: 0 };
}

/** What a pod needs before it starts, and does not find. */
function missingFor(cluster: Cluster, kind: string, inputs: Properties): Warning | undefined {
  const namespace = text(at(inputs, "metadata.namespace")) ?? "default";
  const pod = at(inputs, podPathOf(kind));
  const found = [
    ...templateWarnings(cluster, kind, inputs),
    ...list(at(pod, "volumes")).flatMap((volume) => volumeWarnings(cluster, namespace, volume)),
    ...["initContainers", "containers"].flatMap((group) =>
      list(at(pod, group)).flatMap((container) => environmentWarnings(cluster, namespace, container)),
    ),
  ];
  return found[0];
}

function templateWarnings(cluster: Cluster, kind: string, inputs: Properties): readonly Warning[] {
  const templates = kind === "StatefulSet" ? list(at(inputs, "spec.volumeClaimTemplates")) : [];
  return templates.flatMap((template) => {
    const found = volumeObstacle(cluster, at(template, "spec"));
    if (found === undefined) return [];
    const message = `pod has unbound immediate PersistentVolumeClaims: status.phase is Pending: ${found.message}`;
    return [{ reason: "FailedScheduling", message }];
  });
}

function volumeWarnings(cluster: Cluster, namespace: string, volume: unknown): readonly Warning[] {
  const claim = text(at(volume, "persistentVolumeClaim.claimName"));
  if (claim !== undefined && !exists(cluster, "", "PersistentVolumeClaim", `${namespace}/${claim}`)) {
    return [{ reason: "FailedScheduling", message: `persistentvolumeclaim "${claim}" not found` }];
  }
  const missing = [
    missingSecret(cluster, namespace, at(volume, "secret"), "secretName"),
    missingConfigMap(cluster, namespace, at(volume, "configMap"), "name"),
    ...list(at(volume, "projected.sources")).flatMap((source) => [
      missingSecret(cluster, namespace, at(source, "secret"), "name"),
      missingConfigMap(cluster, namespace, at(source, "configMap"), "name"),
    ]),
  ].find((reason) => reason !== undefined);
  if (missing === undefined) return [];
  const message = `MountVolume.SetUp failed for volume "${text(at(volume, "name")) ?? ""}" : ${missing}`;
  return [{ reason: "FailedMount", message }];
}

function environmentWarnings(cluster: Cluster, namespace: string, container: unknown): readonly Warning[] {
  const sources = [
    ...list(at(container, "env")).map((variable) => at(variable, "valueFrom")),
    ...list(at(container, "envFrom")),
  ];
  return sources.flatMap((source) => {
    const missing =
      missingSecret(cluster, namespace, at(source, "secretKeyRef") ?? at(source, "secretRef"), "name") ??
      missingConfigMap(
        cluster,
        namespace,
        at(source, "configMapKeyRef") ?? at(source, "configMapRef"),
        "name",
      );
    return missing === undefined ? [] : [{ reason: "Failed", message: `Error: ${missing}` }];
  });
}

function missingSecret(
  cluster: Cluster,
  namespace: string,
  reference: unknown,
  key: string,
): string | undefined {
  const name = named(reference, key);
  return name === undefined || secretExists(cluster, namespace, name)
    ? undefined
    : `secret "${name}" not found`;
}

function missingConfigMap(
  cluster: Cluster,
  namespace: string,
  reference: unknown,
  key: string,
): string | undefined {
  const name = named(reference, key);
  return name === undefined || configMapExists(cluster, namespace, name)
    ? undefined
    : `configmap "${name}" not found`;
}

/** The name in a reference that must lead somewhere. */
function named(reference: unknown, key: string): string | undefined {
  return isRecord(reference) && reference.optional !== true ? text(reference[key]) : undefined;
}
