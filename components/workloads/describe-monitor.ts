import { selectorOf } from "./selectors.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

/** Group and version of Prometheus' operator's resources. */
export const monitorApi = "monitoring.coreos.com/v1";

/** Prometheus asks every copy by itself: behind a Service a worker would have none, and copies would answer for each other. */
export function describeMonitor(
  service: string,
  { path, port, everySeconds }: NonNullable<WorkloadSettings["metrics"]>,
): object {
  return {
    selector: selectorOf(service),
    jobLabel: "app.kubernetes.io/name",
    podMetricsEndpoints: [{ port, path, interval: `${everySeconds}s` }],
  };
}
