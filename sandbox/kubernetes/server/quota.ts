import type { Properties, Stored } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { inNamespaceKey } from "./objects.ts";
import { demandOf, podsRunning, unspecified } from "./pods.ts";
import type { Demand } from "./pods.ts";
import { amountOf, isBinary, quantity } from "../quantities.ts";

/** A ResourceQuota: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
interface Quota {
  readonly name: string;
  readonly hard: Properties;
  /** Which pods it counts. */
  readonly spec: unknown;
}

/** The quotas of a namespace. */
function quotasIn(cluster: Cluster, namespace: string): readonly Quota[] {
  return objectsIn(cluster, namespace)
    .filter(({ token }) => token === "kubernetes:core/v1:ResourceQuota")
    .map(({ inputs }) => ({
      name: text(at(inputs, "metadata.name")) ?? "",
      hard: isRecord(at(inputs, "spec.hard")) ? record(at(inputs, "spec.hard")) : {},
      spec: inputs.spec,
    }));
}

function record(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

function objectsIn(cluster: Cluster, namespace: string): readonly Stored[] {
  return namedIn(cluster, inNamespaceKey(namespace));
}

/** How many of some pods a namespace's quotas let in, and what they say of the next one. */
export interface Room {
  readonly admitted: number;
  readonly refusal: string | undefined;
}

/** @param owner id and token of the workload, whose pods there are already count for nothing. */
export function roomForPods(
  cluster: Cluster,
  namespace: string,
  pod: unknown,
  wanted: number,
  owner: string,
): Room {
  const rooms = quotasIn(cluster, namespace)
    .filter(({ spec }) => counts(spec, pod))
    .map((quota): Room => {
      const missing = unspecified(pod, Object.keys(quota.hard));
      if (missing !== "")
        return { admitted: 0, refusal: `failed quota: ${quota.name}: must specify ${missing}` };
      const used = usedByPods(cluster, namespace, quota, owner);
      return roomIn(quota, demandOf(pod), used, wanted);
    });
  return tightest(rooms, wanted);
}

/** The same for one object of a resource such as `configmaps` or `deployments.apps`. */
export function roomForObject(
  cluster: Cluster,
  namespace: string,
  resource: string,
  object: Properties,
): Room {
  const demand = objectDemand(resource, object);
  const rooms = quotasIn(cluster, namespace)
    .filter(({ spec }) => at(spec, "scopes") === undefined && at(spec, "scopeSelector") === undefined)
    .map((quota) => roomIn(quota, demand, usedByObjects(cluster, namespace, resource), 1));
  return tightest(rooms, 1);
}

function tightest(rooms: readonly Room[], wanted: number): Room {
  return rooms.reduce((least, room) => (room.admitted < least.admitted ? room : least), {
    admitted: wanted,
    refusal: undefined,
  });
}

type Used = (name: string) => number;

function roomIn({ name, hard }: Quota, demand: Demand, used: Used, wanted: number): Room {
  const limited = [...demand].filter(([resource, amount]) => resource in hard && amount > 0).sort();
  const fits = ([resource, amount]: readonly [string, number]): number =>
    Math.floor((amountOf(hard[resource]) - used(resource)) / amount + 1e-9);
  const admitted = Math.max(0, Math.min(wanted, ...limited.map(fits)));
  if (admitted >= wanted) return { admitted, refusal: undefined };
  const exceeded = limited.filter((one) => fits(one) <= admitted);
  const shown = (amount: (resource: string, each: number) => number): string =>
    exceeded
      .map(([resource, each]) => `${resource}=${quantity(amount(resource, each), isBinary(hard[resource]))}`)
      .join(",");
  const requested = shown((_, each) => each);
  const before = shown((resource, each) => used(resource) + admitted * each);
  const limit = shown((resource) => amountOf(hard[resource]));
  return {
    admitted,
    refusal: `exceeded quota: ${name}, requested: ${requested}, used: ${before}, limited: ${limit}`,
  };
}

function usedByPods(cluster: Cluster, namespace: string, { spec }: Quota, owner: string): Used {
  const running = objectsIn(cluster, namespace)
    .filter(({ token, id }) => `${token} ${id}` !== owner)
    .map((thing) => podsRunning(cluster, thing))
    .filter((pods) => pods.count > 0 && counts(spec, pods.spec))
    .map((pods) => ({ count: pods.count, demand: demandOf(pods.spec) }));
  return (name) => running.reduce((sum, { count, demand }) => sum + count * (demand.get(name) ?? 0), 0);
}

function usedByObjects(cluster: Cluster, namespace: string, resource: string): Used {
  const mark = `${resource}/`;
  const demands = objectsIn(cluster, namespace)
    .filter(({ keys }) => keys.some((key) => key.startsWith(mark)))
    .map(({ inputs }) => objectDemand(resource, inputs));
  // Every namespace has the cluster's certificate authority, which counts too.
  const own = resource === "configmaps" ? objectDemand(resource, {}) : new Map<string, number>();
  return (name) => [own, ...demands].reduce((sum, demand) => sum + (demand.get(name) ?? 0), 0);
}

/** Resources that quotas also name without `count/`. */
const shortNames: ReadonlySet<string> = new Set([
  "configmaps",
  "persistentvolumeclaims",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "services",
]);

/** What one object takes of a quota: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-on-object-count */
function objectDemand(resource: string, object: Properties): Demand {
  const demand = new Map([[`count/${resource}`, 1]]);
  if (shortNames.has(resource)) demand.set(resource, 1);
  if (resource === "services") {
    const type = at(object, "spec.type");
    if (type === "LoadBalancer") demand.set("services.loadbalancers", 1);
    if (type === "LoadBalancer" || type === "NodePort")
      demand.set("services.nodeports", list(at(object, "spec.ports")).length);
  }
  if (resource === "persistentvolumeclaims") {
    const storage = amountOf(at(object, "spec.resources.requests.storage"));
    const className = text(at(object, "spec.storageClassName")) ?? "";
    demand.set("requests.storage", storage);
    demand.set(`${className}.storageclass.storage.k8s.io/requests.storage`, storage);
    demand.set(`${className}.storageclass.storage.k8s.io/persistentvolumeclaims`, 1);
  }
  return demand;
}

/** True where a quota's scopes hold for a pod: https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes */
function counts(spec: unknown, pod: unknown): boolean {
  const scopes = list(at(spec, "scopes")).map((scopeName): Properties => ({ scopeName, operator: "Exists" }));
  const expressions = list(at(spec, "scopeSelector.matchExpressions"));
  return [...scopes, ...expressions].every((expression) => holds(expression, pod));
}

function holds(expression: unknown, pod: unknown): boolean {
  const bestEffort = [...demandOf(pod)].every(([name]) => name === "pods" || name === "count/pods");
  const ending = at(pod, "activeDeadlineSeconds") !== undefined;
  const priority = at(pod, "priorityClassName");
  const values = list(at(expression, "values"));
  const meanings: Readonly<Record<string, boolean>> = {
    BestEffort: bestEffort,
    NotBestEffort: !bestEffort,
    Terminating: ending,
    NotTerminating: !ending,
    PriorityClass: priorityHolds(text(at(expression, "operator")) ?? "", priority, values),
  };
  return meanings[text(at(expression, "scopeName")) ?? ""] ?? false;
}

function priorityHolds(operator: string, priority: unknown, values: readonly unknown[]): boolean {
  if (operator === "In") return values.includes(priority);
  if (operator === "NotIn") return !values.includes(priority);
  return (priority !== undefined) === (operator === "Exists");
}
