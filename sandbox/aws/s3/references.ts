import type { AccountView, Stored } from "../../model.ts";
import type { Reference } from "../behaviour.ts";

/** Tokens of a bucket and of what is set on it apart. */
export const bucketToken = "aws:s3/bucket:Bucket";
export const publicAccessBlockToken = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
export const ownershipToken = "aws:s3/bucketOwnershipControls:BucketOwnershipControls";
export const versioningToken = "aws:s3/bucketVersioning:BucketVersioning";
export const encryptionToken =
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration";
export const objectTokens: readonly string[] = [
  "aws:s3/bucketObjectv2:BucketObjectv2",
  "aws:s3/bucketObject:BucketObject",
];

/**
 * The bucket that something is set on: it takes all of that with it when it goes. Names are the world's, so it is found in every
 * region. Codes: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const toBucket: Reference = {
  to: bucketToken,
  missing: { code: "NoSuchBucket", message: "The specified bucket does not exist" },
  holds: false,
  anyRegion: true,
};

/** What is set on a bucket by a resource of its own; `undefined` where that is left to S3. */
export function settingOf(account: AccountView, token: string, bucket: string): Stored | undefined {
  return account.all(token).find(({ state }) => state.bucket === bucket);
}
