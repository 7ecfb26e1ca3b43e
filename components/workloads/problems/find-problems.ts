import { findAccessProblems } from "./access.ts";
import { findDatabaseUserProblems } from "./database-users.ts";
import { findExposureProblems } from "./exposure.ts";
import { findOversized } from "./limits.ts";
import { resolveJobs, resolveWorkloads } from "./model.ts";
import type { Problem, Services } from "./model.ts";
import { findOrderProblems } from "./order.ts";
import { findPodProblems } from "./pods.ts";
import { findTightQuotas } from "./quota.ts";
import { findScalingProblems } from "./scaling.ts";

/** All rules across services that are broken. */
export function findProblems(services: Services): readonly Problem[] {
  const workloads = resolveWorkloads(services);
  const jobs = resolveJobs(services);
  return [
    ...findAccessProblems(workloads, jobs),
    ...findDatabaseUserProblems(services, workloads, jobs),
    ...findPodProblems(services, workloads, jobs),
    ...findExposureProblems(workloads, services.ingresses),
    ...workloads.flatMap(findScalingProblems),
    ...findOrderProblems(workloads),
    ...findOversized(services.namespaces, workloads, jobs),
    ...findTightQuotas(services.namespaces, workloads, jobs),
  ];
}
