import type { types } from "@pulumi/kubernetes";

import type { ServicesSettings } from "./settings.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type IngressSettings = ServicesSettings["ingress"];
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
    [`${prefix}/scheme`]: settings.scheme,
    [`${prefix}/target-type`]: "ip",
    [`${prefix}/load-balancer-attributes`]: attributes({
      "idle_timeout.timeout_seconds": settings.idleSeconds,
      "routing.http.drop_invalid_header_fields.enabled": true,
      "routing.http.desync_mitigation_mode": "defensive",
      "deletion_protection.enabled": settings.deletionProtection,
    }),
    [`${prefix}/target-group-attributes`]: attributes({
      "deregistration_delay.timeout_seconds": settings.drainSeconds,
      "load_balancing.algorithm.type": "least_outstanding_requests",
    }),
  };
}

/** Annotations of the Ingress. With TLS, plain HTTP only leads to HTTPS. Keys of the load balancer controller's documentation. */
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

/** Annotations of a service behind the load balancer: its target group asks where the kubelet asks, and a little more often. */
export function describeHealthCheck({ health }: Pick<WorkloadSettings, "health">): Annotations {
  return {
    [`${prefix}/healthcheck-path`]: health.readyPath,
    [`${prefix}/healthcheck-interval-seconds`]: "10",
    [`${prefix}/healthcheck-timeout-seconds`]: "5",
    [`${prefix}/healthy-threshold-count`]: "2",
    [`${prefix}/unhealthy-threshold-count`]: "3",
    [`${prefix}/success-codes`]: "200",
  };
}

/** The routes: the longest path first, since `/` begins them all. */
export function describeRoutes(
  workloads: readonly WorkloadSettings[],
  host: string | undefined,
): types.input.networking.v1.IngressSpec {
  const paths = workloads
    .flatMap(({ name, path, port }) => (path === undefined ? [] : [{ name, path, port }]))
    .sort((one, other) => other.path.length - one.path.length || (one.path < other.path ? -1 : 1))
    .map(({ name, path, port }) => ({
      path,
      pathType: "Prefix",
      backend: { service: { name, port: { number: port } } },
    }));
  return { ingressClassName: "alb", rules: [{ ...(host === undefined ? {} : { host }), http: { paths } }] };
}
