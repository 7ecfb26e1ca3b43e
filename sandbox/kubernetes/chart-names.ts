/** Names with spaces between them. */
const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/**
 * What else the repositories of the listed charts hold, by name alone: it can be had, and nothing is known of it. Our own list, not the
 * repositories' index: a chart that is missing here is refused until it is named.
 */
export const furtherCharts: Readonly<Record<string, ReadonlySet<string>>> = {
  "https://argoproj.github.io/argo-helm": names(`
    argo-workflows argocd-apps argocd-image-updater argocd-notifications`),
  "https://aws.github.io/eks-charts": names(`
    appmesh-controller appmesh-gateway appmesh-inject aws-calico aws-cloudwatch-metrics aws-efa-k8s-device-plugin aws-efs-csi-driver
    aws-for-fluent-bit aws-node-termination-handler aws-sigv4-proxy-admission-controller aws-vpc-cni cni-metrics-helper csi-secrets-store-provider-aws`),
  "https://charts.jetstack.io": names(`
    approver-policy cert-manager-approver-policy cert-manager-csi-driver cert-manager-csi-driver-spiffe cert-manager-google-cas-issuer
    cert-manager-istio-csr cert-manager-trust trust-manager`),
  "https://fluent.github.io/helm-charts": names("fluent-operator"),
  "https://helm.elastic.co": names(`
    apm-server eck-agent eck-apm-server eck-beats eck-elasticsearch eck-fleet-server eck-kibana eck-logstash eck-operator-crds elasticsearch
    filebeat kibana logstash metricbeat`),
  "https://helm.releases.hashicorp.com": names(
    "consul terraform terraform-cloud-operator vault-secrets-operator waypoint",
  ),
  "https://kyverno.github.io/kyverno": names("kyverno-crds"),
  "https://open-telemetry.github.io/opentelemetry-helm-charts": names(`
    opentelemetry-demo opentelemetry-ebpf opentelemetry-kube-stack opentelemetry-target-allocator`),
  "https://opensearch-project.github.io/helm-charts": names("data-prepper"),
  "https://prometheus-community.github.io/helm-charts": names(`
    alertmanager alertmanager-snmp-notifier jiralert prom-label-proxy prometheus
    prometheus-cloudwatch-exporter prometheus-conntrack-stats-exporter prometheus-consul-exporter
    prometheus-couchdb-exporter prometheus-druid-exporter prometheus-fastly-exporter
    prometheus-json-exporter prometheus-kafka-exporter prometheus-memcached-exporter prometheus-mongodb-exporter
    prometheus-mysql-exporter prometheus-nats-exporter prometheus-nginx-exporter prometheus-operator
    prometheus-operator-admission-webhook prometheus-pgbouncer-exporter prometheus-pingdom-exporter
    prometheus-pushgateway prometheus-rabbitmq-exporter prometheus-smartctl-exporter
    prometheus-snmp-exporter prometheus-sql-exporter prometheus-stackdriver-exporter prometheus-statsd-exporter
    prometheus-systemd-exporter prometheus-to-sd prometheus-windows-exporter`),
};
