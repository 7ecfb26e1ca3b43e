import { kubePrometheusStack } from "./kube-prometheus-stack.ts";
import { amounts, named } from "./reader.ts";
import type { ChartReader, ChartWorkload } from "./reader.ts";

/** A workload whose values stand at the top, in the way of `helm create`. */
const atTheTop: ChartWorkload = {
  resources: "resources",
  pod: "podSecurityContext",
  container: "securityContext",
  hardened: true,
};

/** A workload of cert-manager, which calls the security context of its pods `securityContext`. */
const ofCertManager = (prefix: string): ChartWorkload => ({
  resources: `${prefix}resources`,
  pod: `${prefix}securityContext`,
  container: `${prefix}containerSecurityContext`,
  hardened: true,
});

/** A resource of the Elastic stack, which takes a whole pod template. */
const ofElastic = (prefix: string, usually: boolean, chart: string): ChartWorkload => ({
  resources: `${prefix}podTemplate.spec.containers[*].resources`,
  pod: `${prefix}podTemplate.spec.securityContext`,
  container: `${prefix}podTemplate.spec.containers[*].securityContext`,
  hardened: false,
  enabled: [`${chart}.enabled`, usually],
});

/**
 * Where the values of each chart say what the policies ask about: read from the `values.yaml` of the version in `charts.lock.json`.
 * Charts that only bring definitions run nothing.
 */
export const chartReaders: Readonly<Record<string, ChartReader>> = {
  "aws-load-balancer-controller": { workloads: { controller: atTheTop }, secrets: ["webhookTLS.key"] },
  "cert-manager": {
    workloads: {
      controller: ofCertManager(""),
      ...named(["webhook", "cainjector", "startupapicheck"], (name) => ofCertManager(`${name}.`)),
    },
    services: ["webhook.serviceType"],
  },
  "cluster-autoscaler": {
    workloads: {
      autoscaler: {
        resources: "resources",
        pod: "securityContext",
        container: "containerSecurityContext",
        hardened: false,
      },
    },
    services: ["service.type"],
    secrets: ["awsAccessKeyID", "awsSecretAccessKey", "azureClientSecret", "civoApiKey"],
  },
  "eck-operator": { workloads: { operator: { ...atTheTop, preset: amounts } } },
  "eck-stack": {
    workloads: {
      elasticsearch: ofElastic("eck-elasticsearch.nodeSets[*].", true, "eck-elasticsearch"),
      kibana: ofElastic("eck-kibana.", true, "eck-kibana"),
      logstash: ofElastic("eck-logstash.", false, "eck-logstash"),
    },
    volumes: [
      {
        claim: "eck-elasticsearch.nodeSets[*].volumeClaimTemplates[*].spec",
        storageClass: "eck-elasticsearch.nodeSets[*].volumeClaimTemplates[*].spec.storageClassName",
      },
    ],
    services: [
      "eck-elasticsearch.http.service.spec.type",
      "eck-elasticsearch.transport.service.spec.type",
      "eck-kibana.http.service.spec.type",
    ],
  },
  "external-dns": { workloads: { controller: atTheTop }, secrets: ["secretConfiguration.data"] },
  "external-secrets": {
    workloads: {
      controller: atTheTop,
      ...named(["webhook", "certController"], (name) => ({
        resources: `${name}.resources`,
        pod: `${name}.podSecurityContext`,
        container: `${name}.securityContext`,
        hardened: true,
      })),
    },
    services: ["webhook.service.type"],
  },
  fluentd: {
    workloads: { fluentd: { ...atTheTop, hardened: false } },
    volumes: [{ claim: "persistence.enabled", storageClass: "persistence.storageClass" }],
    services: ["service.type"],
  },
  jaeger: {
    workloads: {
      jaeger: {
        resources: "jaeger.resources",
        pod: "jaeger.podSecurityContext",
        container: "jaeger.securityContext",
        hardened: false,
      },
    },
    services: ["jaeger.service.type"],
    secrets: ["storage.cassandra.password", "storage.elasticsearch.password"],
  },
  karpenter: {
    workloads: {
      controller: {
        resources: "controller.resources",
        pod: "podSecurityContext",
        container: "controller.securityContext",
        hardened: true,
      },
    },
  },
  "karpenter-crd": { workloads: {} },
  keda: {
    workloads: named(["operator", "metricServer", "webhooks"], (name) => ({
      resources: `resources.${name}`,
      preset: amounts,
      pod: `podSecurityContext.${name}`,
      container: `securityContext.${name}`,
      hardened: true,
    })),
    services: ["service.type"],
  },
  "kube-prometheus-stack": kubePrometheusStack,
  "opentelemetry-collector": {
    workloads: { collector: { ...atTheTop, hardened: false } },
    services: ["service.type"],
  },
  "prometheus-operator-crds": { workloads: {} },
  vpa: {
    workloads: named(["recommender", "updater", "admissionController"], (name) => ({
      resources: `${name}.resources`,
      preset: ["requests.cpu", "requests.memory"],
      pod: `${name}.podSecurityContext`,
      container: `${name}.securityContext`,
      hardened: true,
      enabled: [`${name}.enabled`, true],
    })),
  },
};
