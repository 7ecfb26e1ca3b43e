import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess, NetworkPlacement, TelemetryIntake } from "../contracts.ts";
import type { Namespace } from "../kubernetes/namespace.ts";
import { describeTargets } from "./describe-ingress.ts";
import type { Route } from "./describe-ingress.ts";
import { describeSecretStore, externalSecretsApi, secretStoreName } from "./describe-secrets.ts";
import { scalesOnEvents } from "./describe-scaling.ts";
import { describeJobTraffic, describeTraffic, planTraffic } from "./describe-traffic.ts";
import { Job } from "./job.ts";
import type { JobSettings } from "./job-settings.ts";
import { usesDatabase } from "./plan-database-users.ts";
import type { PodContext } from "./pod-context.ts";
import { inStartOrder } from "./problems/order.ts";
import type { PodArgs } from "./pod-parts.ts";
import type { ServicesSettings } from "./settings.ts";
import { Workload } from "./workload.ts";
import type { PodSettings, WorkloadSettings } from "./workload-settings.ts";

/** Everything that is deployed, and what it needs to be. */
export interface Deployment extends Pick<ServicesSettings, "ingresses"> {
  readonly workloads: readonly WorkloadSettings[];
  readonly jobs: readonly JobSettings[];
  readonly routes: readonly Route[];
  readonly namespaces: Readonly<Record<string, Namespace>>;
  readonly context: PodContext;
  readonly cluster: ClusterAccess;
  readonly network: Pick<NetworkPlacement, "vpcCidr">;
  readonly observability: TelemetryIntake;
  /** What makes autoscalers beyond Kubernetes' own. */
  readonly scalers: readonly pulumi.Resource[];
  /** What makes the users that rows sign in to the database with. */
  readonly databaseUsers: readonly pulumi.Resource[];
}

type Options = pulumi.ComponentResourceOptions & { readonly parent: pulumi.Resource };

/** Deploys all services and jobs, each after those it starts after. Returns the services by name. */
export function deployAll(name: string, args: Deployment, opts: Options): ReadonlyMap<string, Workload> {
  const { workloads, jobs, context, network } = args;
  const traffic = planTraffic(workloads, jobs, { vpcCidr: network.vpcCidr, stores: context.stores });
  const secretStores = createSecretStores(name, args, opts);
  const place = <Settings extends PodSettings>(settings: Settings): Omit<PodArgs<Settings>, "traffic"> => ({
    settings,
    namespace: namespaceOf(args, settings).namespaceName,
    clusterName: args.cluster.clusterName,
    context,
    after: [
      ...namespaceOf(args, settings).fences,
      ...(secretStores.get(settings.namespace) ?? []),
      ...(usesDatabase(settings) ? args.databaseUsers : []),
    ],
  });
  const targets = describeAllTargets(args);

  const deployed = new Map<string, Workload>();
  for (const settings of inStartOrder(workloads)) {
    const placed = place(settings);
    const kinds = kindsFor(settings, args);
    const earlier = settings.startsAfter.flatMap((service) => deployed.get(service)?.running ?? []);
    deployed.set(
      settings.name,
      new Workload(
        `${name}-${settings.name}`,
        {
          ...placed,
          after: [...placed.after, ...earlier, ...kinds],
          kinds,
          traffic: describeTraffic(settings, traffic),
          targets: targets.get(settings.name) ?? {},
        },
        opts,
      ),
    );
  }
  for (const settings of jobs) {
    new Job(
      `${name}-${settings.name}`,
      { ...place(settings), traffic: describeJobTraffic(settings, traffic) },
      opts,
    );
  }
  return deployed;
}

/** @throws Error for a name that the rules on settings let nobody give. */
function namespaceOf({ namespaces }: Deployment, { namespace }: PodSettings): Namespace {
  const found = namespaces[namespace];
  if (found === undefined) throw new Error(`there is no namespace ${namespace}`);
  return found;
}

/** Who brings the custom kinds that a row needs. */
function kindsFor(
  settings: WorkloadSettings,
  { observability, scalers }: Deployment,
): readonly pulumi.Resource[] {
  const scaled = scalesOnEvents(settings) || settings.scaling.vertical !== "off";
  return [
    ...(settings.metrics === undefined ? [] : [observability.monitorKinds]),
    ...(scaled ? scalers : []),
  ];
}

/** What load balancers are told of each service behind them. */
function describeAllTargets({
  routes,
  ingresses,
}: Deployment): ReadonlyMap<string, Readonly<Record<string, string>>> {
  return new Map(
    routes.flatMap(({ ingress, workloads }) => {
      const settings = ingresses[ingress];
      return settings === undefined
        ? []
        : workloads.map((workload) => [workload.name, describeTargets(workload, settings)] as const);
    }),
  );
}

/** How a namespace reads Secrets Manager. Only made where something in it does. */
function createSecretStores(
  name: string,
  { workloads, jobs, namespaces, cluster }: Deployment,
  { parent }: Options,
): ReadonlyMap<string, readonly pulumi.Resource[]> {
  const readers = [...workloads, ...jobs].filter(({ secrets }) => Object.keys(secrets).length > 0);
  const { region } = aws.getRegionOutput({}, { parent });
  return new Map(
    [...new Set(readers.map(({ namespace }) => namespace))].map((namespace) => [
      namespace,
      [
        new k8s.apiextensions.CustomResource(
          `${name}-secret-store-${namespace}`,
          {
            apiVersion: externalSecretsApi,
            kind: "SecretStore",
            metadata: { name: secretStoreName, namespace: namespaces[namespace]?.namespaceName ?? namespace },
            spec: describeSecretStore(region),
          },
          { parent, provider: cluster.kubernetes },
        ),
      ],
    ]),
  );
}
