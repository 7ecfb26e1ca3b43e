import type { types } from "@pulumi/kubernetes";

import { images } from "../../versions.ts";
import { otlpPort } from "../observability/addresses.ts";
import { describeImage, restrictedContainer } from "./describe-container.ts";
import type { PodContext } from "./pod-context.ts";
import { databaseUserOf } from "./stores.ts";
import type { WorkloadSettings } from "./workload-settings.ts";

type Container = types.input.core.v1.Container;
type Volume = types.input.core.v1.Volume;

/** Where the pool listens, inside the pod only as far as network policies are concerned. */
const poolPort = 6432;

/** What tells a service of its pool instead of the database itself. */
export const pooledDatabase = { DATABASE_HOST: "127.0.0.1", DATABASE_PORT: String(poolPort) } as const;

/** Variable that holds the password of the pool's user: connections outlive the 15 minutes of an IAM token. */
export const poolPassword = "DATABASE_PASSWORD";

const poolVolume = "pgbouncer";

/** What each sidecar reserves; alike as a limit, so that they do not change a pod's quality of service. */
export const sidecarResources = {
  pgbouncer: { cpu: "50m", memory: "64Mi" },
  collector: { cpu: "50m", memory: "128Mi" },
} as const;

/**
 * Containers that start before the service's own and end after it: init containers that always restart (Kubernetes, "Sidecar
 * Containers"), so a pool is there for the first query and for the last.
 */
export function describeSidecars(
  settings: Pick<WorkloadSettings, "name" | "sidecars" | "resources">,
  { stores, telemetry, place }: PodContext,
): { readonly initContainers: Container[]; readonly volumes: Volume[] } {
  const { name, sidecars, resources } = settings;
  const database = stores.database.variables({ name });
  const initContainers = [
    ...(sidecars.pgbouncer === undefined ? [] : [describePool(name, sidecars.pgbouncer, database)]),
    ...(sidecars.collector === undefined ? [] : [describeCollector(telemetry.otlpEndpoint)]),
  ].map((container) => ({
    ...container,
    image: describeImage(sidecars[container.name]?.image ?? images[container.name], { place }),
    restartPolicy: "Always",
    imagePullPolicy: "IfNotPresent",
    ...resourcesOf(container.name, resources.qos),
    securityContext: restrictedContainer,
  }));
  return {
    initContainers,
    volumes: sidecars.pgbouncer === undefined ? [] : [{ name: poolVolume, emptyDir: { sizeLimit: "1Mi" } }],
  };
}

type SidecarName = keyof typeof sidecarResources;
type Sidecar = Omit<Container, "name"> & { readonly name: SidecarName };

function resourcesOf(
  name: SidecarName,
  qos: WorkloadSettings["resources"]["qos"],
): Pick<Container, "resources"> {
  const { cpu, memory } = sidecarResources[name];
  return {
    resources: {
      requests: { cpu, memory, "ephemeral-storage": "16Mi" },
      limits: { memory, "ephemeral-storage": "32Mi", ...(qos === "guaranteed" && { cpu }) },
    },
  };
}

/** The image writes its configuration from these variables into the one directory it may write to (its README). */
function describePool(
  service: string,
  pool: NonNullable<WorkloadSettings["sidecars"]["pgbouncer"]>,
  database: ReturnType<PodContext["stores"]["database"]["variables"]>,
): Sidecar {
  const settings = {
    DB_HOST: database.DATABASE_HOST ?? "",
    DB_PORT: database.DATABASE_PORT ?? "",
    DB_NAME: database.DATABASE_NAME ?? "",
    DB_USER: databaseUserOf({ name: service }),
    LISTEN_PORT: String(poolPort),
    AUTH_TYPE: "scram-sha-256",
    SERVER_TLS_SSLMODE: "require",
    POOL_MODE: pool.mode,
    DEFAULT_POOL_SIZE: String(pool.poolSize),
    MAX_DB_CONNECTIONS: String(pool.maxConnections),
    MAX_CLIENT_CONN: String(pool.maxClients),
    IGNORE_STARTUP_PARAMETERS: "extra_float_digits",
  };
  return {
    name: "pgbouncer",
    env: [
      ...Object.entries(settings).map(([name, value]) => ({ name, value })),
      { name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: service, key: poolPassword } } },
    ],
    ...askedAt(poolPort),
    volumeMounts: [{ name: poolVolume, mountPath: "/etc/pgbouncer" }],
  };
}

/** Takes in what the service sends, keeps it while the central collectors are away, and hands it on. */
function describeCollector(endpoint: string): Sidecar {
  const config = {
    receivers: { otlp: { protocols: { http: { endpoint: `0.0.0.0:${String(otlpPort)}` } } } },
    processors: { memory_limiter: { check_interval: "1s", limit_percentage: 75 }, batch: {} },
    exporters: { otlp_http: { endpoint, retry_on_failure: { max_elapsed_time: "10m" } } },
    service: {
      pipelines: Object.fromEntries(
        ["traces", "metrics"].map((signal) => [
          signal,
          { receivers: ["otlp"], processors: ["memory_limiter", "batch"], exporters: ["otlp_http"] },
        ]),
      ),
    },
  };
  return {
    name: "collector",
    args: ["--config=env:COLLECTOR_CONFIG"],
    // YAML takes JSON as it is.
    env: [{ name: "COLLECTOR_CONFIG", value: JSON.stringify(config) }],
    ...askedAt(otlpPort),
  };
}

function askedAt(port: number): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const tcpSocket = { port };
  return {
    startupProbe: { tcpSocket, periodSeconds: 1, failureThreshold: 30 },
    readinessProbe: { tcpSocket, periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { tcpSocket, periodSeconds: 10, failureThreshold: 6 },
  };
}
