import { compliantHelm } from "../fixtures/compliant-helm.ts";
import { password, UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const release = "kubernetes:helm.sh/v3:Release";
const chart = "kubernetes:helm.sh/v4:Chart";
const good = compliantHelm[release];
const elastic = {
  ...{ chart: "eck-stack", version: "0.20.0", repositoryOpts: { repo: "https://helm.elastic.co" } },
};

/** The compliant values with other ones for a part of the chart. */
const withValues = (part: string, values: Readonly<Record<string, unknown>>) => ({
  values: { ...good.values, [part]: { ...(good.values?.[part] as object), ...values } },
});

export const helm: CaseBook = {
  "helm-chart-locked": {
    [release]: [
      { when: "chart, repository and version are those of the list", patch: {} },
      {
        when: "the version is another",
        patch: { version: "88.0.0" },
        finds:
          "version of the chart kube-prometheus-stack is 88.0.0, the lock list says 88.5.3: use that, or review the other one first.",
      },
      {
        when: "the repository is another",
        patch: { repositoryOpts: { repo: "https://charts.example.com" } },
        finds:
          "the chart kube-prometheus-stack comes from https://charts.example.com, the lock list says https://prometheus-community.github.io/helm-charts: use that.",
      },
      {
        when: "nobody has reviewed the chart",
        patch: { chart: "constructor" },
        finds: "the chart constructor is not in helm/charts.lock.json: have it reviewed and add it.",
      },
      {
        when: "it names none",
        patch: { chart: undefined },
        finds: "chart is not set: name a chart of the lock list.",
      },
      { when: "the version is not known yet", patch: { version: UNKNOWN }, defers: true },
    ],
    [chart]: [
      { when: "the registry is in the name of the chart", patch: {} },
      {
        when: "the chart is in another registry",
        patch: { chart: "oci://registry.example.com/karpenter" },
        finds:
          "the chart karpenter comes from oci://registry.example.com, the lock list says oci://public.ecr.aws/karpenter: use that.",
      },
      {
        when: "it has no version",
        patch: { version: undefined },
        finds:
          "version of the chart karpenter is nothing, the lock list says 1.14.1: use that, or review the other one first.",
      },
    ],
  },
  "helm-values-readable": {
    [release]: [
      {
        when: "nothing is known about the chart",
        patch: { chart: "wordpress" },
        finds: "values of the chart wordpress cannot be read: nothing is known about what it runs.",
      },
      {
        when: "the values are in files",
        patch: { valueYamlFiles: [{ path: "values.yaml" }] as never },
        finds: "valueYamlFiles are not read: put what they hold into values.",
      },
    ],
  },
  "helm-no-inline-secret": {
    [release]: [
      {
        when: "a password is written down",
        patch: withValues("grafana", { adminPassword: password }),
        finds: "values.grafana.adminPassword holds a credential: name an existing Secret instead.",
      },
      {
        when: "an address that is a credential is in a list",
        patch: withValues("alertmanager", {
          config: { receivers: [{ slack_configs: [{}, { api_url: "https://hooks.example.com/x" }] }] },
        }),
        finds:
          "values.alertmanager.config.receivers[0].slack_configs[1].api_url holds a credential: name an existing Secret instead.",
      },
      {
        when: "the password is not known yet",
        patch: withValues("grafana", { adminPassword: UNKNOWN }),
        defers: true,
      },
    ],
  },
  "helm-resources-set": {
    [release]: [
      {
        when: "a part says nothing",
        patch: withValues("kube-state-metrics", { resources: undefined }),
        finds: ["requests.cpu", "requests.memory", "limits.memory"].map(
          (amount) =>
            `values.kube-state-metrics.resources.${amount} of kube-state-metrics is not set: say what it needs.`,
        ),
      },
      {
        when: "a part that is off says nothing",
        patch: withValues("grafana", { enabled: false, resources: {} }),
      },
      {
        when: "the chart sets some of it",
        patch: {
          ...{
            chart: "vpa",
            version: "5.0.0",
            repositoryOpts: { repo: "https://charts.fairwinds.com/stable" },
          },
          values: { updater: { enabled: false }, admissionController: { enabled: false } },
        },
        finds: "values.recommender.resources.limits.memory of recommender is not set: say what it needs.",
      },
      {
        when: "the parts are entries of lists, of which there are none",
        patch: { ...elastic, values: { "eck-kibana": { enabled: false } } },
        finds: ["requests.cpu", "requests.memory", "limits.memory"].map(
          (amount) =>
            `values.eck-elasticsearch.nodeSets[0].podTemplate.spec.containers[0].resources.${amount} of elasticsearch is not set: say what it needs.`,
        ),
      },
      { when: "the values are not known yet", patch: { values: UNKNOWN }, defers: true },
    ],
  },
  "helm-security-context": {
    [release]: [
      {
        when: "a pod is root",
        patch: withValues("grafana", { securityContext: { runAsUser: 0, runAsNonRoot: false } }),
        finds: [
          "values.grafana.securityContext.runAsUser of grafana is 0: take it out.",
          "values.grafana.securityContext.runAsNonRoot of grafana is false: take it out.",
        ],
      },
      {
        when: "a container gains rights",
        patch: withValues("prometheusOperator", {
          containerSecurityContext: {
            privileged: true,
            allowPrivilegeEscalation: true,
            capabilities: { add: ["SYS_ADMIN"] },
          },
        }),
        finds: [
          "values.prometheusOperator.containerSecurityContext.privileged of operator is true: take it out.",
          "values.prometheusOperator.containerSecurityContext.allowPrivilegeEscalation of operator is true: take it out.",
          "values.prometheusOperator.containerSecurityContext.capabilities.add of operator is not empty: take it out.",
        ],
      },
      {
        when: "the chart does not care, and nobody else does",
        patch: { chart: "opentelemetry-collector", values: {} },
        finds: [
          "runAsNonRoot of collector is not true: set it, since the chart does not.",
          "values.securityContext.allowPrivilegeEscalation of collector is not false: set it, since the chart does not.",
        ],
      },
      {
        when: "the chart does not care, and the values do",
        patch: {
          chart: "opentelemetry-collector",
          values: {
            podSecurityContext: { runAsNonRoot: true },
            securityContext: { allowPrivilegeEscalation: false },
          },
        },
      },
    ],
  },
  "helm-storage-encrypted": {
    [release]: [
      {
        when: "a volume leaves its class to the cluster",
        patch: withValues("grafana", { persistence: { enabled: true } }),
        finds:
          "values.grafana.persistence.storageClassName is not set: name an encrypted storage class, since the cluster's default may change.",
      },
      {
        when: "a volume is of a class that is not listed",
        patch: withValues("grafana", { persistence: { enabled: true, storageClassName: "gp2" } }),
        finds: "values.grafana.persistence.storageClassName is gp2: use one of gp3.",
      },
      { when: "nothing is kept", patch: withValues("grafana", { persistence: { enabled: false } }) },
    ],
  },
  "helm-service-not-public": {
    [release]: [
      {
        when: "a Service is a load balancer of its own",
        patch: withValues("prometheus", { service: { type: "LoadBalancer" } }),
        finds: "values.prometheus.service.type is LoadBalancer: use ClusterIP, or it is open to the network.",
      },
      {
        when: "a Service has a port on every node",
        patch: withValues("grafana", { service: { type: "NodePort" } }),
        finds: "values.grafana.service.type is NodePort: use ClusterIP, or it is open to the network.",
      },
    ],
  },
};
