import type { Properties } from "../model.ts";
import { at, isRecord, text } from "../values.ts";
import type { ChartName } from "./charts.ts";
import type { PodSecurityLevel } from "./server/pod-security.ts";

/** A value without which a chart does not render, or its pods do not start. */
interface Requirement {
  /** Any of these paths will do. */
  readonly anyOf: readonly string[];
  /** What the chart says. */
  readonly message: string;
}

/** Pods of a chart that need the host, which no security level but `privileged` gives them. */
interface Privilege {
  readonly pods: string;
  readonly violation: string;
  /** The value that leaves them out when `false`. @default always there */
  readonly unless?: string;
  /** The value that puts them into another namespace. @default the release's */
  readonly elsewhere?: string;
}

/** What a chart asks of its values and of the cluster. */
interface ChartRules {
  readonly requires?: readonly Requirement[];
  /** Top-level keys, where the chart's schema allows no others. */
  readonly keys?: string;
  /** What the chart's schema allows at a path. */
  readonly words?: Readonly<Record<string, readonly string[]>>;
  /** `apiVersion kind` that must be served, under the value that switches them on; `""` is always on. */
  readonly kinds?: Readonly<Record<string, readonly string[]>>;
  /** Values that are on unless turned off, among those that `kinds` names. */
  readonly on?: readonly string[];
  /** True where monitors are left out by the chart itself while their kinds are not served. @default false */
  readonly skipsMonitors?: true;
  readonly privileged?: Privilege;
}

const certificate = ["cert-manager.io/v1 Certificate"];
const monitoring = "monitoring.coreos.com/v1";
const hostPathLogs: Privilege = { pods: "log collectors", violation: "hostPath volumes" };

/** By chart; the messages are those of the charts' templates. */
const rules: Readonly<Partial<Record<ChartName, ChartRules>>> = {
  "aws-load-balancer-controller": {
    requires: [{ anyOf: ["clusterName"], message: "Chart cannot be installed without a valid clusterName!" }],
    kinds: { enableCertManager: certificate },
  },
  "cert-manager": {
    keys: "acmesolver affinity approveSignerNames automountServiceAccountToken cainjector clusterResourceNamespace config containerSecurityContext crds creator deploymentAnnotations disableAutoApproval dns01RecursiveNameservers dns01RecursiveNameserversOnly enableCertificateOwnerRef enableServiceLinks enabled extraArgs extraContainers extraEnv extraObjects featureGates fullnameOverride global hostAliases http_proxy https_proxy image imageNamespace imageRegistry ingressShim installCRDs livenessProbe maxConcurrentChallenges nameOverride namespace networkPolicy no_proxy nodeSelector podAnnotations podDisruptionBudget podDnsConfig podDnsPolicy podLabels prometheus replicaCount resources runtimeClassName securityContext serviceAccount serviceAnnotations serviceIPFamilies serviceIPFamilyPolicy serviceLabels startupapicheck strategy tolerations topologySpreadConstraints volumeMounts volumes webhook",
  },
  "eck-stack": {
    kinds: {
      "eck-elasticsearch.enabled": ["elasticsearch.k8s.elastic.co/v1 Elasticsearch"],
      "eck-kibana.enabled": ["kibana.k8s.elastic.co/v1 Kibana"],
      "eck-logstash.enabled": ["logstash.k8s.elastic.co/v1alpha1 Logstash"],
      "eck-beats.enabled": ["beat.k8s.elastic.co/v1beta1 Beat"],
      "eck-agent.enabled": ["agent.k8s.elastic.co/v1alpha1 Agent"],
      "eck-apm-server.enabled": ["apm.k8s.elastic.co/v1 ApmServer"],
    },
    on: ["eck-elasticsearch.enabled", "eck-kibana.enabled"],
  },
  "external-secrets": { skipsMonitors: true },
  "fluent-bit": { skipsMonitors: true, privileged: hostPathLogs },
  fluentd: { privileged: hostPathLogs },
  karpenter: {
    requires: [{ anyOf: ["settings.clusterName"], message: "missing field, cluster-name" }],
  },
  keda: { kinds: { "certificates.certManager.enabled": certificate } },
  "kube-prometheus-stack": {
    kinds: {
      "": [
        `${monitoring} Alertmanager`,
        `${monitoring} Prometheus`,
        `${monitoring} PrometheusRule`,
        `${monitoring} ServiceMonitor`,
      ],
      "prometheusOperator.admissionWebhooks.certManager.enabled": certificate,
    },
    privileged: {
      pods: "node exporters",
      violation: "host namespaces (hostNetwork=true, hostPID=true), hostPath volumes, hostPort",
      unless: "nodeExporter.enabled",
      elsewhere: "prometheus-node-exporter.namespaceOverride",
    },
  },
  "kyverno-policies": { kinds: { "": ["kyverno.io/v1 ClusterPolicy"] } },
  "linkerd-control-plane": {
    requires: [
      {
        anyOf: ["identityTrustAnchorsPEM", "identity.externalCA"],
        message: "Please provide the identity trust anchors",
      },
    ],
  },
  "linkerd-viz": {
    kinds: { "": ["policy.linkerd.io/v1beta3 Server", "policy.linkerd.io/v1alpha1 AuthorizationPolicy"] },
  },
  "opentelemetry-collector": {
    words: { mode: ["daemonset", "deployment", "statefulset", ""] },
    requires: [
      { anyOf: ["mode"], message: "[ERROR] 'mode' must be set" },
      { anyOf: ["image.repository"], message: "[ERROR] 'image.repository' must be set" },
    ],
    keys: "additionalLabels affinity alternateConfig annotations apiVersion autoscaling clusterRole command config configMap dnsConfig dnsPolicy enableConfigChecksumAnnotation enabled extraContainers extraEnvs extraEnvsFrom extraManifests extraVolumeMounts extraVolumes fullnameOverride global hostAliases hostNetwork hostPID httproute image imagePullSecrets ingress initContainers internalTelemetryViaOTLP lifecycleHooks livenessProbe mode nameOverride namespaceOverride networkPolicy nodeSelector podAnnotations podDisruptionBudget podLabels podMonitor podSecurityContext ports presets priorityClassName prometheusRule readinessProbe replicaCount resizePolicy resources revisionHistoryLimit rewriteDeprecatedComponentNames rollout runtimeClassName schedulerName securityContext service serviceAccount serviceMonitor shareProcessNamespace startupProbe statefulset terminationGracePeriodSeconds tolerations topologySpreadConstraints useGOMEMLIMIT",
  },
  "opentelemetry-operator": {
    keys: "additionalLabels admissionWebhooks affinity automountServiceAccountToken clusterDomain clusterRole crds enabled extraObjects fullnameOverride global hostNetwork hostUsers imagePullSecrets manager minReadySeconds nameOverride namespaceOverride nodeSelector pdb priorityClassName replicaCount revisionHistoryLimit role securityContext testFramework tolerations topologySpreadConstraints",
    kinds: { "admissionWebhooks.certManager.enabled": certificate },
    on: ["admissionWebhooks.certManager.enabled"],
  },
  "prometheus-adapter": { kinds: { "certManager.enabled": certificate } },
  "prometheus-node-exporter": {
    privileged: {
      pods: "node exporters",
      violation: "host namespaces (hostNetwork=true, hostPID=true), hostPath volumes, hostPort",
    },
  },
  velero: { skipsMonitors: true },
};

