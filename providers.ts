import * as aws from "@pulumi/aws";

import type { PlatformConfig } from "./config.ts";

/**
 * The only way to AWS. It refuses credentials of any account but the stack's own before it touches anything, and puts the
 * stack's tags on every resource.
 */
export function awsProvider({ region, allowedAccountIds, tags }: PlatformConfig["account"]): aws.Provider {
  return new aws.Provider("aws", {
    region,
    allowedAccountIds: [...allowedAccountIds],
    defaultTags: { tags },
  });
}
