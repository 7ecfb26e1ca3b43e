import { elasticsearchName } from "../addresses.ts";
import type { ObservabilitySettings } from "../settings.ts";
import { gp3Claim, overZones, resources, restrictedPod } from "./helm-values.ts";
import type { HelmValues } from "./helm-values.ts";

/** What the Elastic stack is made of. */
export interface LogStackValues extends Pick<ObservabilitySettings, "logs"> {
  /** Secrets in the same namespace, one for each user, with its name, password, role and the role's rights. */
  readonly userSecrets: readonly string[];
}

const zoneLabel = "topology.kubernetes.io/zone";

/** Port on which Logstash takes events as JSON over HTTP. */
export const logstashPort = 8080;

/** What the restricted Pod Security Standard asks of a container; the operator decides on the root file system. */
const confined = {
  allowPrivilegeEscalation: false,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
} as const;

const account = { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000 } as const;

/** Elasticsearch with its users, Kibana, and Logstash if there is any. The chart decides on the version of all three. */
export function eckStackValues({ logs, userSecrets }: LogStackValues): HelmValues {
  const users = userSecrets.map((secretName) => ({ secretName }));
  return {
    "eck-elasticsearch": {
      fullnameOverride: elasticsearchName,
      // The operator copies this label of the node to each pod; it looks for the wish on the cluster object, not on the pods.
      ...(logs.nodes > 1 && { annotations: { "eck.k8s.elastic.co/downward-node-labels": zoneLabel } }),
      auth: { fileRealm: users, roles: users },
      // Deleting the cluster object must not delete the logs.
      volumeClaimDeletePolicy: "DeleteOnScaledownOnly",
      updateStrategy: { changeBudget: { maxSurge: 0, maxUnavailable: 1 } },
      nodeSets: [elasticsearchNodes(logs)],
    },
    "eck-kibana": {
      fullnameOverride: "kibana",
      count: logs.kibanaReplicas,
      elasticsearchRef: { name: elasticsearchName },
      config: { "telemetry.optIn": false },
      podTemplate: podTemplate("kibana", resources("250m", "1Gi")),
    },
    "eck-logstash":
      logs.logstashReplicas > 0
        ? { enabled: true, fullnameOverride: "logstash", ...logstash(logs.logstashReplicas) }
        : { enabled: false },
  };
}

function elasticsearchNodes(logs: LogStackValues["logs"]): HelmValues {
  const requested = resources("500m", `${logs.nodeMemoryGb}Gi`);
  const config = {
    // Memory maps would need a kernel setting on the nodes, and a privileged container to make it.
    "node.store.allow_mmap": false,
    // The database of places is fetched from the internet, which these pods cannot reach.
    "ingest.geoip.downloader.enabled": false,
  };
  const node = {
    name: "default",
    count: logs.nodes,
    volumeClaimTemplates: [{ metadata: { name: "elasticsearch-data" }, spec: gp3Claim(logs.nodeStorageGb) }],
  };
  if (logs.nodes === 1) return { ...node, config, podTemplate: podTemplate("elasticsearch", requested) };

  // A copy of each shard in another zone: Elasticsearch must know the zone of each of its nodes.
  return {
    ...node,
    config: {
      ...config,
      "node.attr.zone": "${ZONE}",
      "cluster.routing.allocation.awareness.attributes": "k8s_node_name,zone",
    },
    podTemplate: podTemplate("elasticsearch", requested, {
      env: [{ name: "ZONE", valueFrom: { fieldRef: { fieldPath: `metadata.annotations['${zoneLabel}']` } } }],
      topologySpreadConstraints: [
        {
          ...overZones({ "elasticsearch.k8s.elastic.co/cluster-name": elasticsearchName }),
          whenUnsatisfiable: "DoNotSchedule",
        },
      ],
    }),
  };
}

/** What a pod has beyond its one container. */
interface PodExtras {
  readonly env?: readonly HelmValues[];
  readonly initContainers?: readonly HelmValues[];
  readonly topologySpreadConstraints?: readonly HelmValues[];
}

function podTemplate(container: string, requested: HelmValues, extras: PodExtras = {}): HelmValues {
  const { env, ...spec } = extras;
  return {
    spec: {
      securityContext: { ...restrictedPod, ...account },
      containers: [
        {
          name: container,
          securityContext: confined,
          resources: requested,
          ...(env === undefined ? {} : { env }),
        },
      ],
      ...spec,
    },
  };
}

/** Takes what does not come from a container's output, such as events of systems outside the cluster. */
function logstash(count: number): HelmValues {
  return {
    count,
    elasticsearchRefs: [{ clusterName: "es", name: elasticsearchName }],
    pipelines: [
      {
        "pipeline.id": "events",
        "config.string": `input { http { port => ${logstashPort} } }
output {
  elasticsearch {
    hosts => [ "\${ES_ES_HOSTS}" ]
    user => "\${ES_ES_USER}"
    password => "\${ES_ES_PASSWORD}"
    ssl_certificate_authorities => "\${ES_ES_SSL_CERTIFICATE_AUTHORITY}"
    data_stream => "true"
    data_stream_dataset => "events"
  }
}
`,
      },
    ],
    services: [
      {
        name: "events",
        service: {
          spec: {
            type: "ClusterIP",
            ports: [{ name: "http", port: logstashPort, targetPort: logstashPort, protocol: "TCP" }],
          },
        },
      },
    ],
    volumeClaimTemplates: [{ metadata: { name: "logstash-data" }, spec: gp3Claim(10) }],
    podTemplate: podTemplate("logstash", resources("500m", "2Gi"), {
      initContainers: [{ name: "logstash-internal-init-config", securityContext: confined }],
    }),
  };
}