function rulesOf(name: string): ChartRules {
  return new Map<string, ChartRules>(Object.entries(rules)).get(name) ?? {};
}

/** The first thing wrong with a release's values, in Helm's words; `undefined` when nothing is. */
export function mistakeInValues(name: string, values: Properties): string | undefined {
  const { requires = [] } = rulesOf(name);
  const unspecified = againstSchema(name, values);
  if (unspecified !== undefined)
    return `values don't meet the specifications of the schema(s) in the following chart(s):\n${name}:\n- at ${unspecified}`;
  const missing = requires.find(({ anyOf }) => anyOf.every((path) => isUnset(at(values, path))));
  return missing === undefined ? undefined : `execution error in chart ${name}: ${missing.message}`;
}

/** Where the values break the chart's schema, and how. */
function againstSchema(name: string, values: Properties): string | undefined {
  const { keys, words = {} } = rulesOf(name);
  const allowed = keys === undefined ? undefined : new Set(keys.split(" "));
  const extra = allowed === undefined ? [] : Object.keys(values).filter((key) => !allowed.has(key));
  const list = (names: readonly string[]) => names.map((one) => `'${one}'`).join(", ");
  if (extra.length > 0) return `'': additional properties ${list(extra)} not allowed`;
  const [wrong] = Object.entries(words).filter(([path, all]) => {
    const value = at(values, path);
    return value !== undefined && !all.includes(text(value) ?? "?");
  });
  return wrong === undefined
    ? undefined
    : `'/${wrong[0].replaceAll(".", "/")}': value must be one of ${list(wrong[1])}`;
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === "" || value === false;
}

/** `apiVersion kind` of every custom kind that the release makes objects of. */
export function kindsNeeded(name: string, values: Properties): readonly string[] {
  const { kinds = {}, on = [], skipsMonitors } = rulesOf(name);
  const switched = Object.entries(kinds).flatMap(([path, needed]) =>
    path === "" || (at(values, path) ?? on.includes(path)) === true ? needed : [],
  );
  return [...new Set([...switched, ...(skipsMonitors === true ? [] : monitors(values))])];
}

const monitorKinds: Readonly<Record<string, string>> = {
  servicemonitor: "ServiceMonitor",
  podmonitor: "PodMonitor",
  prometheusrule: "PrometheusRule",
};

/** Monitors that the values turn on: charts name their switches alike. */
function monitors(values: Properties): readonly string[] {
  if (values.enabled === false) return [];
  return Object.entries(values).flatMap(([key, value]) => {
    if (!isRecord(value)) return [];
    const kind = monitorKinds[key.toLowerCase()];
    return kind !== undefined && value.enabled === true ? [`${monitoring} ${kind}`] : monitors(value);
  });
}

/** The namespace of the chart's pods that need the host, where it has any with these values. */
export function privilegedNamespace(name: string, values: Properties, own: string): string | undefined {
  const { privileged } = rulesOf(name);
  if (privileged === undefined) return undefined;
  if (privileged.unless !== undefined && at(values, privileged.unless) === false) return undefined;
  return text(privileged.elsewhere === undefined ? undefined : at(values, privileged.elsewhere)) ?? own;
}

/** Why those pods cannot start at a security level. */
export function privilegeMissing(name: string, level: PodSecurityLevel): string | undefined {
  const { privileged } = rulesOf(name);
  if (privileged === undefined) return undefined;
  return `${privileged.pods} are forbidden: violates PodSecurity "${level}:latest": ${privileged.violation}`;
}
