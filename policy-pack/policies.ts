import type { Definition } from "./kernel/definition.ts";
import { backup } from "./policies/backup/index.ts";
import { cache } from "./policies/cache/index.ts";
import { cluster } from "./policies/cluster/index.ts";
import { costAndTagging } from "./policies/cost-and-tagging/index.ts";
import { database } from "./policies/database/index.ts";
import { edge } from "./policies/edge/index.ts";
import { identity } from "./policies/identity/index.ts";
import { keysAndSecrets } from "./policies/keys-and-secrets/index.ts";
import { logging } from "./policies/logging/index.ts";
import { messagingAndRegistry } from "./policies/messaging-and-registry/index.ts";
import { network } from "./policies/network/index.ts";
import { residencyAndGovernance } from "./policies/residency-and-governance/index.ts";
import { storage } from "./policies/storage/index.ts";
import { workloads } from "./policies/workloads/index.ts";

/**
 * Every policy of the pack, by concern. They are plain objects: a test or a tool can import them, while only `index.ts` starts the
 * server that the engine talks to.
 */
export const policies: readonly Definition[] = [
  ...storage,
  ...database,
  ...cache,
  ...network,
  ...cluster,
  ...workloads,
  ...identity,
  ...keysAndSecrets,
  ...logging,
  ...edge,
  ...messagingAndRegistry,
  ...backup,
  ...costAndTagging,
  ...residencyAndGovernance,
];
