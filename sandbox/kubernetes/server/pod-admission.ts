import { at, isRecord, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { exists } from "./existing.ts";
import { outOfRange, withLimitDefaults } from "./limit-ranges.ts";
import type { PodSecurityLevel } from "./pod-security.ts";
import { violations } from "./pod-security.ts";
import { roomForPods } from "./quota.ts";

/** Priorities that every cluster has: https://kubernetes.io/docs/tasks/administer-cluster/guaranteed-scheduling-critical-addon-pods/ */
const systemPriorities: ReadonlySet<string> = new Set(["system-cluster-critical", "system-node-critical"]);

/** Which pods of one shape are wanted. */
interface Wanted {
  readonly namespace: string;
  readonly pod: unknown;
  readonly count: number;
  /** Token and id of the object that makes them. */
  readonly owner: string;
}

/** How many of them the API server takes, and why not the next one, in the words of its admission plugins. */
export interface Admitted {
  readonly count: number;
  readonly forbidden: string | undefined;
}

/** Asks the admission plugins in their order: https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/ */
export function admitPods(cluster: Cluster, { namespace, pod, count, owner }: Wanted): Admitted {
  const filled = withLimitDefaults(cluster, namespace, pod);
  const forbidden =
    outOfRange(cluster, namespace, filled) ??
    withoutAccount(cluster, namespace, pod) ??
    insecure(cluster, namespace, pod) ??
    withoutPriority(cluster, pod);
  if (forbidden !== undefined) return { count: 0, forbidden };
  const room = roomForPods(cluster, namespace, filled, count, owner);
  return { count: room.admitted, forbidden: room.refusal };
}

function withoutAccount(cluster: Cluster, namespace: string, pod: unknown): string | undefined {
  const account = text(at(pod, "serviceAccountName")) ?? "default";
  if (exists(cluster, "", "ServiceAccount", `${namespace}/${account}`)) return undefined;
  return `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`;
}

function withoutPriority(cluster: Cluster, pod: unknown): string | undefined {
  const name = text(at(pod, "priorityClassName")) ?? "";
  if (name === "" || systemPriorities.has(name)) return undefined;
  if (exists(cluster, "scheduling.k8s.io", "PriorityClass", name)) return undefined;
  return `no PriorityClass with name ${name} was found`;
}

function insecure(cluster: Cluster, namespace: string, pod: unknown): string | undefined {
  const enforced = enforcedIn(cluster, namespace);
  const found = enforced === undefined ? [] : violations(enforced.level, pod);
  return enforced === undefined || found.length === 0
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
