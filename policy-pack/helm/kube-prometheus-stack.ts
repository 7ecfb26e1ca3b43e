import { named } from "./reader.ts";
import type { ChartReader } from "./reader.ts";

/** Prometheus, Alertmanager and Grafana with their exporters: a chart of charts. */
export const kubePrometheusStack: ChartReader = {
  workloads: {
    prometheus: {
      resources: "prometheus.prometheusSpec.resources",
      pod: "prometheus.prometheusSpec.securityContext",
      hardened: true,
      enabled: ["prometheus.enabled", true],
    },
    alertmanager: {
      resources: "alertmanager.alertmanagerSpec.resources",
      pod: "alertmanager.alertmanagerSpec.securityContext",
      hardened: true,
      enabled: ["alertmanager.enabled", true],
    },
    operator: {
      resources: "prometheusOperator.resources",
      pod: "prometheusOperator.securityContext",
      container: "prometheusOperator.containerSecurityContext",
      hardened: true,
      enabled: ["prometheusOperator.enabled", true],
    },
    "config-reloader": { resources: "prometheusOperator.prometheusConfigReloader.resources", hardened: true },
    grafana: {
      resources: "grafana.resources",
      pod: "grafana.securityContext",
      container: "grafana.containerSecurityContext",
      hardened: true,
      enabled: ["grafana.enabled", true],
    },
    "grafana-sidecar": {
      resources: "grafana.sidecar.resources",
      container: "grafana.sidecar.securityContext",
      hardened: true,
      enabled: ["grafana.enabled", true],
    },
    ...named(["kube-state-metrics", "prometheus-node-exporter"], (name) => ({
      resources: `${name}.resources`,
      pod: `${name}.securityContext`,
      container: `${name}.containerSecurityContext`,
      hardened: true,
    })),
  },
  volumes: [
    {
      claim: "prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec",
      storageClass: "prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec.storageClassName",
    },
    {
      claim: "alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec",
      storageClass: "alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec.storageClassName",
    },
    { claim: "grafana.persistence.enabled", storageClass: "grafana.persistence.storageClassName" },
  ],
  services: [
    "prometheus.service.type",
    "alertmanager.service.type",
    "grafana.service.type",
    "prometheusOperator.service.type",
  ],
  secrets: [
    "grafana.adminPassword",
    "grafana.ldap.config",
    "alertmanager.config.global.slack_api_url",
    "alertmanager.config.global.smtp_auth_password",
    "alertmanager.config.global.opsgenie_api_key",
    "alertmanager.config.receivers[*].slack_configs[*].api_url",
    "alertmanager.config.receivers[*].pagerduty_configs[*].routing_key",
    "alertmanager.config.receivers[*].webhook_configs[*].http_config.authorization.credentials",
  ],
};
