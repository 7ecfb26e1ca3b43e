/** A chart as its repositories have it. */
export interface Chart {
  /** Chart repositories and OCI registries that serve it under its name. */
  readonly repositories: readonly string[];
  /** Versions, newest first, each with that of the application. */
  readonly versions: Readonly<Record<string, string>>;
  /** Usual seconds until everything in it is ready: our estimate. */
  readonly seconds: number;
}

function chart(seconds: number, repositories: readonly string[], versions: Chart["versions"]): Chart {
  return { repositories, versions, seconds };
}

const argo = ["https://argoproj.github.io/argo-helm", "oci://ghcr.io/argoproj/argo-helm"];
const autoscaler = ["https://kubernetes.github.io/autoscaler"];
const aws = ["https://aws.github.io/eks-charts"];
const elastic = ["https://helm.elastic.co"];
const envoy = ["oci://docker.io/envoyproxy"];
const externalSecrets = ["https://charts.external-secrets.io", "oci://ghcr.io/external-secrets/charts"];
const fluent = ["https://fluent.github.io/helm-charts", "oci://ghcr.io/fluent/helm-charts"];
const grafana = [
  "https://grafana-community.github.io/helm-charts",
  "oci://ghcr.io/grafana-community/helm-charts",
];
const hashicorp = ["https://helm.releases.hashicorp.com"];
const jetstack = ["https://charts.jetstack.io", "oci://quay.io/jetstack/charts"];
const karpenter = ["oci://public.ecr.aws/karpenter"];
const kyverno = ["https://kyverno.github.io/kyverno"];
const linkerd = ["https://helm.linkerd.io/edge"];
const openSearch = ["https://opensearch-project.github.io/helm-charts"];
const openTelemetry = ["https://open-telemetry.github.io/opentelemetry-helm-charts"];
const prometheus = [
  "https://prometheus-community.github.io/helm-charts",
  "oci://ghcr.io/prometheus-community/charts",
];
const strimzi = ["https://strimzi.io/charts", "oci://quay.io/strimzi-helm"];
const thanos = [
  "https://thanos-community.github.io/helm-charts",
  "oci://ghcr.io/thanos-community/helm-charts",
];

const linkerdVersions = { "2026.8.3": "edge-26.8.3", "2026.6.3": "edge-26.6.3" };

