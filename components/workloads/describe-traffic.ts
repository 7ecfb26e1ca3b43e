import type { types } from "@pulumi/kubernetes";

import { credentialsEgress, podsOf, tcp } from "../kubernetes/traffic.ts";
import type { Traffic } from "../kubernetes/traffic.ts";
import { namespaces, otlpPort } from "../observability/addresses.ts";
import { callsAws } from "./describe-permissions.ts";
import { portsOf } from "./describe-workload.ts";
import type { storeNames } from "./rows/access.ts";
import { selectorOf } from "./selectors.ts";
import type { PodSettings, WorkloadSettings } from "./workload-settings.ts";

type Ingress = types.input.networking.v1.NetworkPolicyIngressRule;
type Egress = types.input.networking.v1.NetworkPolicyEgressRule;
type Peer = types.input.networking.v1.NetworkPolicyPeer;

/** Someone on either end of an edge. */
interface Party {
  readonly name: string;
  readonly namespace: string;
}

/** What the traffic of a service depends on besides its own row. */
export interface TrafficContext {
  /** The VPC: load balancers and stores are in it. */
  readonly vpcCidr: string;
  /** Port of each store. */
  readonly stores: Readonly<Record<(typeof storeNames)[number], { readonly port: number }>>;
  /** Who calls a service, by its name. */
  readonly callers: ReadonlyMap<string, readonly Party[]>;
  /** Each service, by its name, with the ports it may be called at. */
  readonly callees: ReadonlyMap<string, Party & { readonly ports: readonly number[] }>;
}

/** Looks at every service and job once, so that a thousand of them cost a thousand steps. */
export function planTraffic(
  workloads: readonly WorkloadSettings[],
  jobs: readonly PodSettings[],
  near: Pick<TrafficContext, "vpcCidr" | "stores">,
): TrafficContext {
  const callers = new Map<string, Party[]>();
  for (const { name, namespace, calls } of [...workloads, ...jobs]) {
    for (const callee of calls) {
      const known = callers.get(callee);
      if (known === undefined) callers.set(callee, [{ name, namespace }]);
      else known.push({ name, namespace });
    }
  }
  const callees = new Map(
    workloads.map((workload) => {
      const { name, namespace } = workload;
      return [name, { name, namespace, ports: portsOf(workload).map(([, port]) => port) }] as const;
    }),
  );
  return { ...near, callers, callees };
}

/** Exactly the edges of one service: who calls it, whom it calls, which stores it uses. All else the namespace denies. */
export function describeTraffic(workload: WorkloadSettings, context: TrafficContext): Traffic {
  return {
    podSelector: selectorOf(workload.name),
    policyTypes: ["Ingress", "Egress"],
    ingress: describeIngress(workload, context),
    egress: describeEgress(workload, context),
  };
}

/** The same for a job, which nobody calls. */
export function describeJobTraffic(job: PodSettings, context: TrafficContext): Traffic {
  return {
    podSelector: selectorOf(job.name),
    policyTypes: ["Ingress", "Egress"],
    ingress: [],
    egress: describeEgress(job, context),
  };
}

/** Pods of a service, seen from a namespace. */
function peerIn(namespace: string, party: Party): Peer {
  const podSelector = selectorOf(party.name);
  return party.namespace === namespace ? { podSelector } : { ...podsOf(party.namespace), podSelector };
}

function describeIngress(workload: WorkloadSettings, context: TrafficContext): Ingress[] {
  const { name, namespace, port, expose, health } = workload;
  const callers = context.callers.get(name) ?? [];
  const ports = tcp(portsOf(workload).map(([, number]) => number));
  const asked = health.port === undefined || health.port === port ? [port] : [port, health.port];
  return [
    { from: [podsOf(namespaces.monitoring)], ports },
    ...(callers.length === 0 ? [] : [{ from: callers.map((caller) => peerIn(namespace, caller)), ports }]),
    // The load balancer's addresses are only known to be of the VPC.
    ...(expose === undefined ? [] : [{ from: [{ ipBlock: { cidr: context.vpcCidr } }], ports: tcp(asked) }]),
  ];
}

function describeEgress(settings: PodSettings, context: TrafficContext): Egress[] {
  const { namespace, calls, internet } = settings;
  return [
    { to: [podsOf(namespaces.tracing)], ports: tcp([otlpPort]) },
    ...calls.flatMap((name) => {
      const callee = context.callees.get(name);
      return callee === undefined ? [] : [{ to: [peerIn(namespace, callee)], ports: tcp(callee.ports) }];
    }),
    ...describeStores(settings, context),
    ...describeAws(settings),
    ...(internet && !callsAws(settings.permissions)
      ? [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: [context.vpcCidr] } }], ports: tcp([443]) }]
      : []),
  ];
}

function describeStores({ uses, reaches }: PodSettings, { stores, vpcCidr }: TrafficContext): Egress[] {
  const ports = [...new Set([...uses.map((store) => stores[store].port), ...Object.values(reaches)])];
  return ports.length === 0 ? [] : [{ to: [{ ipBlock: { cidr: vpcCidr } }], ports: tcp(ports) }];
}

/** Whoever has a role fetches its credentials on the node; AWS's APIs have addresses that no policy can name. */
function describeAws({ uses, permissions }: PodSettings): Egress[] {
  if (callsAws(permissions)) return [credentialsEgress, anywhere];
  return uses.length > 0 ? [credentialsEgress] : [];
}

const anywhere: Egress = { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: tcp([443]) };
