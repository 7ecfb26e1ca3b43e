import type { AnyBehaviour } from "../behaviour.ts";
import { bucketPoints } from "./access-points.ts";
import { bucketAccess } from "./access.ts";
import { bucketManagement } from "./account.ts";
import { buckets } from "./buckets.ts";
import { bucketConfigurations } from "./configurations.ts";
import { bucketNotifications } from "./notifications.ts";
import { bucketObjects } from "./objects.ts";
import { bucketPolicies } from "./policies.ts";
import { bucketProtection } from "./protection.ts";

/** Buckets and what is set on them. */
export const storage: readonly AnyBehaviour[] = [
  ...buckets,
  ...bucketAccess,
  ...bucketPolicies,
  ...bucketPoints,
  ...bucketConfigurations,
  ...bucketNotifications,
  ...bucketObjects,
  ...bucketProtection,
  ...bucketManagement,
];
