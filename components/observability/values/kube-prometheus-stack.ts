import type * as pulumi from "@pulumi/pulumi";

import { monitoringPrefix, namespaces, jaeger } from "../addresses.ts";
import { describeServiceRules } from "../service-rules.ts";
import type { ObservabilitySettings } from "../settings.ts";
import { gp3Claim, resources } from "./helm-values.ts";
import type { HelmValues } from "./helm-values.ts";

/** What the metrics chart is made of. */
export interface MetricsValues extends Pick<
  ObservabilitySettings,
  "metrics" | "alerting" | "dashboards" | "alarms"
> {
  /** Topic every alert goes to. */
  readonly topicArn: pulumi.Input<string>;
  /** Secret with `admin-user` and `admin-password` of Grafana. */
  readonly adminSecret: string;
}

/** Service account of Alertmanager: the one whose pods may publish to the topic. */
export const alertmanagerAccount = `${monitoringPrefix}-alertmanager`;

/** Prometheus deletes its oldest data before the volume is full, as the write-ahead log and compaction need room too. */
const usableShare = 0.8;

/** AWS runs these parts of the control plane, or binds them to the node itself: nothing can reach them, so nothing may ring. */
const hiddenByEks = {
  kubeControllerManager: { enabled: false },
  kubeScheduler: { enabled: false },
  kubeEtcd: { enabled: false },
  kubeProxy: { enabled: false },
  defaultRules: {
    rules: {
      etcd: false,
      kubeControllerManager: false,
      kubeProxy: false,
      kubeSchedulerAlerting: false,
      kubeSchedulerRecording: false,
    },
  },
} as const;

/** Prometheus, Alertmanager, Grafana and exporters; the CRDs are a release of their own. */
export function kubePrometheusStackValues(args: MetricsValues): HelmValues {
  return {
    fullnameOverride: monitoringPrefix,
    cleanPrometheusOperatorObjectNames: true,
    crds: { enabled: false },
    ...hiddenByEks,
    additionalPrometheusRulesMap: { services: describeServiceRules(args.alarms) },
    prometheusOperator: {
      resources: resources("50m", "256Mi"),
      // Without a limit of its own the sidecar would get the namespace's default for each of its containers.
      prometheusConfigReloader: { resources: resources("10m", "64Mi") },
      admissionWebhooks: { certManager: { enabled: true } },
    },
    prometheus: prometheusValues(args.metrics),
    alertmanager: alertmanagerValues(args),
    grafana: grafanaValues(args),
    "kube-state-metrics": { resources: resources("20m", "256Mi") },
    "prometheus-node-exporter": {
      namespaceOverride: namespaces.nodeExporter,
      tolerations: [{ operator: "Exists" }],
      resources: resources("20m", "64Mi"),
    },
  };
}

function prometheusValues({
  replicas,
  retentionDays,
  storageGb,
  memoryGb,
}: MetricsValues["metrics"]): HelmValues {
  return {
    podDisruptionBudget: { enabled: replicas > 1, minAvailable: 1 },
    prometheusSpec: {
      replicas,
      retention: `${retentionDays}d`,
      retentionSize: `${Math.floor(storageGb * usableShare)}GiB`,
      storageSpec: { volumeClaimTemplate: { spec: gp3Claim(storageGb) } },
      resources: resources("500m", `${memoryGb}Gi`),
      podAntiAffinity: replicas > 1 ? "hard" : "soft",
      podAntiAffinityTopologyKey: "topology.kubernetes.io/zone",
      // Monitors and rules of every namespace count, not only those with this release's label.
      serviceMonitorSelectorNilUsesHelmValues: false,
      podMonitorSelectorNilUsesHelmValues: false,
      ruleSelectorNilUsesHelmValues: false,
      probeSelectorNilUsesHelmValues: false,
      scrapeConfigSelectorNilUsesHelmValues: false,
      // The OpenTelemetry collector pushes; samples of retried batches come late.
      enableOTLPReceiver: true,
      otlp: {
        promoteResourceAttributes: [
          "service.name",
          "service.namespace",
          "k8s.namespace.name",
          "k8s.pod.name",
        ],
      },
      tsdb: { outOfOrderTimeWindow: "30m" },
      enableFeatures: ["exemplar-storage"],
      walCompression: true,
    },
  };
}

