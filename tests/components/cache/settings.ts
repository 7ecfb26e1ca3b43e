import type { CacheSettings } from "../../../components/cache/settings.ts";

/** The smallest cache that is accepted. */
export function cacheWith(change: Partial<CacheSettings> = {}): CacheSettings {
  return {
    identifier: "platform-test",
    engine: "valkey",
    engineVersion: "8.1",
    nodeType: "cache.t4g.micro",
    shards: 1,
    replicasPerShard: 0,
    maxMemoryPolicy: "volatile-lru",
    users: { app: "on ~* &* +@all -@admin" },
    snapshotRetentionDays: 1,
    snapshotWindow: "01:00-02:00",
    maintenanceWindow: "sun:02:30-sun:03:30",
    logRetentionDays: 7,
    protect: false,
    ...change,
  };
}
