import { sidecarResources } from "../describe-sidecars.ts";
import type { JobSettings } from "../job-settings.ts";
import { bytes, milliCores } from "../../kubernetes/quantities.ts";
import type { WorkloadSettings } from "../workload-settings.ts";
import type { Problem, Services } from "./model.ts";

/** How many pods there may be of one kind, and what each reserves. */
interface Demand {
  readonly pods: number;
  readonly milliCores: number;
  readonly bytes: number;
}

/** Copies during an update: a quarter more, rounded up, before old ones go. */
export function peakCopies({ replicas }: Pick<WorkloadSettings, "replicas">): number {
  return replicas.max + Math.ceil(replicas.max / 4);
}

function demandOf(workload: WorkloadSettings): Demand {
  const { pgbouncer, collector } = workload.sidecars;
  const each = [
    workload.resources,
    ...(pgbouncer === undefined ? [] : [sidecarResources.pgbouncer]),
    ...(collector === undefined ? [] : [sidecarResources.collector]),
  ];
  return {
    pods: peakCopies(workload),
    milliCores: each.reduce((sum, { cpu }) => sum + milliCores(cpu), 0),
    bytes: each.reduce((sum, { memory }) => sum + bytes(memory), 0),
  };
}

/** One run of a job at a time, or two where they may meet. */
function jobDemandOf({ resources, overlap, schedule }: JobSettings): Demand {
  return {
    pods: overlap === "allow" && schedule !== undefined ? 2 : 1,
    milliCores: milliCores(resources.cpu),
    bytes: bytes(resources.memory),
  };
}

/** An autoscaler that runs into a quota says nothing: the copies just never come. */
export function findTightQuotas(
  namespaces: Services["namespaces"],
  workloads: readonly WorkloadSettings[],
  jobs: readonly JobSettings[],
): readonly Problem[] {
  const demands = new Map<string, Demand[]>(Object.keys(namespaces).map((name) => [name, []]));
  for (const workload of workloads) demands.get(workload.namespace)?.push(demandOf(workload));
  for (const job of jobs) demands.get(job.namespace)?.push(jobDemandOf(job));
  return Object.entries(namespaces).flatMap(([name, { quota }]) =>
    findTightQuota(name, quota, demands.get(name) ?? []),
  );
}

function findTightQuota(
  namespace: string,
  quota: Services["namespaces"][string]["quota"],
  demands: readonly Demand[],
): readonly Problem[] {
  const sum = (of: (demand: Demand) => number): number =>
    demands.reduce((total, demand) => total + of(demand) * demand.pods, 0);
  const [pods, cores, memory] = [sum(() => 1), sum((each) => each.milliCores), sum((each) => each.bytes)];
  const needs = [
    { key: "pods", needed: String(pods), fits: pods <= quota.pods, given: String(quota.pods) },
    {
      key: "cpu",
      needed: String(Math.ceil(cores / 1000)),
      fits: cores <= milliCores(quota.cpu),
      given: quota.cpu,
    },
    {
      key: "memory",
      needed: `${String(Math.ceil(memory / 2 ** 20))}Mi`,
      fits: memory <= bytes(quota.memory),
      given: quota.memory,
    },
  ];
  return needs
    .filter(({ fits }) => !fits)
    .map(({ key, needed, given }) => ({
      path: ["namespaces", namespace, "quota", key],
      message: `${key} must be at least ${needed}, got ${given}: everything in it at its maximum during an update needs that much`,
    }));
}
