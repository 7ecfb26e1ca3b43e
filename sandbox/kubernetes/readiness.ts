import type { Properties } from "../model.ts";
import { at, isRecord, list, text } from "../values.ts";
import type { Cluster } from "./cluster.ts";
import { namedIn } from "./cluster.ts";
import type { Kind } from "./kinds.ts";
import { builtInKind } from "./kinds.ts";
import { findObject, objectExists } from "./objects.ts";
import type { PodSecurityLevel } from "./pod-security.ts";
import { violations } from "./pod-security.ts";
import { podPathOf } from "./rules/pods.ts";

/** Why an object is made and then never becomes ready; `undefined` when it does, or when nobody waits for it. */
type Reason = string | undefined;

/** Judges an object of a kind that the provider waits for. */
type Wait = (cluster: Cluster, inputs: Properties) => Reason;

/** Kinds that the provider waits for: https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/await/awaiters.go */
const waits: Readonly<Record<string, Wait>> = {
  DaemonSet: (cluster, inputs) => podsRefused(cluster, "DaemonSet", inputs),
  Deployment: (cluster, inputs) =>
    podsRefused(cluster, "Deployment", inputs) ?? claimsUnbound(cluster, inputs),
  Ingress: noAddress,
  Job: (cluster, inputs) => podsRefused(cluster, "Job", inputs),
  PersistentVolumeClaim: (cluster, inputs) => claimPending(cluster, inputs.spec),
  Service: noLoadBalancer,
  StatefulSet: (cluster, inputs) =>
    podsRefused(cluster, "StatefulSet", inputs) ?? templatesUnbound(cluster, inputs),
};

/** Why the provider's wait would run out, in its own words and those of the events that it reads. */
export function neverReady(cluster: Cluster, kind: Kind, inputs: Properties): Reason {
  const annotations = at(inputs, "metadata.annotations");
  if (isRecord(annotations) && annotations["pulumi.com/skipAwait"] === "true") return undefined;
  if (builtInKind(kind.group, kind.kind) === undefined || at(inputs, "spec.replicas") === 0) return undefined;
  return waits[kind.kind]?.(cluster, inputs);
}

