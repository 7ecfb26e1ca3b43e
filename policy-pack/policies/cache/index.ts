import type { Definition } from "../../kernel/definition.ts";
import { elasticacheAuth } from "./elasticache-auth.ts";
import { elasticacheEncrypted } from "./elasticache-encrypted.ts";
import { elasticacheHaAndSnapshots } from "./elasticache-ha-and-snapshots.ts";
import { elasticachePrivateSubnets } from "./elasticache-private-subnets.ts";

/** The policies on caches. */
export const cache: readonly Definition[] = [
  elasticacheAuth,
  elasticacheEncrypted,
  elasticacheHaAndSnapshots,
  elasticachePrivateSubnets,
];
