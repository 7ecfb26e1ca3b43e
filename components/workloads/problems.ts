import { bytes, milliCores } from "./quantities.ts";
import { resolveWorkload } from "./workload-settings.ts";
import type { TunableLayer, WorkloadRow, WorkloadSettings } from "./workload-settings.ts";

/** A rule across fields that the settings break. */
export interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What the rules across services look at. */
export interface Services {
  readonly quota: { readonly pods: number; readonly cpu: string; readonly memory: string };
  readonly ingress: { readonly drainSeconds: number };
  readonly defaults: TunableLayer;
  readonly items: Readonly<Record<string, WorkloadRow>>;
}

/** Every service with everything said, in the order of their names. */
export function resolveWorkloads({
  defaults,
  items,
}: Pick<Services, "defaults" | "items">): readonly WorkloadSettings[] {
  return Object.entries(items)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, row]) => resolveWorkload(name, row, defaults));
}

/** All rules across services that are broken. */
export function findProblems(services: Services): readonly Problem[] {
  const workloads = resolveWorkloads(services);
  const names = new Set(workloads.map(({ name }) => name));
  return [
    ...workloads.flatMap((workload) => findWrongCalls(workload, names)),
    ...workloads.flatMap(findVariablesSetTwice),
    ...findSharedPaths(workloads),
    ...workloads.flatMap((workload) => findHastyShutdown(workload, services.ingress.drainSeconds)),
    ...findTightQuota(workloads, services.quota),
  ];
}

function findWrongCalls({ name, calls }: WorkloadSettings, names: ReadonlySet<string>): readonly Problem[] {
  return calls.flatMap((callee, index) => {
    const path = ["items", name, "calls", index];
    if (callee === name) return [{ path, message: `calls must not name the service itself, got ${callee}` }];
    return names.has(callee) ? [] : [{ path, message: `calls must name services of items, got ${callee}` }];
  });
}

function findVariablesSetTwice({ name, environment, secrets }: WorkloadSettings): readonly Problem[] {
  return Object.keys(secrets)
    .filter((variable) => variable in environment)
    .map((variable) => ({
      path: ["items", name, "secrets", variable],
      message: `${variable} must be set once, got it under environment too`,
    }));
}

function findSharedPaths(workloads: readonly WorkloadSettings[]): readonly Problem[] {
  const owners = new Map<string, string>();
  return workloads.flatMap(({ name, path }) => {
    const owner = path === undefined ? undefined : owners.get(path);
    if (path !== undefined) owners.set(path, owner ?? name);
    return owner === undefined
      ? []
      : [
          {
            path: ["items", name, "path"],
            message: `path must differ from that of ${owner}, got ${path ?? ""}`,
          },
        ];
  });
}

/** The load balancer sends a copy requests, and waits for answers, until it has drained. */
function findHastyShutdown(
  { name, path, shutdown }: WorkloadSettings,
  drainSeconds: number,
): readonly Problem[] {
  if (path === undefined || shutdown.graceSeconds >= drainSeconds) return [];
  const message = `graceSeconds must not be below ingress.drainSeconds ${drainSeconds}, got ${shutdown.graceSeconds}: requests under way would be cut off`;
  return [{ path: ["items", name, "shutdown", "graceSeconds"], message }];
}

/** Copies during an update: a quarter more, rounded up, before old ones go. */
export function peakCopies({ replicas }: Pick<WorkloadSettings, "replicas">): number {
  return replicas.max + Math.ceil(replicas.max / 4);
}

/** An autoscaler that runs into a quota says nothing: the copies just never come. */
function findTightQuota(
  workloads: readonly WorkloadSettings[],
  quota: Services["quota"],
): readonly Problem[] {
  const sum = (of: (workload: WorkloadSettings) => number): number =>
    workloads.reduce((total, workload) => total + of(workload) * peakCopies(workload), 0);
  const mebibytes = sum(({ resources }) => bytes(resources.memory)) / 2 ** 20;
  const needs = [
    {
      key: "pods",
      needed: String(sum(() => 1)),
      fits: sum(() => 1) <= quota.pods,
      given: String(quota.pods),
    },
    {
      key: "cpu",
      needed: String(Math.ceil(sum(({ resources }) => milliCores(resources.cpu)) / 1000)),
      fits: sum(({ resources }) => milliCores(resources.cpu)) <= milliCores(quota.cpu),
      given: quota.cpu,
    },
    {
      key: "memory",
      needed: `${String(Math.ceil(mebibytes))}Mi`,
      fits: mebibytes * 2 ** 20 <= bytes(quota.memory),
      given: quota.memory,
    },
  ];
  return needs
    .filter(({ fits }) => !fits)
    .map(({ key, needed, given }) => ({
      path: ["quota", key],
      message: `${key} must be at least ${needed}, got ${given}: all services at their maximum during an update need that much`,
    }));
}
