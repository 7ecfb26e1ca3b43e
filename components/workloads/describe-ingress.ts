import type { types } from "@pulumi/kubernetes";

import type { IngressSettings } from "./ingress-settings.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type Annotations = Readonly<Record<string, string>>;

const prefix = "alb.ingress.kubernetes.io";

/** TLS 1.2 and 1.3 with ciphers that keep past traffic secret (Elastic Load Balancing, "Security policies for your ALB"). */
const tlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06";

function attributes(values: Readonly<Record<string, string | number | boolean>>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(",");
}

/** Attributes every load balancer of ours has, whoever may reach it. */
function describeLoadBalancer(settings: IngressSettings): Annotations {
  return {
    [`${prefix}/load-balancer-name`]: settings.name,
    // Ingresses of several namespaces share it.
    [`${prefix}/group.name`]: settings.name,
    [`${prefix}/scheme`]: settings.scheme,
    [`${prefix}/target-type`]: "ip",
    [`${prefix}/load-balancer-attributes`]: attributes({
      "idle_timeout.timeout_seconds": settings.idleSeconds,
      "routing.http.drop_invalid_header_fields.enabled": true,
      "routing.http.desync_mitigation_mode": "defensive",
      "deletion_protection.enabled": settings.deletionProtection,
    }),
  };
}

/** Annotations of an Ingress. With TLS, plain HTTP only leads to HTTPS. Keys of the load balancer controller's documentation. */
export function describeAnnotations(settings: IngressSettings, tls: boolean): Annotations {
  return {
    ...describeLoadBalancer(settings),
    ...(tls
      ? {
          [`${prefix}/listen-ports`]: JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
          [`${prefix}/ssl-redirect`]: "443",
          [`${prefix}/ssl-policy`]: tlsPolicy,
        }
      : { [`${prefix}/listen-ports`]: JSON.stringify([{ HTTP: 80 }]) }),
  };
}

/** Annotation that names the certificate. */
export const certificateAnnotation = `${prefix}/certificate-arn`;

/** Annotation that puts a web firewall in front. */
export const firewallAnnotation = `${prefix}/wafv2-acl-arn`;

/** Annotation that says when an Ingress is asked among those of its load balancer; by itself that follows their names. */
export const orderAnnotation = `${prefix}/group.order`;

/** A service that is reached from outside. */
export type Exposed = Pick<WorkloadSettings, "name" | "namespace" | "port" | "health"> & {
  readonly expose: NonNullable<WorkloadSettings["expose"]>;
};

/** Services behind one load balancer in one namespace: what one Ingress object can name. */
export interface Route {
  readonly ingress: string;
  readonly namespace: string;
  readonly workloads: readonly Exposed[];
  /** When its rules are asked among those of its load balancer: all of one namespace come before all of the next. */
  readonly order: number;
}

/** Sorts what is exposed by load balancer and namespace. `first` is the load balancer of rows that name none. */
export function planRoutes(workloads: readonly WorkloadSettings[], first: string): readonly Route[] {
  const routes = new Map<string, Unordered & { workloads: Exposed[] }>();
  for (const { expose, ...workload } of workloads) {
    if (expose === undefined) continue;
    const { namespace } = workload;
    const ingress = expose.by ?? first;
    const route = routes.get(`${ingress}/${namespace}`) ?? { ingress, namespace, workloads: [] };
    route.workloads.push({ ...workload, expose });
    routes.set(`${ingress}/${namespace}`, route);
  }
  const all = [...routes.values()];
  return all.map((route) => ({ ...route, order: orderAmong(route, all) }));
}

type Unordered = Omit<Route, "order">;

/** The namespace whose shortest path is longest comes first: whoever has `/` would answer for all others. */
function orderAmong(route: Unordered, all: readonly Unordered[]): number {
  const shortest = ({ workloads }: Unordered): number =>
    Math.min(...workloads.map(({ expose: { path } }) => path.length));
  const isEarlier = (other: Unordered): boolean =>
    shortest(other) > shortest(route) ||
    (shortest(other) === shortest(route) && other.namespace < route.namespace);
  return 1 + all.filter((other) => other.ingress === route.ingress && isEarlier(other)).length;
}

/**
 * Annotations of a Service behind a load balancer: its target group lets go of a copy as slowly as the row says, and asks where the
 * kubelet asks.
 */
export function describeTargets({ expose, health }: Exposed, settings: IngressSettings): Annotations {
  const { stickySeconds } = expose;
  return {
    [`${prefix}/target-group-attributes`]: attributes({
      "deregistration_delay.timeout_seconds": expose.drainSeconds ?? settings.drainSeconds,
      "load_balancing.algorithm.type": "least_outstanding_requests",
      ...(stickySeconds !== undefined && {
        "stickiness.enabled": true,
        "stickiness.type": "lb_cookie",
        "stickiness.lb_cookie.duration_seconds": stickySeconds,
      }),
    }),
    ...(health.port !== undefined && { [`${prefix}/healthcheck-port`]: String(health.port) }),
    [`${prefix}/healthcheck-path`]: health.readyPath,
    [`${prefix}/healthcheck-interval-seconds`]: "10",
    [`${prefix}/healthcheck-timeout-seconds`]: "5",
    [`${prefix}/healthy-threshold-count`]: "2",
    [`${prefix}/unhealthy-threshold-count`]: "3",
    [`${prefix}/success-codes`]: expose.healthCodes,
  };
}

/** Labels of names in the domain's zone by which a load balancer is asked, each with its services: the longest path first, since `/` begins them all. */
export function describeRoutes(
  workloads: readonly Exposed[],
  { host }: Pick<IngressSettings, "host">,
  zone: string | undefined,
): types.input.networking.v1.IngressSpec {
  const hosts = [...new Set(workloads.map(({ expose }) => expose.host ?? host))].sort();
  const rules = hosts.map((label) => ({
    ...(zone === undefined ? {} : { host: `${label}.${zone}` }),
    http: { paths: describePaths(workloads.filter(({ expose }) => (expose.host ?? host) === label)) },
  }));
  return { ingressClassName: "alb", rules };
}

function describePaths(workloads: readonly Exposed[]): types.input.networking.v1.HTTPIngressPath[] {
  return workloads
    .map(({ name, port, expose: { path } }) => ({ name, port, path }))
    .sort((one, other) => other.path.length - one.path.length || (one.path < other.path ? -1 : 1))
    .map(({ name, port, path }) => ({
      path,
      pathType: "Prefix",
      backend: { service: { name, port: { number: port } } },
    }));
}
