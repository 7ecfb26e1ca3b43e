import type { IngressSettings } from "../ingress-settings.ts";
import { planRoutes } from "../describe-ingress.ts";
import type { WorkloadSettings } from "../workload-settings.ts";
import { firstOf } from "./model.ts";
import type { Problem } from "./model.ts";

type Ingresses = Readonly<Record<string, IngressSettings>>;

/** What is wrong with how services are reached from outside. */
export function findExposureProblems(
  workloads: readonly WorkloadSettings[],
  ingresses: Ingresses,
): readonly Problem[] {
  return [
    ...workloads.flatMap((workload) => findWrongExposure(workload, ingresses)),
    ...findSharedPaths(workloads, ingresses),
    ...findHiddenPaths(workloads, ingresses),
  ];
}

function findWrongExposure(
  { name, expose, worker, health, shutdown }: WorkloadSettings,
  ingresses: Ingresses,
): readonly Problem[] {
  if (expose === undefined) return [];
  const by = expose.by ?? firstOf(ingresses);
  const ingress = ingresses[by];
  if (ingress === undefined)
    return [{ path: ["items", name, "expose", "by"], message: `by must be one of ingresses, got ${by}` }];

  const drain = expose.drainSeconds ?? ingress.drainSeconds;
  return [
    ...(worker
      ? [
          {
            path: ["items", name, "expose"],
            message: "expose must be left out with worker: it has no address",
          },
        ]
      : []),
    ...(health.by === "http"
      ? []
      : [
          {
            path: ["items", name, "health", "by"],
            message: `by must be http with expose, got ${health.by}: the load balancer asks over HTTP`,
          },
        ]),
    ...(shutdown.graceSeconds >= drain
      ? []
      : [
          {
            path: ["items", name, "shutdown", "graceSeconds"],
            message: `graceSeconds must not be below drainSeconds ${drain} of ${by}, got ${shutdown.graceSeconds}: requests under way would be cut off`,
          },
        ]),
  ];
}

/** A load balancer cannot tell two services apart by the same host and path. */
function findSharedPaths(workloads: readonly WorkloadSettings[], ingresses: Ingresses): readonly Problem[] {
  const owners = new Map<string, string>();
  return workloads.flatMap(({ name, expose }) => {
    if (expose === undefined) return [];
    const by = expose.by ?? firstOf(ingresses);
    const key = `${placeOf(expose, ingresses)} ${expose.path}`;
    const owner = owners.get(key);
    owners.set(key, owner ?? name);
    if (owner === undefined) return [];
    return [
      {
        path: ["items", name, "expose", "path"],
        message: `path must differ from that of ${owner}, got ${expose.path}: both are at one host of ${by}`,
      },
    ];
  });
}

/** The load balancer and the name at which a service is asked for. */
function placeOf(expose: NonNullable<WorkloadSettings["expose"]>, ingresses: Ingresses): string {
  const by = expose.by ?? firstOf(ingresses);
  return `${by} ${expose.host ?? ingresses[by]?.host ?? ""}`;
}

/** Within a namespace the longest path comes first; between namespaces all paths of one come before all of another. */
function findHiddenPaths(workloads: readonly WorkloadSettings[], ingresses: Ingresses): readonly Problem[] {
  const first = firstOf(ingresses);
  const orders = new Map(
    planRoutes(workloads, first).map(({ ingress, namespace, order }) => [`${ingress}/${namespace}`, order]),
  );
  const exposed = workloads.flatMap(({ name, namespace, expose }) =>
    expose === undefined
      ? []
      : [
          {
            name,
            namespace,
            path: expose.path,
            place: placeOf(expose, ingresses),
            order: orders.get(`${expose.by ?? first}/${namespace}`) ?? 0,
          },
        ],
  );
  const owners = new Map(exposed.map((service) => [`${service.place} ${service.path}`, service]));
  return exposed.flatMap(({ name, place, path, order }) =>
    pathsAbove(path).flatMap((above) => {
      const owner = owners.get(`${place} ${above}`);
      if (owner === undefined || owner.order >= order) return [];
      const message = `path must not lie under ${above} of ${owner.name} in namespace ${owner.namespace}, got ${path}: the load balancer asks that namespace first`;
      return [{ path: ["items", name, "expose", "path"], message }];
    }),
  );
}

/** Shorter paths that would answer for this one: `/` and `/a` for `/a/b`. */
function pathsAbove(path: string): readonly string[] {
  const parts = path.split("/").filter((part) => part !== "");
  return parts.map((_, count) => `/${parts.slice(0, count).join("/")}`);
}
