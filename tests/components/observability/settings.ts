import { observabilitySettings } from "../../../components/observability/settings.ts";
import type { ObservabilitySettings } from "../../../components/observability/settings.ts";

/** Valid settings as small as they get, as YAML has them. */
export const given = {
  metrics: { replicas: 1, retentionDays: 7, storageGb: 20, memoryGb: 2 },
  alerting: { emails: ["oncall@example.com"], replicas: 1 },
  dashboards: { storageGb: 0 },
  tracing: { storage: "memory", replicas: 1, collectorReplicas: 1, samplePercent: 100, retentionDays: 7 },
  logs: {
    nodes: 1,
    nodeMemoryGb: 2,
    nodeStorageGb: 20,
    kibanaReplicas: 1,
    logstashReplicas: 0,
    retentionDays: 7,
  },
  alarms: {
    cpuPercent: 80,
    memoryPercent: 80,
    freeStoragePercent: 20,
    connectionPercent: 80,
    replicaLagSeconds: 60,
    responseMilliseconds: 500,
    serverErrorsPerFiveMinutes: 20,
  },
  protect: false,
};

/** The same, of the size of production. */
export const large = {
  ...given,
  metrics: { replicas: 2, retentionDays: 15, storageGb: 120, memoryGb: 8 },
  alerting: { emails: [], replicas: 3 },
  dashboards: { storageGb: 10 },
  tracing: {
    storage: "elasticsearch",
    replicas: 2,
    collectorReplicas: 3,
    samplePercent: 10,
    retentionDays: 14,
  },
  logs: {
    nodes: 3,
    nodeMemoryGb: 8,
    nodeStorageGb: 200,
    kibanaReplicas: 2,
    logstashReplicas: 2,
    retentionDays: 30,
  },
  protect: true,
};

/** Parsed settings. */
export function parsed(settings: object): ObservabilitySettings {
  return observabilitySettings.parse(settings);
}
