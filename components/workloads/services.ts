import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess, DomainBinding, NetworkPlacement, TelemetryIntake } from "../contracts.ts";
import { Namespace } from "../kubernetes/namespace.ts";
import { WebFirewall } from "../web-firewall/web-firewall.ts";
import {
  certificateAnnotation,
  describeAnnotations,
  describeRoutes,
  firewallAnnotation,
} from "./describe-ingress.ts";
import { describeSecretStore, externalSecretsApi, secretStoreName } from "./describe-secrets.ts";
import { describeTraffic, planTraffic } from "./describe-traffic.ts";
import { resolveWorkloads } from "./problems.ts";
import type { ServicesSettings } from "./settings.ts";
import { Workload } from "./workload.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

/** Settings of the services, and the neighbours they need. */
export interface ServicesArgs extends ServicesSettings {
  readonly cluster: ClusterAccess;
  readonly domain: Pick<DomainBinding, "zoneName" | "certificateArn">;
  readonly network: Pick<NetworkPlacement, "vpcCidr">;
  readonly observability: TelemetryIntake;
  /** Name of the stack: tells its traces and metrics from another's. */
  readonly stack: string;
}

/**
 * The microservices: one namespace that denies what no row allows, one component per row, and one load balancer for those
 * with a path. Seen from the internet it speaks TLS only, behind a web firewall. A load balancer costs roughly $20 a month.
 */
export class Services extends pulumi.ComponentResource {
  /** Where the services answer; `undefined` while none of them has a path. */
  public readonly url: pulumi.Output<string> | undefined;

  public constructor(name: string, args: ServicesArgs, opts: pulumi.ComponentResourceOptions) {
    const { cluster, domain, network, observability, stack, ...settings } = args;
    super("platform:index:Services", name, settings, opts);
    if (settings.ingress.scheme === "internet-facing" && domain.zoneName === undefined) {
      throw new pulumi.ResourceError(
        "ingress.scheme must be internal without a domain, got internet-facing: nobody could prove who answers",
        this,
        true,
      );
    }
    const inCluster = { parent: this, provider: cluster.kubernetes };

    const namespace = new Namespace(
      `${name}-namespace`,
      {
        name: settings.namespace,
        owner: settings.owner,
        quota: settings.quota,
        // Pods only count as ready once their target group says so, which keeps old ones in place until then.
        labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
      },
      { ...inCluster, dependsOn: [...cluster.ready] },
    );
    const workloads = resolveWorkloads(settings);
    const store = workloads.some(({ secrets }) => Object.keys(secrets).length > 0)
      ? [secretStore(`${name}-secret-store`, namespace, inCluster)]
      : [];
    const traffic = planTraffic(workloads, network.vpcCidr);
    const telemetry = { otlpEndpoint: observability.otlpEndpoint, namespace: settings.namespace, stack };
    const services = workloads.map(
      (settings) =>
        new Workload(
          `${name}-${settings.name}`,
          {
            settings,
            namespace: namespace.namespaceName,
            traffic: describeTraffic(settings, traffic),
            telemetry,
          },
          { ...inCluster, dependsOn: [namespace, ...store] },
        ),
    );

    this.url = workloads.some(({ path }) => path !== undefined)
      ? publish(name, args, workloads, {
          namespace: namespace.namespaceName,
          options: { ...inCluster, dependsOn: services },
        })
      : undefined;
    this.registerOutputs({ url: this.url });
  }
}

interface InCluster {
  readonly parent: pulumi.Resource;
  readonly provider: k8s.Provider;
}

/** How the services read Secrets Manager. Only made where one of them does. */
function secretStore(name: string, namespace: Namespace, { parent, provider }: InCluster): pulumi.Resource {
  const { region } = aws.getRegionOutput({}, { parent });
  return new k8s.apiextensions.CustomResource(
    name,
    {
      apiVersion: externalSecretsApi,
      kind: "SecretStore",
      metadata: { name: secretStoreName, namespace: namespace.namespaceName },
      spec: describeSecretStore(region),
    },
    { parent, provider, dependsOn: [namespace] },
  );
}

interface Publication {
  readonly namespace: pulumi.Output<string>;
  readonly options: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource };
}

/** The web firewall of the load balancer: the rules AWS recommends for everyone, and a limit per address. */
function protect(
  name: string,
  { requestsPerFiveMinutes, logRetentionDays, deletionProtection }: ServicesSettings["ingress"],
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

/** Puts the load balancer in front. It goes before the services and long before its controller. */
function publish(
  name: string,
  { ingress, domain }: ServicesArgs,
  workloads: readonly WorkloadSettings[],
  { namespace, options }: Publication,
): pulumi.Output<string> {
  const tls = domain.certificateArn !== undefined;
  const host = domain.zoneName === undefined ? undefined : `${ingress.host}.${domain.zoneName}`;
  const firewall =
    ingress.scheme === "internet-facing"
      ? protect(`${name}-firewall`, ingress, { parent: options.parent })
      : undefined;

  const balancer = new k8s.networking.v1.Ingress(
    `${name}-ingress`,
    {
      metadata: {
        name: ingress.name,
        namespace,
        annotations: {
          ...describeAnnotations(ingress, tls),
          ...(domain.certificateArn && { [certificateAnnotation]: domain.certificateArn }),
          ...(firewall && { [firewallAnnotation]: firewall.webAclArn }),
        },
      },
      spec: describeRoutes(workloads, host),
    },
    options,
  );
  // Pulumi waits until the controller has written the address down.
  const address = balancer.status.apply(
    ({ loadBalancer }) => loadBalancer.ingress[0]?.hostname ?? ingress.name,
  );
  return pulumi.interpolate`${tls ? "https" : "http"}://${host ?? address}`;
}
