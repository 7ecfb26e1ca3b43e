import type { AccountView, Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import { takesAcls } from "../s3/access.ts";
import { bucketToken } from "../s3/references.ts";

/** A bucket by its own name, which the endpoint of its website is not: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistS3AndCustomOrigins.html */
const bucketDomain = /^[a-z0-9._-]+\.s3(?!-website)[.-][a-z0-9.-]*amazonaws\.com(?:\.cn)?$/;

/**
 * What is not said to be another server is a bucket, by the provider too:
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export function refuseOrigins(inputs: Properties): void {
  for (const origin of list(inputs.origins)) {
    const domain = text(at(origin, "domainName")) ?? "";
    if (/[:/\s]/.test(domain)) {
      throw new Refusal("InvalidArgument", "The parameter origin name must be a domain name.");
    }
    const isOther = ["customOriginConfig", "vpcOriginConfig"].some((kind) => at(origin, kind) !== undefined);
    if (isOther || bucketDomain.test(domain)) continue;
    throw new Refusal(
      "InvalidArgument",
      "The parameter Origin DomainName does not refer to a valid S3 bucket.",
    );
  }
}

/** Logs are written by an ACL, which new buckets do not take: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging-legacy-s3.html */
export function refuseLog(domain: string | undefined, account: AccountView): void {
  const name = /^(.+)\.s3[.-][a-z0-9.-]*amazonaws\.com$/.exec(domain ?? "")?.[1] ?? "";
  const isOwn = account.find(bucketToken, name) !== undefined;
  if (!isOwn || takesAcls(account, name)) return;
  throw new Refusal(
    "InvalidArgument",
    `The S3 bucket that you specified for CloudFront logs does not enable ACL access: ${domain ?? ""}`,
  );
}