/** Why the API server takes no pod of this shape in a namespace: the messages of its admission plugins. */
export function podForbidden(cluster: Cluster, namespace: string, spec: unknown): Reason {
  const account = text(at(spec, "serviceAccountName")) ?? "default";
  const accounts = builtInKind("", "ServiceAccount");
  if (accounts !== undefined && !objectExists(cluster, accounts, `${namespace}/${account}`)) {
    return `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
  }
  return insecure(cluster, namespace, spec);
}

/** What the namespace's security level forbids in a pod. */
export function insecure(cluster: Cluster, namespace: string, spec: unknown): Reason {
  const enforced = enforcedIn(cluster, namespace);
  if (enforced === undefined) return undefined;
  const found = violations(enforced.level, spec);
  return found.length === 0
    ? undefined
    : `violates PodSecurity "${enforced.level}:${enforced.version}": ${found.join(", ")}`;
}

/** The level that a namespace enforces: https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export function enforcedIn(
  cluster: Cluster,
  namespace: string,
): { level: PodSecurityLevel; version: string } | undefined {
  const labels = at(namedIn(cluster, `namespaces/${namespace}`)[0]?.inputs, "metadata.labels");
  if (!isRecord(labels)) return undefined;
  const level = labels["pod-security.kubernetes.io/enforce"];
  if (level !== "baseline" && level !== "restricted") return undefined;
  return { level, version: text(labels["pod-security.kubernetes.io/enforce-version"]) ?? "latest" };
}

function podsRefused(cluster: Cluster, kind: string, inputs: Properties): Reason {
  const name = text(at(inputs, "metadata.name")) ?? "";
  const namespace = text(at(inputs, "metadata.namespace")) ?? "default";
  const forbidden = podForbidden(cluster, namespace, at(inputs, podPathOf(kind)));
  if (forbidden === undefined) return undefined;
  const message = `pods "${name}-" is forbidden: ${forbidden}`;
  return kind === "Deployment"
    ? `Minimum number of live Pods was not attained: [ReplicaFailure] ${message}`
    : `timed out waiting to be Ready: [FailedCreate] Error creating: ${message}`;
}

/** Claims that a Deployment mounts and that no volume will ever be bound to. */
function claimsUnbound(cluster: Cluster, inputs: Properties): Reason {
  const claims = builtInKind("", "PersistentVolumeClaim");
  const namespace = text(at(inputs, "metadata.namespace")) ?? "default";
  const names = list(at(inputs, "spec.template.spec.volumes"))
    .flatMap((volume) => text(at(volume, "persistentVolumeClaim.claimName")) ?? [])
    .filter((name) => claims !== undefined && !objectExists(cluster, claims, `${namespace}/${name}`));
  return names.length === 0 ? undefined : `persistentvolumeclaim "${names[0] ?? ""}" not found`;
}

function templatesUnbound(cluster: Cluster, inputs: Properties): Reason {
  const reason = list(at(inputs, "spec.volumeClaimTemplates"))
    .map((template) => claimPending(cluster, at(template, "spec")))
    .find((found) => found !== undefined);
  if (reason === undefined) return undefined;
  const replicas = Number(at(inputs, "spec.replicas") ?? 1);
  return `0 out of ${replicas} replicas succeeded readiness checks: pod has unbound immediate PersistentVolumeClaims: ${reason}`;
}

/** A claim stays pending when its class does not exist, or when it names none and no class is the default. */
function claimPending(cluster: Cluster, spec: unknown): Reason {
  const name = at(spec, "storageClassName");
  if (name === "" || at(spec, "volumeName") !== undefined) return undefined;
  if (name !== undefined) return classMissing(cluster, text(name) ?? "");
  const classes = cluster.account.all("kubernetes:storage.k8s.io/v1:StorageClass", cluster.scope);
  if (classes.some(isDefaultClass)) return undefined;
  return "status.phase is Pending: no persistent volumes available for this claim and no storage class is set";
}

function classMissing(cluster: Cluster, name: string): Reason {
  const classes = builtInKind("storage.k8s.io", "StorageClass");
  if (classes === undefined || objectExists(cluster, classes, name)) return undefined;
  return `status.phase is Pending: storageclass.storage.k8s.io "${name}" not found`;
}

function isDefaultClass({ inputs }: { readonly inputs: Properties }): boolean {
  const annotations = at(inputs, "metadata.annotations");
  return isRecord(annotations) && annotations["storageclass.kubernetes.io/is-default-class"] === "true";
}

/** True where the AWS load balancer controller runs in the cluster. */
export function hasLoadBalancerController(cluster: Cluster): boolean {
  return namedIn(cluster, "chart aws-load-balancer-controller").length > 0;
}

/** Only the class that the controller's chart makes is judged: other controllers may serve any other. */
function noAddress(cluster: Cluster, inputs: Properties): Reason {
  const classes = builtInKind("networking.k8s.io", "IngressClass");
  const made = classes !== undefined && findObject(cluster, classes, "alb") !== undefined;
  if (at(inputs, "spec.ingressClassName") !== "alb" || made || hasLoadBalancerController(cluster))
    return undefined;
  return "Ingress .status.loadBalancer field was not updated with a hostname/IP address: no controller serves ingress class alb";
}

function noLoadBalancer(cluster: Cluster, inputs: Properties): Reason {
  const served =
    at(inputs, "spec.loadBalancerClass") !== "service.k8s.aws/nlb" || hasLoadBalancerController(cluster);
  if (served || at(inputs, "spec.type") !== "LoadBalancer") return undefined;
  return "Service was not allocated an IP address; does your cloud provider support this?";
}
