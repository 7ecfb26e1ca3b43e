import { elasticsearch } from "../addresses.ts";
import type { ObservabilitySettings } from "../settings.ts";
import { resources } from "./helm-values.ts";
import type { HelmValues } from "./helm-values.ts";

/** What the log collector is made of. */
export interface LogCollectorValues extends Pick<ObservabilitySettings, "logs"> {
  /** Secret with `username`, `password` and `ca.crt` of Elasticsearch. */
  readonly elasticsearchSecret: string;
}

/**
 * Data stream of the containers' output. Not named `logs-...`: Elasticsearch's own template for those would win over
 * Fluentd's, and with it a life cycle that never deletes.
 */
export const containerStream = "kubernetes-containers";

const authorityFolder = "/etc/elasticsearch";

/** Fluentd on every node: reads what containers write, and sends it to Elasticsearch over TLS. */
export function fluentdValues({ logs, elasticsearchSecret }: LogCollectorValues): HelmValues {
  return {
    kind: "DaemonSet",
    variant: "elasticsearch9",
    // Nodes run containerd: there is no Docker folder to mount.
    mountDockerContainersDirectory: false,
    podSecurityPolicy: { enabled: false },
    tolerations: [{ operator: "Exists" }],
    resources: resources("100m", "512Mi"),
    // Log files belong to root; reading them is the one right taken.
    securityContext: {
      runAsUser: 0,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"], add: ["DAC_READ_SEARCH"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    env: [
      { name: "K8S_NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
      ...(["username", "password"] as const).map((key) => ({
        name: `ES_${key.toUpperCase()}`,
        valueFrom: { secretKeyRef: { name: elasticsearchSecret, key } },
      })),
    ],
    volumes: [{ name: "elasticsearch", secret: { secretName: elasticsearchSecret } }],
    volumeMounts: [{ name: "elasticsearch", mountPath: authorityFolder, readOnly: true }],
    metrics: { serviceMonitor: { enabled: true } },
    fileConfigs: { "04_outputs.conf": outputConfig(logs.retentionDays) },
  };
}

/** Deletes a day's index when its last line is older than the retention; a new one is begun every day or at 25 GB. */
export function describeLifeCycle(retentionDays: number): object {
  return {
    policy: {
      phases: {
        hot: { actions: { rollover: { max_age: "1d", max_primary_shard_size: "25gb" } } },
        delete: { min_age: `${retentionDays}d`, actions: { delete: {} } },
      },
    },
  };
}

/** Fluentd's output, in place of the chart's, which goes to another host with a published password. */
function outputConfig(retentionDays: number): string {
  return `<label @OUTPUT>
  <match **>
    @type elasticsearch_data_stream
    data_stream_name ${containerStream}
    data_stream_template_name ${containerStream}
    data_stream_template_use_index_patterns_wildcard false
    data_stream_ilm_name ${containerStream}
    data_stream_ilm_policy ${JSON.stringify(describeLifeCycle(retentionDays))}
    data_stream_ilm_policy_overwrite true
    host ${elasticsearch.host}
    port ${elasticsearch.port}
    scheme https
    ssl_version TLSv1_2
    ca_file ${authorityFolder}/ca.crt
    user "#{ENV['ES_USERNAME']}"
    password "#{ENV['ES_PASSWORD']}"
    verify_es_version_at_startup false
    suppress_type_name true
    reconnect_on_error true
    reload_on_failure true
    reload_connections false
    request_timeout 30s
    <buffer>
      @type file
      path /var/log/fluentd-buffers/elasticsearch
      flush_mode interval
      flush_interval 10s
      flush_thread_count 2
      chunk_limit_size 8M
      total_limit_size 2G
      overflow_action drop_oldest_chunk
      retry_type exponential_backoff
      retry_max_interval 60s
      retry_forever true
    </buffer>
  </match>
</label>
`;
}
