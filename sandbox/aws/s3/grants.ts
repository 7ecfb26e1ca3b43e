import type { AccountView } from "../../model.ts";
import { namesService } from "../iam/grants.ts";
import { settingOf } from "./references.ts";

/** Whether a bucket's policy lets a service in at all, which services try before they take a bucket to write to. */
export function letsIn(account: AccountView, bucket: string, service: string): boolean {
  const policy = settingOf(account, "aws:s3/bucketPolicy:BucketPolicy", bucket);
  return policy !== undefined && namesService(policy.state.policy, service);
}
