import type { types } from "@pulumi/kubernetes";

import { podsOf, tcp } from "../kubernetes/traffic.ts";
import type { Traffic } from "../kubernetes/traffic.ts";
import { namespaces, otlpPort } from "../observability/addresses.ts";
import { selectorOf } from "./describe-workload.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type Ingress = types.input.networking.v1.NetworkPolicyIngressRule;
type Egress = types.input.networking.v1.NetworkPolicyEgressRule;

/** What the traffic of a service depends on besides its own row. */
export interface TrafficContext {
  /** The VPC: load balancers and stores are in it. */
  readonly vpcCidr: string;
  /** Who calls a service, by its name. */
  readonly callers: ReadonlyMap<string, readonly string[]>;
  /** Port of each service, by its name. */
  readonly ports: ReadonlyMap<string, number>;
}

/** Looks at every service once, so that a thousand of them cost a thousand steps. */
export function planTraffic(workloads: readonly WorkloadSettings[], vpcCidr: string): TrafficContext {
  const callers = new Map<string, string[]>();
  for (const { name, calls } of workloads) {
    for (const callee of calls) {
      const known = callers.get(callee);
      if (known === undefined) callers.set(callee, [name]);
      else known.push(name);
    }
  }
  return { vpcCidr, callers, ports: new Map(workloads.map(({ name, port }) => [name, port])) };
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

function describeIngress({ name, port, path }: WorkloadSettings, context: TrafficContext): Ingress[] {
  const callers = context.callers.get(name) ?? [];
  return [
    { from: [podsOf(namespaces.monitoring)], ports: tcp([port]) },
    ...(callers.length === 0
      ? []
      : [{ from: callers.map((caller) => ({ podSelector: selectorOf(caller) })), ports: tcp([port]) }]),
    // The load balancer's addresses are only known to be of the VPC.
    ...(path === undefined ? [] : [{ from: [{ ipBlock: { cidr: context.vpcCidr } }], ports: tcp([port]) }]),
  ];
}

function describeEgress({ calls, reaches, internet }: WorkloadSettings, context: TrafficContext): Egress[] {
  const { vpcCidr, ports } = context;
  const stores = Object.values(reaches);
  return [
    { to: [podsOf(namespaces.tracing)], ports: tcp([otlpPort]) },
    ...calls.flatMap((callee) => {
      const port = ports.get(callee);
      return port === undefined ? [] : [{ to: [{ podSelector: selectorOf(callee) }], ports: tcp([port]) }];
    }),
    ...(stores.length === 0 ? [] : [{ to: [{ ipBlock: { cidr: vpcCidr } }], ports: tcp(stores) }]),
    ...(internet ? [{ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: [vpcCidr] } }], ports: tcp([443]) }] : []),
  ];
}
