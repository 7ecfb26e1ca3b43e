import { bytes, milliCores } from "../../kubernetes/quantities.ts";
import type { JobSettings } from "../job-settings.ts";
import type { PodSettings, WorkloadSettings } from "../workload-settings.ts";
import type { Problem, Services } from "./model.ts";

/** What single containers ask for above the limits of their namespace: the API server refuses every copy of such a row. */
export function findOversized(
  namespaces: Services["namespaces"],
  workloads: readonly WorkloadSettings[],
  jobs: readonly JobSettings[],
): readonly Problem[] {
  return [
    ...workloads.flatMap((workload) => findTooLarge("items", workload, namespaces)),
    ...jobs.flatMap((job) => findTooLarge("jobs", job, namespaces)),
  ];
}

function findTooLarge(
  list: "items" | "jobs",
  { name, namespace, resources }: PodSettings,
  namespaces: Services["namespaces"],
): readonly Problem[] {
  const limits: Services["namespaces"][string]["limits"] = namespaces[namespace]?.limits ?? {};
  // Without a limit of its own a container gets the namespace's.
  const key = resources.cpuLimit === undefined ? "cpu" : "cpuLimit";
  const cpu = resources.cpuLimit ?? resources.cpu;
  const asked = [
    { key, most: limits.cpu, given: cpu, amount: milliCores },
    { key: "memoryLimit", most: limits.memory, given: resources.memoryLimit, amount: bytes },
  ];
  return asked.flatMap(({ key, most, given, amount }) =>
    most === undefined || amount(given) <= amount(most)
      ? []
      : [
          {
            path: [list, name, "resources", key],
            message: `${key} must not exceed limits of ${namespace} (${most}), got ${given}: Kubernetes would refuse every copy`,
          },
        ],
  );
}
