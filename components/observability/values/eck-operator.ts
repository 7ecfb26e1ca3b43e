import { namespaces } from "../addresses.ts";
import { resources, restrictedPod } from "./helm-values.ts";
import type { HelmValues } from "./helm-values.ts";

/** The operator that runs Elasticsearch, Kibana and Logstash, with its CRDs; it looks after one namespace only. */
export const eckOperatorValues: HelmValues = {
  installCRDs: true,
  managedNamespaces: [namespaces.logging],
  createClusterScopedResources: true,
  podSecurityContext: restrictedPod,
  resources: resources("100m", "512Mi"),
  config: { metrics: { port: "8080" } },
  podMonitor: { enabled: true },
  serviceMonitor: { enabled: false },
  telemetry: { disabled: true },
};
