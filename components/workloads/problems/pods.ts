import { poolPassword } from "../describe-sidecars.ts";
import type { JobSettings } from "../job-settings.ts";
import { portName } from "../selectors.ts";
import type { PodSettings, WorkloadSettings } from "../workload-settings.ts";
import type { Problem, Services } from "./model.ts";

/** What is wrong with pods: where they run, what is beside them, how they are asked. */
export function findPodProblems(
  { namespaces }: Services,
  workloads: readonly WorkloadSettings[],
  jobs: readonly JobSettings[],
): readonly Problem[] {
  const known = new Set(Object.keys(namespaces));
  return [
    ...workloads.flatMap((workload) => findWrongPlace("items", workload, known)),
    ...jobs.flatMap((job) => findWrongPlace("jobs", job, known)),
    ...workloads.flatMap(findSidecarProblems),
    ...workloads.flatMap(findPortProblems),
  ];
}

function findWrongPlace(
  list: "items" | "jobs",
  { name, namespace, placement, priority }: PodSettings,
  known: ReadonlySet<string>,
): readonly Problem[] {
  return [
    ...(known.has(namespace)
      ? []
      : [
          {
            path: [list, name, "namespace"],
            message: `namespace must be one of namespaces, got ${namespace}`,
          },
        ]),
    ...(priority === "critical" && placement.capacity === "spot"
      ? [
          {
            path: [list, name, "placement", "capacity"],
            message:
              "capacity must not be spot with priority critical: AWS may take all those nodes back at once",
          },
        ]
      : []),
  ];
}

/** A pool holds connections open for longer than a token of IAM is good for, so it needs a password. */
function findSidecarProblems({ name, sidecars, uses, secrets }: WorkloadSettings): readonly Problem[] {
  if (sidecars.pgbouncer === undefined) return [];
  return [
    ...(uses.includes("database")
      ? []
      : [
          {
            path: ["items", name, "uses"],
            message: "uses must name database with sidecars.pgbouncer: there is nothing to pool",
          },
        ]),
    ...(poolPassword in secrets
      ? []
      : [
          {
            path: ["items", name, "secrets"],
            message: `secrets must hold ${poolPassword} with sidecars.pgbouncer: a pool outlives the 15 minutes of an IAM token`,
          },
        ]),
  ];
}

function findPortProblems({ name, port, ports, metrics, worker }: WorkloadSettings): readonly Problem[] {
  const owners = new Map<number, string>([[port, "port"]]);
  const shared = Object.entries(ports).flatMap(([key, number]) => {
    const owner = owners.get(number);
    owners.set(number, owner ?? key);
    const path = ["items", name, "ports", key];
    if (key === portName)
      return [{ path, message: `a further port must not be named ${portName}: that is port itself` }];
    return owner === undefined
      ? []
      : [{ path, message: `${key} must differ from ${owner}, got ${number}: one port listens once` }];
  });
  const unknown =
    metrics === undefined || metrics.port === portName || metrics.port in ports
      ? []
      : [
          {
            path: ["items", name, "metrics", "port"],
            message: `port must be ${portName} or one of ports, got ${metrics.port}`,
          },
        ];
  const unreachable =
    worker && Object.keys(ports).some((key) => key !== metrics?.port)
      ? [
          {
            path: ["items", name, "ports"],
            message: "ports must hold nothing but that of metrics with worker: nobody can call it",
          },
        ]
      : [];
  return [...shared, ...unknown, ...unreachable];
}