/** The charts that the sandbox knows, by name, with the versions that it takes as published. */
export const charts = {
  "argo-cd": chart(90, argo, { "10.1.1": "v3.4.4" }),
  "argo-events": chart(45, argo, { "2.4.22": "v1.9.10" }),
  "argo-rollouts": chart(45, argo, { "2.41.0": "v1.9.0" }),
  "aws-load-balancer-controller": chart(60, aws, { "3.5.0": "v3.5.0" }),
  "boundary-controller": chart(60, hashicorp, { "0.1.0": "1.0.0-ent" }),
  "boundary-worker": chart(45, hashicorp, { "0.1.0": "1.0.0-ent" }),
  "cert-manager": chart(60, jetstack, { "v1.21.1": "v1.21.1" }),
  "cluster-autoscaler": chart(40, autoscaler, { "9.59.0": "1.35.0" }),
  "eck-operator": chart(40, elastic, { "3.5.0": "3.5.0" }),
  // Helm does not wait for custom resources: the clusters themselves take minutes more.
  "eck-stack": chart(15, elastic, { "0.20.0": "" }),
  "external-dns": chart(30, ["https://kubernetes-sigs.github.io/external-dns"], { "1.21.1": "0.21.0" }),
  "external-secrets": chart(60, externalSecrets, { "2.9.0": "v2.9.0" }),
  "fluent-bit": chart(40, fluent, { "0.58.1": "5.1.1" }),
  fluentd: chart(45, fluent, { "0.6.0": "1.19.3" }),
  "gateway-crds-helm": chart(10, envoy, { "v1.9.0": "v1.9.0" }),
  "gateway-helm": chart(60, envoy, { "v1.9.0": "v1.9.0" }),
  grafana: chart(60, grafana, { "12.11.1": "13.2.0" }),
  jaeger: chart(60, ["https://jaegertracing.github.io/helm-charts"], { "4.11.1": "2.19.0" }),
  karpenter: chart(60, karpenter, { "1.14.1": "1.14.1" }),
  "karpenter-crd": chart(10, karpenter, { "1.14.1": "1.14.1" }),
  keda: chart(60, ["https://kedacore.github.io/charts"], { "2.20.2": "2.20.2" }),
  "kube-prometheus-stack": chart(150, prometheus, { "88.5.3": "v0.93.1" }),
  "kube-state-metrics": chart(30, prometheus, { "8.4.0": "2.20.0" }),
  kyverno: chart(90, kyverno, { "3.9.0": "v1.19.0" }),
  "kyverno-policies": chart(20, kyverno, { "3.9.0": "v1.19.0" }),
  "linkerd-control-plane": chart(75, linkerd, linkerdVersions),
  "linkerd-crds": chart(10, linkerd, linkerdVersions),
  "linkerd-viz": chart(75, linkerd, linkerdVersions),
  "metrics-server": chart(45, ["https://kubernetes-sigs.github.io/metrics-server"], { "3.13.1": "0.8.1" }),
  opensearch: chart(180, openSearch, { "3.6.0": "3.6.0" }),
  "opensearch-dashboards": chart(60, openSearch, { "3.6.0": "3.6.0" }),
  "opentelemetry-collector": chart(40, openTelemetry, { "0.170.0": "0.158.0" }),
  "opentelemetry-operator": chart(45, openTelemetry, { "0.122.0": "0.158.0" }),
  "prometheus-adapter": chart(40, prometheus, { "5.3.0": "v0.12.0" }),
  "prometheus-blackbox-exporter": chart(25, prometheus, { "11.17.2": "v0.28.0" }),
  "prometheus-elasticsearch-exporter": chart(25, prometheus, { "7.4.0": "v1.11.0" }),
  "prometheus-node-exporter": chart(30, prometheus, { "4.56.1": "1.12.1" }),
  "prometheus-operator-crds": chart(15, prometheus, { "31.0.1": "v0.93.1" }),
  "prometheus-postgres-exporter": chart(25, prometheus, { "8.2.0": "v0.20.1" }),
  "prometheus-redis-exporter": chart(25, prometheus, { "6.29.0": "v1.89.0" }),
  "prometheus-yet-another-cloudwatch-exporter": chart(25, prometheus, { "0.47.0": "v0.67.0" }),
  "strimzi-kafka-operator": chart(60, strimzi, { "1.2.0": "1.2.0" }),
  thanos: chart(120, thanos, { "0.38.0": "v0.42.4" }),
  "trivy-operator": chart(75, ["https://aquasecurity.github.io/helm-charts"], { "0.34.0": "0.32.0" }),
  vault: chart(60, hashicorp, { "0.34.1": "2.0.4" }),
  velero: chart(60, ["https://vmware-tanzu.github.io/helm-charts"], { "12.1.0": "1.18.1" }),
  "vertical-pod-autoscaler": chart(45, autoscaler, { "0.11.0": "1.7.1" }),
  vpa: chart(45, ["https://charts.fairwinds.com/stable"], { "5.0.0": "1.7.1" }),
} as const satisfies Readonly<Record<string, Chart>>;

/** The name of a chart that the sandbox knows. */
export type ChartName = keyof typeof charts;

/** A chart at one version. */
export interface ChartVersion {
  readonly name: string;
  readonly version: string;
  /** Empty where it is not known. */
  readonly appVersion: string;
  readonly seconds: number;
  /** Whether the chart is known at this version: else nothing is, of its values and what it brings. */
  readonly listed: boolean;
}
