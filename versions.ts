/**
 * Every version this platform pins, in one place: what runs is decided here, reviewed here and raised here.
 * Each entry carries the hint by which Renovate finds newer ones; the last `"..."` of the line below a hint is the
 * version.
 *
 * The Kubernetes minor, the core add-ons and the cluster autoscaler move together: `aws eks describe-addon-versions
 * --kubernetes-version 1.35` lists the add-on builds that go with a minor.
 */

/** Kubernetes minor of control plane and nodes. In standard support until 27 March 2027 (Amazon EKS release calendar). */
// renovate: datasource=endoflife-date depName=amazon-eks versioning=loose
export const kubernetesVersion = "1.35";

/** EKS managed add-ons, built for {@link kubernetesVersion}. */
export const addOns = {
  // renovate: datasource=aws-eks-addon depName={"kubernetesVersion":"1.35","addonName":"vpc-cni"}
  "vpc-cni": "v1.22.4-eksbuild.3",
  // renovate: datasource=aws-eks-addon depName={"kubernetesVersion":"1.35","addonName":"kube-proxy"}
  "kube-proxy": "v1.35.3-eksbuild.29",
  // renovate: datasource=aws-eks-addon depName={"kubernetesVersion":"1.35","addonName":"eks-pod-identity-agent"}
  "eks-pod-identity-agent": "v1.3.10-eksbuild.3",
  // renovate: datasource=aws-eks-addon depName={"kubernetesVersion":"1.35","addonName":"coredns"}
  coredns: "v1.14.3-eksbuild.3",
  // renovate: datasource=aws-eks-addon depName={"kubernetesVersion":"1.35","addonName":"aws-ebs-csi-driver"}
  "aws-ebs-csi-driver": "v1.63.1-eksbuild.1",
  // renovate: datasource=aws-eks-addon depName={"kubernetesVersion":"1.35","addonName":"metrics-server"}
  "metrics-server": "v0.9.0-eksbuild.5",
} as const;

/** A Helm chart we install: where it is published, and which version. */
export interface ChartVersion {
  /** Address of the Helm repository, over HTTPS, or of the registry that holds the chart (`oci://`). */
  readonly repo: string;
  /** Exact chart version, never a range. */
  readonly version: string;
}

