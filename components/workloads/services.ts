import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type {
  CacheStore,
  ClusterAccess,
  DatabaseStore,
  DomainBinding,
  NetworkPlacement,
  TelemetryIntake,
} from "../contracts.ts";
import { Namespace } from "../kubernetes/namespace.ts";
import { DatabaseUsers } from "./database-users.ts";
import { planRoutes } from "./describe-ingress.ts";
import { scalesOnEvents } from "./describe-scaling.ts";
import { EventScaling } from "./event-scaling.ts";
import { deployAll } from "./deploy.ts";
import { LoadBalancers } from "./load-balancers.ts";
import { planUsers } from "./plan-database-users.ts";
import type { DatabaseUser } from "./plan-database-users.ts";
import type { PodContext } from "./pod-context.ts";
import { firstOf, resolveJobs, resolveWorkloads } from "./problems/model.ts";
import type { ServicesSettings } from "./settings.ts";
import { bindStores } from "./stores.ts";
import { installVerticalScaling } from "./vertical-scaling.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

/** Settings of the services, and the neighbours they need. */
export interface ServicesArgs extends ServicesSettings {
  readonly cluster: ClusterAccess;
  readonly domain: Pick<DomainBinding, "zoneName" | "certificateArn">;
  readonly network: Pick<NetworkPlacement, "vpcCidr">;
  readonly observability: TelemetryIntake;
  readonly database: DatabaseStore;
  readonly cache: CacheStore;
  /** Name of the stack: tells its traces and metrics from another's. */
  readonly stack: string;
}

/**
 * The microservices: namespaces that deny what no row allows, one component per row, and load balancers for those that are
 * exposed. Seen from the internet they speak TLS only, behind a web firewall. A load balancer costs roughly $20 a month.
 */
export class Services extends pulumi.ComponentResource {
  /** Where the services answer, by load balancer: those that nothing is behind are missing. */
  public readonly urls: Readonly<Record<string, pulumi.Output<string>>>;

  public constructor(name: string, args: ServicesArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:Services", name, {}, opts);
    const { cluster, domain } = args;
    const child = { parent: this };
    const context = this.#gather(args);
    const workloads = resolveWorkloads(args);
    const jobs = resolveJobs(args);
    const routes = planRoutes(workloads, firstOf(args.ingresses));

    const namespaces = this.#namespaces(name, args);
    const scalers = this.#scalers(name, args, workloads, context);
    const databaseUsers = this.#databaseUsers(name, args, planUsers(workloads, jobs), context);
    const services = deployAll(
      name,
      { ...args, workloads, jobs, routes, namespaces, context, scalers, databaseUsers },
      { ...child, provider: cluster.kubernetes },
    );
    const balancers = new LoadBalancers(
      name,
      { cluster, domain, ingresses: args.ingresses, routes, namespaces, services },
      child,
    );

    this.urls = balancers.urls;
    this.registerOutputs({ urls: this.urls });
  }

  /** What all pods have in common, asked for once. */
  #gather({ observability, stack, database, cache }: ServicesArgs): PodContext {
    const child = { parent: this };
    const place = pulumi
      .all([aws.getRegionOutput({}, child).region, aws.getCallerIdentityOutput({}, child).accountId])
      .apply(([region, accountId]) => ({ region, accountId }));
    const regionAndAccount = place.apply(({ region, accountId }) => `${region}:${accountId}`);
    return {
      telemetry: { otlpEndpoint: observability.otlpEndpoint, stack },
      stores: bindStores(database, cache, regionAndAccount),
      place,
    };
  }

  /** Nothing where no row names the database: whoever could sign in before has lost its role with its row. */
  #databaseUsers(
    name: string,
    { cluster, network, database, databaseUsers }: ServicesArgs,
    users: readonly DatabaseUser[],
    { place }: PodContext,
  ): readonly pulumi.Resource[] {
    if (users.length === 0) return [];
    const args = { users, image: databaseUsers.image, database, cluster, vpcCidr: network.vpcCidr, place };
    return [new DatabaseUsers(`${name}-database-users`, args, { parent: this }).made];
  }

  #namespaces(name: string, { namespaces, cluster }: ServicesArgs): Readonly<Record<string, Namespace>> {
    return Object.fromEntries(
      Object.entries(namespaces).map(([namespace, settings]) => [
        namespace,
        new Namespace(
          `${name}-namespace-${namespace}`,
          {
            ...settings,
            name: namespace,
            // Pods only count as ready once their target group says so, which keeps old ones in place until then.
            labels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
          },
          { parent: this, provider: cluster.kubernetes, dependsOn: [...cluster.ready] },
        ),
      ]),
    );
  }

  /** What some rows need beside Kubernetes' own autoscaler. */
  #scalers(
    name: string,
    { cluster, network, eventScaling }: ServicesArgs,
    workloads: readonly WorkloadSettings[],
    { place }: PodContext,
  ): readonly pulumi.Resource[] {
    const { vpcCidr } = network;
    const events =
      eventScaling === "always" || workloads.some(scalesOnEvents)
        ? [
            new EventScaling(
              `${name}-event-scaling`,
              { cluster, place, vpcCidr, workloads },
              { parent: this },
            ),
          ]
        : [];
    const vertical = workloads.some(({ scaling }) => scaling.vertical !== "off")
      ? [installVerticalScaling(`${name}-vertical-scaling`, workloads, { cluster, vpcCidr }, this)]
      : [];
    return [...events, ...vertical];
  }
}
