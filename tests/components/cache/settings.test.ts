import { expect } from "chai";

import { nameNodes } from "../../../components/cache/cache.ts";
import { cacheSettings } from "../../../components/cache/settings.ts";
import { itRefuses, reportOf } from "../refusals.ts";
import { cacheWith } from "./settings.ts";

describe("settings of the cache", () => {
  it("accept a single node", () => {
    expect(reportOf(cacheSettings, cacheWith())).to.deep.equal([]);
  });

  it("accept Redis OSS up to its last version", () => {
    expect(reportOf(cacheSettings, cacheWith({ engine: "redis", engineVersion: "7.1" }))).to.deep.equal([]);
  });

  it("take the pinned Valkey unless told otherwise", () => {
    const { engine, engineVersion: _version, ...rest } = cacheWith();
    expect(cacheSettings.parse({ ...rest })).to.include({ engine });
  });

  itRefuses(cacheSettings, { ...cacheWith() }, [
    [
      "a Valkey that does not know IAM",
      { engineVersion: "7.0" },
      "engineVersion: must be 7.2 or newer with valkey, got 7.0: users sign in with IAM",
    ],
    [
      "a Redis that does not know IAM",
      { engine: "redis", engineVersion: "6.2" },
      "engineVersion: must be 7.0 or newer with redis, got 6.2: users sign in with IAM",
    ],
    [
      "a Redis that AWS does not have",
      { engine: "redis", engineVersion: "8.1" },
      "engineVersion: must be 7.1 or older with redis, got 8.1: later ones are valkey",
    ],
    [
      "a version without quotes",
      { engineVersion: 8.1 },
      "engineVersion: must be text, in quotes where it looks like a number, got 8.1",
    ],
    ["another engine", { engine: "memcached" }, "engine: must be one of valkey, redis, got memcached"],
    ["no shard", { shards: 0 }, "shards: must be 1 or more, got 0"],
    [
      "more replicas than a shard can have",
      { replicasPerShard: 6 },
      "replicasPerShard: must be 5 or less, got 6",
    ],
    [
      "nobody who could sign in",
      { users: {} },
      "users: must name at least one user, got none: nobody could sign in",
    ],
    [
      "a user called default",
      { users: { default: "on ~* +@all" } },
      "users.default: must have another name, got default: that one is for clients that do not sign in",
    ],
    [
      "a user AWS would not take",
      { users: { App: "on ~* +@all" } },
      "users.App: must be lower-case letters, digits and single hyphens, got App",
    ],
    [
      "a window too short for a snapshot",
      { snapshotWindow: "01:00-01:30" },
      "snapshotWindow: must be an hour or longer, got 01:00-01:30",
    ],
    [
      "maintenance during the snapshot",
      { maintenanceWindow: "sun:01:30-sun:02:30" },
      "maintenanceWindow: must not overlap snapshotWindow 01:00-02:00, got sun:01:30-sun:02:30",
    ],
    [
      "a misspelt setting",
      { replicas: 1 },
      "replicas: is not a setting: there are identifier, engine, engineVersion, nodeType, shards, replicasPerShard, maxMemoryPolicy, users, snapshotRetentionDays, snapshotWindow, maintenanceWindow, logRetentionDays, protect",
    ],
  ]);
});

describe("nameNodes", () => {
  it("names every node of every shard as AWS does", () => {
    expect(nameNodes({ identifier: "platform", shards: 2, replicasPerShard: 1 })).to.deep.equal([
      "platform-0001-001",
      "platform-0001-002",
      "platform-0002-001",
      "platform-0002-002",
    ]);
  });
});
