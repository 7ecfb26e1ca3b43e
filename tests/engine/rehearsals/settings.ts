import fc from "fast-check";
import { Engine } from "./engine.ts";

const zones = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
const retention = fc.constantFrom(1, 3, 5, 7, 14, 30, 90);
const endpoints = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts"];

/** Settings that hold only with each other, by path. */
type Bundle = Readonly<Record<string, unknown>>;

/** A way out for nodes, and the endpoints without which there would be none. */
const egress: fc.Arbitrary<Bundle> = fc.constantFrom("none", "single", "perZone").chain((nat) =>
  fc.subarray(["logs", "kms", "secretsmanager", "sqs"]).map((more) => ({
    "network.nat": nat,
    "network.interfaceEndpoints": nat === "none" ? [...endpoints, ...more] : more,
  })),
);

/** Who starts nodes. Karpenter reads the groups' priority by itself, and its copies need as many nodes that are not its own. */
const nodeScaling: fc.Arbitrary<Bundle> = fc
  .constantFrom(
    ["clusterAutoscaler", "leastWaste", 3] as const,
    ["clusterAutoscaler", "priority", 2] as const,
    ["karpenter", "leastWaste", 1] as const,
  )
  .map(([by, expander, copies]) => ({
    "cluster.nodeScaling": by,
    "cluster.expander": expander,
    "cluster.controllerReplicas": copies,
  }));

const size = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 3 }))
  .map(([min, more, room]) => ({ min, desired: min + more, max: min + more + room, enforceDesired: true }));

const replicas = fc
  .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
  .map(([min, more]) => ({ min, max: min + more }));

/** What the number of copies follows: the autoscaler's own metrics, KEDA's, the clock. */
const scaling = fc.constantFrom<Bundle>(
  { cpuPercent: 50, memoryPercent: "none" },
  { cpuPercent: 60, vertical: "advise" },
  { requestsPerSecond: 50, latency: { milliseconds: 200 } },
  { queues: [{ name: "orders", messages: 100 }] },
  { cpuPercent: "none", memoryPercent: "none", requestsPerSecond: 20, vertical: "apply" },
);

/** A service that scales, with a schedule within its copies or without. */
const backend: fc.Arbitrary<Bundle> = fc
  .tuple(replicas, scaling, fc.boolean())
  .map(([copies, signals, scheduled]) => ({
    "services.items.backend.replicas": copies,
    "services.items.backend.scaling": {
      ...signals,
      schedules: scheduled
        ? { morning: { on: ["mon-fri"], from: "08:00", to: "10:00", copies: copies.max } }
        : {},
    },
  }));

const image =
  "public.ecr.aws/nginx/nginx-unprivileged:1.29.4-alpine@sha256:a6c4f61f456b85b8fdf7ec7ab28cc3e299440e6fb4a9dea520e5fd8fd440025e";

/** A second namespace, and what runs in it to its end. */
const reports: fc.Arbitrary<Bundle> = fc
  .tuple(fc.constantFrom("restricted", "baseline"), fc.constantFrom("0 6 * * 1-5", "*/10 * * * *"))
  .map(([podSecurity, schedule]) => ({
    "services.namespaces.reports": {
      owner: "product-team",
      quota: { pods: 10, cpu: "2", memory: "4Gi" },
      podSecurity,
    },
    "services.jobs": { report: { image, namespace: "reports", schedule, calls: ["backend"] } },
  }));

const bundles = { egress, nodeScaling, backend, reports };