/** Critical alerts are told at once and every hour, others grouped and twice a day; a cause mutes its consequences. */
function alertmanagerValues({ alerting, topicArn }: MetricsValues): HelmValues {
  // Of one service only: its critical alert says nothing about another.
  const muted = { equal: ["namespace", "alertname", "service_name"] };
  return {
    serviceAccount: { create: true, name: alertmanagerAccount },
    podDisruptionBudget: { enabled: alerting.replicas > 1, minAvailable: 1 },
    config: {
      global: { resolve_timeout: "5m" },
      route: {
        receiver: "topic",
        group_by: ["alertname", "namespace", "severity"],
        group_wait: "30s",
        group_interval: "5m",
        repeat_interval: "12h",
        routes: [
          // Always on by design: Watchdog proves the way works, InfoInhibitor mutes others.
          { receiver: "nobody", matchers: ['alertname =~ "Watchdog|InfoInhibitor"'] },
          {
            receiver: "topic",
            matchers: ['severity = "critical"'],
            group_wait: "10s",
            repeat_interval: "1h",
          },
        ],
      },
      inhibit_rules: [
        {
          ...muted,
          source_matchers: ['severity = "critical"'],
          target_matchers: ['severity =~ "warning|info"'],
        },
        { ...muted, source_matchers: ['severity = "warning"'], target_matchers: ['severity = "info"'] },
        {
          source_matchers: ['alertname = "InfoInhibitor"'],
          target_matchers: ['severity = "info"'],
          equal: ["namespace"],
        },
      ],
      receivers: [
        { name: "nobody" },
        {
          name: "topic",
          // The region is the pods' own, and the role that of their service account.
          sns_configs: [{ topic_arn: topicArn, sigv4: {}, send_resolved: true }],
        },
      ],
    },
    alertmanagerSpec: {
      replicas: alerting.replicas,
      podAntiAffinity: alerting.replicas > 1 ? "hard" : "soft",
      podAntiAffinityTopologyKey: "topology.kubernetes.io/zone",
      storage: { volumeClaimTemplate: { spec: gp3Claim(5) } },
      resources: resources("20m", "128Mi"),
    },
  };
}

function grafanaValues({ dashboards, adminSecret }: MetricsValues): HelmValues {
  return {
    admin: { existingSecret: adminSecret, userKey: "admin-user", passwordKey: "admin-password" },
    assertNoLeakedSecrets: true,
    "grafana.ini": {
      analytics: { reporting_enabled: false, check_for_updates: false },
      security: { cookie_secure: true, disable_gravatar: true },
      users: { allow_sign_up: false },
    },
    sidecar: {
      resources: resources("20m", "128Mi"),
      dashboards: { enabled: true, label: "grafana_dashboard", labelValue: "1", searchNamespace: "ALL" },
      datasources: { enabled: true, defaultDatasourceEnabled: true },
    },
    additionalDataSources: [
      { name: "Jaeger", uid: "jaeger", type: "jaeger", access: "proxy", url: jaeger.ui },
    ],
    persistence:
      dashboards.storageGb > 0
        ? { enabled: true, storageClassName: "gp3", size: `${dashboards.storageGb}Gi` }
        : { enabled: false },
    // A volume of one node cannot be handed to a second pod before the first is gone.
    deploymentStrategy: { type: dashboards.storageGb > 0 ? "Recreate" : "RollingUpdate" },
    initChownData: { enabled: false },
    testFramework: { enabled: false },
    resources: resources("100m", "512Mi"),
  };
}
