import type { Properties, Stored } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import { nodesOf } from "../../aws/eks/nodes.ts";
import type { Cluster } from "../cluster.ts";
import { amountOf } from "../quantities.ts";
import { podPathOf } from "../rules/pods.ts";

/** How much of what a quota counts, by the quota's names for it. */
export type Demand = ReadonlyMap<string, number>;

/** Pods of one shape. */
export interface Pods {
  readonly count: number;
  readonly spec: unknown;
}

/** How many pods an object makes when nothing stands in the way. A CronJob's come and go. */
export function podsWanted(cluster: Cluster, kind: string, inputs: Properties): number {
  if (kind === "Pod") return 1;
  if (kind === "DaemonSet") return nodeCount(cluster);
  if (kind === "Job") return Number(at(inputs, "spec.parallelism") ?? 1);
  return kind === "CronJob" || podPathOf(kind) === "" ? 0 : Number(at(inputs, "spec.replicas") ?? 1);
}

/** The pods that an object has: those of a Job have ended, and those of a release are not known, since no template is rendered. */
export function podsRunning(cluster: Cluster, { inputs, state }: Stored): Pods {
  const kind = text(inputs.kind) ?? "";
  const spec = at(inputs, podPathOf(kind));
  if (kind === "Pod") return { count: 1, spec };
  if (kind === "DaemonSet") return { count: nodeCount(cluster), spec };
  return { count: podPathOf(kind) === "" ? 0 : Number(at(state, "status.replicas") ?? 0), spec };
}

function nodeCount({ account, scope }: Cluster): number {
  return nodesOf(account, scope.split("/").at(-1) ?? scope);
}

/** What a container asks for; where only a limit is given, that much is requested. */
export function requestsOf(container: unknown): Properties {
  return { ...limitsOf(container), ...record(at(container, "resources.requests")) };
}

/** What a container may use at most. */
export function limitsOf(container: unknown): Properties {
  return record(at(container, "resources.limits"));
}

function record(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

/** What a pod takes of a quota: https://kubernetes.io/docs/concepts/policy/resource-quotas/#compute-resource-quota */
export function demandOf(pod: unknown): Demand {
  const demand = new Map([
    ["pods", 1],
    ["count/pods", 1],
  ]);
  for (const [name, amount] of totalsOf(pod, requestsOf)) {
    demand.set(`requests.${name}`, amount);
    demand.set(name, amount);
  }
  for (const [name, amount] of totalsOf(pod, limitsOf)) demand.set(`limits.${name}`, amount);
  return demand;
}

/**
 * Containers run together, those that start the pod one after the other:
 * https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers
 */
export function totalsOf(pod: unknown, of: (container: unknown) => Properties): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  const together = [...list(at(pod, "containers")), ...list(at(pod, "initContainers")).filter(isSidecar)];
  for (const [name, value] of together.flatMap((container) => Object.entries(of(container))))
    totals.set(name, (totals.get(name) ?? 0) + amountOf(value));
  for (const [name, value] of list(at(pod, "initContainers")).flatMap((one) => Object.entries(of(one))))
    totals.set(name, Math.max(totals.get(name) ?? 0, amountOf(value)));
  return totals;
}

function isSidecar(container: unknown): boolean {
  return at(container, "restartPolicy") === "Always";
}

const mustBeSpecified = ["cpu", "limits.cpu", "limits.memory", "memory", "requests.cpu", "requests.memory"];

/** Where a quota limits what a container does not say, in the API server's words; `""` for nowhere. */
export function unspecified(pod: unknown, limited: readonly string[]): string {
  const containers = [...list(at(pod, "initContainers")), ...list(at(pod, "containers"))];
  const silent = (resource: string): readonly string[] => {
    const of = resource.startsWith("limits.") ? limitsOf : requestsOf;
    const name = resource.replace(/^(limits|requests)\./, "");
    return containers
      .filter((container) => of(container)[name] === undefined)
      .map((container) => text(at(container, "name")) ?? "")
      .sort();
  };
  return mustBeSpecified
    .filter((resource) => limited.includes(resource))
    .map((resource) => ({ resource, names: silent(resource) }))
    .filter(({ names }) => names.length > 0)
    .map(({ resource, names }) => `${resource} for: ${names.join(",")}`)
    .join("; ");
}
