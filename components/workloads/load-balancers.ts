import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess, DomainBinding } from "../contracts.ts";
import type { Namespace } from "../kubernetes/namespace.ts";
import { WebFirewall } from "../web-firewall/web-firewall.ts";
import {
  certificateAnnotation,
  describeAnnotations,
  describeRoutes,
  firewallAnnotation,
  orderAnnotation,
} from "./describe-ingress.ts";
import type { Route } from "./describe-ingress.ts";
import type { IngressSettings } from "./ingress-settings.ts";
import type { Workload } from "./workload.ts";

/** The load balancers, what is behind them, and under which name. */
export interface LoadBalancersArgs {
  readonly ingresses: Readonly<Record<string, IngressSettings>>;
  readonly routes: readonly Route[];
  readonly namespaces: Readonly<Record<string, Namespace>>;
  /** All services by name, those behind no load balancer included. */
  readonly services: ReadonlyMap<string, Workload>;
  readonly cluster: ClusterAccess;
  readonly domain: Pick<DomainBinding, "zoneName" | "certificateArn">;
}

/**
 * The load balancers: those that face the internet speak TLS only and stand behind a web firewall. They go before the services
 * behind them, and long before their controller.
 */
export class LoadBalancers extends pulumi.ComponentResource {
  /** Where each of them answers, by its key in the settings. */
  public readonly urls: Readonly<Record<string, pulumi.Output<string>>>;

  public constructor(name: string, args: LoadBalancersArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:LoadBalancers", `${name}-ingress`, {}, opts);
    const own = `${name}-ingress`;
    const used = Object.entries(args.ingresses).filter(([key]) =>
      args.routes.some(({ ingress }) => ingress === key),
    );
    this.urls = Object.fromEntries(
      used.map(([key, settings]) => [
        key,
        publish(`${own}-${key}`, key, settings, args, {
          parent: this,
          provider: args.cluster.kubernetes,
        }),
      ]),
    );
    this.registerOutputs({ urls: this.urls });
  }
}

/** The web firewall of a load balancer: the rules AWS recommends for everyone, and a limit per address. */
function protect(
  name: string,
  { requestsPerFiveMinutes, logRetentionDays, deletionProtection }: IngressSettings,
  opts: pulumi.ComponentResourceOptions,
): WebFirewall {
  return new WebFirewall(
    name,
    {
      before: "loadBalancer",
      mode: "block",
      requestsPerFiveMinutes,
      optionalRuleGroups: [],
      blockedCountries: [],
      logRetentionDays,
      protect: deletionProtection,
    },
    opts,
  );
}

type Options = pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };

/** One load balancer: an Ingress in each namespace that has something behind it. */
function publish(
  name: string,
  key: string,
  settings: IngressSettings,
  { routes, namespaces, domain, services }: LoadBalancersArgs,
  options: Options,
): pulumi.Output<string> {
  if (settings.scheme === "internet-facing" && domain.zoneName === undefined) {
    throw new pulumi.ResourceError(
      `ingresses.${key}.scheme must be internal without a domain, got internet-facing: nobody could prove who answers`,
      options.parent,
      true,
    );
  }
  const firewall =
    settings.scheme === "internet-facing"
      ? protect(`${name}-firewall`, settings, { parent: options.parent })
      : undefined;
  const tls = domain.certificateArn !== undefined;

  const addresses = routes
    .filter(({ ingress }) => ingress === key)
    .map(({ namespace, workloads, order }) => {
      const balancer = new k8s.networking.v1.Ingress(
        `${name}-${namespace}`,
        {
          metadata: {
            name: settings.name,
            namespace: namespaces[namespace]?.namespaceName ?? namespace,
            annotations: {
              ...describeAnnotations(settings, tls),
              [orderAnnotation]: String(order),
              ...(domain.certificateArn && { [certificateAnnotation]: domain.certificateArn }),
              ...(firewall && { [firewallAnnotation]: firewall.webAclArn }),
            },
          },
          spec: describeRoutes(workloads, settings, domain.zoneName),
        },
        {
          ...options,
          dependsOn: workloads.flatMap((workload) => services.get(workload.name)?.running ?? []),
        },
      );
      // Pulumi waits until the controller has written the address down.
      return balancer.status.apply(({ loadBalancer }) => loadBalancer.ingress[0]?.hostname ?? settings.name);
    });
  const host = domain.zoneName === undefined ? addresses[0] : `${settings.host}.${domain.zoneName}`;
  return pulumi.interpolate`${tls ? "https" : "http"}://${host ?? settings.name}`;
}
