import { parseSettings } from "../../config.ts";
import type { PlatformConfig } from "../../config.ts";
import { isRecord } from "../../sandbox/values.ts";
import { count } from "./markdown.ts";
import { inOrder, perStack } from "./stacks.ts";
import type { PerStack, Settings } from "./stacks.ts";

/** What one row says of a stack. */
type Fact = (config: PlatformConfig) => string;

/** How many gateways each choice of `network.nat` makes. */
const gateways: Readonly<Record<PlatformConfig["network"]["nat"], Fact>> = {
  none: () => "0",
  single: () => "1",
  perZone: ({ network }) => `${network.zones.length}, one per zone`,
};

const facts: Readonly<Record<string, Fact>> = {
  Zones: ({ network }) => String(network.zones.length),
  "NAT gateways": (config) => gateways[config.network.nat](config),
  Nodes: ({ cluster }) =>
    Object.entries(cluster.nodeGroups)
      .map(
        ([name, { size, instanceTypes }]) =>
          `${name}: ${size.min} to ${size.max} × ${instanceTypes[0] ?? ""}`,
      )
      .join(", "),
  Database: ({ database }) =>
    `${database.instanceClass}, ${database.storageGb} to ${database.maxStorageGb} GiB`,
  "Standby in another zone": ({ database }) => (database.multiAz ? "yes" : "no"),
  "Read replicas": ({ database }) => String(database.readReplicas),
  Cache: ({ cache }) => `${count(cache.shards, "shard")} of ${cache.nodeType}`,
  "Replicas per shard": ({ cache }) => String(cache.replicasPerShard),
  "Copies of each service": ({ services }) => replicas(Object.values(services.items)),
  "Database can be set back": ({ database }) => count(database.backupRetentionDays, "day"),
  "Cache snapshots kept": ({ cache }) => count(cache.snapshotRetentionDays, "day"),
  "Control-plane logs kept": ({ cluster }) => count(cluster.logRetentionDays, "day"),
  "Metrics kept": ({ observability }) => count(observability.metrics.retentionDays, "day"),
  "Container logs kept": ({ observability }) => count(observability.logs.retentionDays, "day"),
  "Protected from deletion": (config) => protectedParts(config).join(", "),
  "Policy pack": ({ policyPack }) => policyPack,
};

/** What sets the stacks apart, most costly first: a heading and one cell a stack in each row. */
export function glance(stacks: PerStack<Settings>): readonly (readonly string[])[] {
  const configs = perStack((stack) => parseSettings(stack, stacks[stack]));
  return Object.entries(facts).map(([heading, fact]) => [heading, ...inOrder(configs).map(fact)]);
}

/** From the fewest copies any service may have to the most. */
function replicas(services: readonly { replicas?: { min: number; max: number } | undefined }[]): string {
  const sizes = services.flatMap(({ replicas: size }) => size ?? []);
  if (sizes.length === 0) return "none";
  return `${Math.min(...sizes.map(({ min }) => min))} to ${Math.max(...sizes.map(({ max }) => max))}`;
}

/** The components in which some setting says that AWS or Pulumi refuses a deletion. */
function protectedParts(config: PlatformConfig): readonly string[] {
  const parts = Object.entries(config).flatMap(([name, settings]) => (isProtected(settings) ? [name] : []));
  return parts.length > 0 ? parts : ["nothing"];
}

function isProtected(settings: unknown): boolean {
  if (!isRecord(settings)) return false;
  return (
    settings.protect === true ||
    settings.deletionProtection === true ||
    Object.values(settings).some(isProtected)
  );
}
