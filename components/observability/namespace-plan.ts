import type { NamespaceArgs } from "../kubernetes/namespace.ts";
import {
  admitBlocks,
  admitEverybody,
  admitNamespace,
  amongThemselves,
  callApis,
  fetchCredentials,
  reachBlocks,
  reachNamespace,
} from "../kubernetes/traffic.ts";
import type { Traffic } from "../kubernetes/traffic.ts";
import { elasticsearch, namespaces, otlpPort, scalerNamespace } from "./addresses.ts";
import type { ObservabilitySettings } from "./settings.ts";
import { logstashPort } from "./values/eck-stack.ts";

/** One of the namespaces of observability. */
export type Space = keyof typeof namespaces;

/** Nodes a quota leaves room for, in namespaces with a pod on each. */
export const mostNodes = 100;

const metricsTo = (ports: readonly number[]): Traffic => admitNamespace(namespaces.monitoring, ports);

/** Prometheus asks every pod for its metrics, on whatever port that has them. */
const reachEverybody: Traffic = {
  podSelector: {},
  policyTypes: ["Egress"],
  egress: [{ to: [{ namespaceSelector: {} }] }],
};

/** Whom the pods of a namespace may talk to, and who may talk to them. */
function traffic(vpcCidr: string): Readonly<Record<Space, Readonly<Record<string, Traffic>>>> {
  const writeLogs = reachNamespace(namespaces.logging, [elasticsearch.port]);
  return {
    monitoring: {
      inside: amongThemselves,
      apis: callApis,
      credentials: fetchCredentials,
      scrape: reachEverybody,
      // The kubelet and the node exporter answer at the nodes' own addresses.
      "scrape-nodes": reachBlocks([vpcCidr], [9100, 10_250]),
      "operator-webhook": admitBlocks([vpcCidr], [10_250]),
      "pushed-metrics": admitNamespace(namespaces.tracing, [9090]),
      scaling: admitNamespace(scalerNamespace, [9090]),
    },
    // Pods in the network of their node are not subject to policies.
    nodeExporter: {},
    tracing: {
      inside: amongThemselves,
      // The collector asks the Kubernetes API which pod a span comes from.
      apis: callApis,
      spans: admitEverybody([4317, otlpPort]),
      metrics: metricsTo([8888]),
      "trace-search": metricsTo([16_686]),
      "trace-storage": writeLogs,
      "push-metrics": reachNamespace(namespaces.monitoring, [9090]),
    },
    logging: {
      inside: amongThemselves,
      logs: admitNamespace(namespaces.logCollector, [elasticsearch.port]),
      traces: admitNamespace(namespaces.tracing, [elasticsearch.port]),
      operator: admitNamespace(namespaces.elasticOperator, [elasticsearch.port]),
      events: admitEverybody([logstashPort]),
    },
    elasticOperator: {
      apis: callApis,
      stack: reachNamespace(namespaces.logging, [elasticsearch.port]),
      webhook: admitBlocks([vpcCidr], [9443]),
      metrics: metricsTo([8080]),
    },
    logCollector: { apis: callApis, logs: writeLogs, metrics: metricsTo([24_231]) },
  };
}

/** Memory and CPU each namespace may ask for: what its settings say, and room for one more of the largest. */
function quotas({
  metrics,
  tracing,
  logs,
}: ObservabilitySettings): Readonly<Record<Space, NamespaceArgs["quota"]>> {
  const collectors = 3 * tracing.collectorReplicas + 1;
  const gibibytes = (count: number): string => `${Math.ceil(count)}Gi`;
  return {
    monitoring: {
      pods: 30,
      cpu: String(metrics.replicas + 4),
      memory: gibibytes((metrics.replicas + 1) * metrics.memoryGb + 4),
    },
    nodeExporter: { pods: mostNodes, cpu: "2", memory: gibibytes(mostNodes / 16) },
    tracing: {
      pods: 10 + tracing.replicas + collectors,
      cpu: String(Math.ceil((tracing.replicas + 1 + collectors) / 4) + 1),
      memory: gibibytes(tracing.replicas + 1 + collectors / 2 + 1),
    },
    logging: {
      pods: 10 + logs.nodes + logs.kibanaReplicas + logs.logstashReplicas,
      cpu: String(logs.nodes + 1 + logs.kibanaReplicas + logs.logstashReplicas),
      memory: gibibytes(
        (logs.nodes + 1) * logs.nodeMemoryGb + 2 * (logs.kibanaReplicas + logs.logstashReplicas) + 2,
      ),
    },
    elasticOperator: { pods: 5, cpu: "1", memory: "2Gi" },
    logCollector: { pods: mostNodes, cpu: String(mostNodes / 10), memory: gibibytes(mostNodes / 2) },
  };
}

/** Reading the host needs what only the open standard allows; these two have nothing else beside them. */
const readsTheHost: readonly Space[] = ["nodeExporter", "logCollector"];

/** The namespaces of observability, each with its standard, its traffic and its share of the cluster. */
export function planNamespaces(
  settings: ObservabilitySettings,
  vpcCidr: string,
): Readonly<Record<Space, NamespaceArgs>> {
  const allowed = traffic(vpcCidr);
  const shares = quotas(settings);
  const plan = (space: Space): NamespaceArgs => ({
    name: namespaces[space],
    owner: "platform",
    podSecurity: readsTheHost.includes(space) ? "privileged" : "restricted",
    traffic: allowed[space],
    quota: shares[space],
  });
  return {
    monitoring: plan("monitoring"),
    nodeExporter: plan("nodeExporter"),
    tracing: plan("tracing"),
    logging: plan("logging"),
    elasticOperator: plan("elasticOperator"),
    logCollector: plan("logCollector"),
  };
}