/** Further settings of every component that can be changed in any order without AWS refusing the change, by path. */
const changeable = {
  "network.networkAcls": fc.constantFrom("default", "database"),
  "network.flowLogs": fc.record({
    traffic: fc.constantFrom("ALL", "ACCEPT", "REJECT", "none"),
    retentionDays: retention,
    protect: fc.constant(false),
  }),
  "cluster.logRetentionDays": retention,
  "cluster.nodeGroups.main.size": size,
  "cluster.nodeGroups.main.detailedMonitoring": fc.boolean(),
  "cluster.headroom": fc.record({
    pods: fc.integer({ min: 1, max: 3 }),
    cpu: fc.constantFrom("250m", "1"),
    memory: fc.constantFrom("256Mi", "1Gi"),
  }),
  "cluster.storage": fc.record({
    iops: fc.integer({ min: 3000, max: 6000 }),
    throughputMiBps: fc.integer({ min: 125, max: 500 }),
  }),
  "database.instanceClass": fc.constantFrom("db.t4g.micro", "db.t4g.medium", "db.r7g.large"),
  "database.multiAz": fc.boolean(),
  "database.backupRetentionDays": fc.integer({ min: 7, max: 35 }),
  "database.slowStatementMilliseconds": fc.integer({ min: 100, max: 5000 }),
  "cache.shards": fc.integer({ min: 1, max: 3 }),
  "cache.replicasPerShard": fc.integer({ min: 0, max: 2 }),
  "cache.maxMemoryPolicy": fc.constantFrom("volatile-lru", "allkeys-lfu", "noeviction"),
  "cache.snapshotRetentionDays": fc.integer({ min: 0, max: 35 }),
  "frontend.minimumTls": fc.constantFrom("TLSv1.2_2021", "TLSv1.3_2025"),
  "frontend.priceClass": fc.constantFrom("PriceClass_100", "PriceClass_200", "PriceClass_All"),
  "frontend.allowedCountries": fc.subarray(["DE", "FR", "NL", "US"]),
  "frontend.documentMaxAgeSeconds": fc.integer({ min: 0, max: 3600 }),
  "frontend.firewall.mode": fc.constantFrom("block", "count"),
  "frontend.firewall.requestsPerFiveMinutes": fc.integer({ min: 100, max: 100_000 }),
  "frontend.oldVersionRetentionDays": fc.integer({ min: 1, max: 60 }),
  "observability.metrics.retentionDays": fc.integer({ min: 1, max: 30 }),
  "observability.tracing.samplePercent": fc.integer({ min: 1, max: 100 }),
  "observability.alarms.cpuPercent": fc.integer({ min: 50, max: 95 }),
  "observability.alerting.emails": fc.subarray(["ops@example.com", "dev@example.com"]),
  "services.ingresses.internal.idleSeconds": fc.integer({ min: 30, max: 300 }),
  "services.eventScaling": fc.constantFrom("whenNeeded", "always"),
  "services.items.frontend.replicas": replicas,
  "services.items.api-gateway.replicas": replicas,
} satisfies Record<string, fc.Arbitrary<unknown>>;

/** Random changes, each valid by itself and with the others, as `--set` takes them. */
export const someSettings: fc.Arbitrary<readonly string[]> = fc
  .tuple(fc.record(changeable, { requiredKeys: [] }), fc.record(bundles, { requiredKeys: [] }))
  .map(([single, bundled]) =>
    [single, ...Object.values(bundled)].flatMap((settings) =>
      Object.entries(settings).map(([path, value]) => `${path}=${JSON.stringify(value)}`),
    ),
  );

/**
 * What holds for each round: RDS never shrinks storage, another order of zones moves the subnets, the quota has room for all, and EKS takes no
 * minimum above the nodes there are.
 */
export function grown(round: number): readonly string[] {
  return [
    `services.namespaces.apps.quota=${JSON.stringify({ pods: 40 + round, cpu: "16", memory: "32Gi" })}`,
    `database.storageGb=${20 + Math.min(round, 18)}`,
    "cluster.nodeGroups.main.size.enforceDesired=true",
    `network.zones=${JSON.stringify(zones.slice(0, round < 2 ? 2 : 3))}`,
  ];
}

/** A run of random settings. */
export interface Soak {
  readonly seed: number;
  readonly rounds: number;
  readonly tell?: (line: string) => void;
}

/**
 * Deploys random valid settings, changes all of them round after round in the same account, and destroys everything.
 * @throws Error naming the round and its settings when a round fails, does not settle, or leaves something behind.
 */
export async function soak(home: string, { seed, rounds, tell = () => undefined }: Soak): Promise<void> {
  const samples = fc.sample(someSettings, { seed, numRuns: rounds });
  for (const [round, sample] of samples.entries()) {
    const settings = [...grown(round), ...sample];
    const engine = new Engine(home, "dev", settings);
    const what = `round ${round + 1} of seed ${seed} (${settings.join(" ")})`;
    const changed = await engine.run("up");
    if (changed.code !== 0) throw new Error(`${what} failed:\n${changed.output}`);
    const settled = await engine.run("up", { flags: ["--expect-no-changes"] });
    if (settled.code !== 0) throw new Error(`${what} does not settle:\n${settled.output}`);
    tell(`${what}: ${engine.things().length} things`);
  }
  const engine = new Engine(home);
  const destroyed = await engine.run("destroy");
  const left = engine.things();
  if (destroyed.code !== 0) throw new Error(`destroy after seed ${seed} failed:\n${destroyed.output}`);
  if (left.length > 0) throw new Error(`destroy left ${left.map(({ id }) => id).join(", ")}`);
  tell(`${rounds} rounds of seed ${seed}, and nothing is left`);
}