/** Every Helm chart this platform installs. The chart's name is the key. */
export const charts = {
  // renovate: datasource=helm depName=cert-manager registryUrl=https://charts.jetstack.io
  "cert-manager": { repo: "https://charts.jetstack.io", version: "v1.21.1" },
  // renovate: datasource=helm depName=aws-load-balancer-controller registryUrl=https://aws.github.io/eks-charts
  "aws-load-balancer-controller": { repo: "https://aws.github.io/eks-charts", version: "3.5.0" },
  // renovate: datasource=helm depName=cluster-autoscaler registryUrl=https://kubernetes.github.io/autoscaler
  "cluster-autoscaler": { repo: "https://kubernetes.github.io/autoscaler", version: "9.59.0" },
  // renovate: datasource=docker depName=public.ecr.aws/karpenter/karpenter
  karpenter: { repo: "oci://public.ecr.aws/karpenter", version: "1.14.1" },
  // renovate: datasource=docker depName=public.ecr.aws/karpenter/karpenter-crd
  "karpenter-crd": { repo: "oci://public.ecr.aws/karpenter", version: "1.14.1" },
  // renovate: datasource=helm depName=keda registryUrl=https://kedacore.github.io/charts
  keda: { repo: "https://kedacore.github.io/charts", version: "2.20.2" },
  // renovate: datasource=helm depName=vpa registryUrl=https://charts.fairwinds.com/stable
  vpa: { repo: "https://charts.fairwinds.com/stable", version: "5.0.0" },
  // renovate: datasource=helm depName=external-secrets registryUrl=https://charts.external-secrets.io
  "external-secrets": { repo: "https://charts.external-secrets.io", version: "2.9.0" },
  // renovate: datasource=helm depName=external-dns registryUrl=https://kubernetes-sigs.github.io/external-dns/
  "external-dns": { repo: "https://kubernetes-sigs.github.io/external-dns/", version: "1.21.1" },
  // renovate: datasource=helm depName=prometheus-operator-crds registryUrl=https://prometheus-community.github.io/helm-charts
  "prometheus-operator-crds": {
    repo: "https://prometheus-community.github.io/helm-charts",
    version: "31.0.1",
  },
  // renovate: datasource=helm depName=kube-prometheus-stack registryUrl=https://prometheus-community.github.io/helm-charts
  "kube-prometheus-stack": { repo: "https://prometheus-community.github.io/helm-charts", version: "88.5.3" },
  // renovate: datasource=helm depName=jaeger registryUrl=https://jaegertracing.github.io/helm-charts
  jaeger: { repo: "https://jaegertracing.github.io/helm-charts", version: "4.11.1" },
  // renovate: datasource=helm depName=opentelemetry-collector registryUrl=https://open-telemetry.github.io/opentelemetry-helm-charts
  "opentelemetry-collector": {
    repo: "https://open-telemetry.github.io/opentelemetry-helm-charts",
    version: "0.170.0",
  },
  // renovate: datasource=helm depName=eck-operator registryUrl=https://helm.elastic.co
  "eck-operator": { repo: "https://helm.elastic.co", version: "3.5.0" },
  // renovate: datasource=helm depName=eck-stack registryUrl=https://helm.elastic.co
  "eck-stack": { repo: "https://helm.elastic.co", version: "0.20.0" },
  // renovate: datasource=helm depName=fluentd registryUrl=https://fluent.github.io/helm-charts
  fluentd: { repo: "https://fluent.github.io/helm-charts", version: "0.6.0" },
} as const satisfies Readonly<Record<string, ChartVersion>>;

/** Name of a chart in {@link charts}. */
export type ChartName = keyof typeof charts;

/** Images chosen by us rather than by a chart. */
export const images = {
  /** The cluster autoscaler's minor must equal the cluster's (its README, "Releases"). */
  // renovate: datasource=docker depName=registry.k8s.io/autoscaling/cluster-autoscaler
  clusterAutoscaler: "v1.35.2",
  /** A pool of PostgreSQL connections beside a service. */
  pgbouncer:
    // renovate: datasource=docker depName=docker.io/edoburu/pgbouncer versioning=loose
    "docker.io/edoburu/pgbouncer:v1.25.2-p0@sha256:7d7a27d9e90985cab5cf42256f5c13a3120baa4b055b69df37beb272b89b2340",
  /** An OpenTelemetry collector beside a service: the same build as the central ones. */
  collector:
    // renovate: datasource=docker depName=docker.io/otel/opentelemetry-collector-k8s
    "docker.io/otel/opentelemetry-collector-k8s:0.158.0@sha256:c09130a633196a5becee164411473a0932ecf223f94fda6dab5f22798ff9f376",
  /** PostgreSQL's client, which makes the services' users: of the major version of {@link engines}. */
  psql:
    // renovate: datasource=docker depName=public.ecr.aws/docker/library/postgres
    "public.ecr.aws/docker/library/postgres:17.11-alpine@sha256:b0f9560a2de083e2cc7382e75f808c7381a32852a7ec49117deedb300e552b24",
  /** Does nothing: keeps a place on a node until somebody needs it. */
  pause:
    // renovate: datasource=docker depName=registry.k8s.io/pause
    "registry.k8s.io/pause:3.10.1@sha256:278fb9dbcca9518083ad1e11276933a2e96f23de604a3a08cc3c80002767d24c",
} as const;

/** Database and cache engines. */
export const engines = {
  // renovate: datasource=endoflife-date depName=amazon-rds-postgresql versioning=loose
  postgres: "17",
  // renovate: datasource=endoflife-date depName=valkey versioning=loose
  valkey: "8.1",
} as const;
