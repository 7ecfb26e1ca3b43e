import type { JobSettings } from "../job-settings.ts";
import type { PodSettings, WorkloadSettings } from "../workload-settings.ts";
import type { Problem } from "./model.ts";

/** What is wrong with who calls whom, and with names that are given twice. */
export function findAccessProblems(
  workloads: readonly WorkloadSettings[],
  jobs: readonly JobSettings[],
): readonly Problem[] {
  const callable = new Map(workloads.map(({ name, worker }) => [name, !worker]));
  const taken = jobs.filter(({ name }) => callable.has(name));
  return [
    ...workloads.flatMap((workload) => findWrongCalls("items", workload, callable)),
    ...jobs.flatMap((job) => findWrongCalls("jobs", job, callable)),
    ...workloads.flatMap((workload) => findVariablesSetTwice("items", workload)),
    ...jobs.flatMap((job) => findVariablesSetTwice("jobs", job)),
    ...taken.map(({ name }) => ({
      path: ["jobs", name],
      message: `a job's name must differ from that of every service, got ${name}: both would have one account`,
    })),
  ];
}

function findWrongCalls(
  list: "items" | "jobs",
  { name, calls }: PodSettings,
  callable: ReadonlyMap<string, boolean>,
): readonly Problem[] {
  return calls.flatMap((callee, index) => {
    const path = [list, name, "calls", index];
    if (callee === name) return [{ path, message: `calls must not name the service itself, got ${callee}` }];
    const known = callable.get(callee);
    if (known === undefined) return [{ path, message: `calls must name services of items, got ${callee}` }];
    return known
      ? []
      : [{ path, message: `calls must not name a worker, got ${callee}: nobody can call it` }];
  });
}

function findVariablesSetTwice(
  list: "items" | "jobs",
  { name, environment, secrets }: PodSettings,
): readonly Problem[] {
  return Object.keys(secrets)
    .filter((variable) => variable in environment)
    .map((variable) => ({
      path: [list, name, "secrets", variable],
      message: `${variable} must be set once, got it under environment too`,
    }));
}
