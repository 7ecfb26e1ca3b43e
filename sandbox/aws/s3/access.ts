import type { s3 } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at } from "../../values.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { ownershipToken, publicAccessBlockToken, settingOf, toBucket } from "./references.ts";

/** What a bucket may be told about the public. */
type Block = "blockPublicAcls" | "blockPublicPolicy";

/** Blocked where nothing is said, as in every bucket since April 2023: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
export function isBlocked(account: AccountView, bucket: string, block: Block): boolean {
  const set = settingOf(account, publicAccessBlockToken, bucket);
  return set === undefined || set.state[block] === true;
}

/** ACLs are off where nothing is said: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
export function takesAcls(account: AccountView, bucket: string): boolean {
  const set = settingOf(account, ownershipToken, bucket)?.state;
  return (at(set, "rule.objectOwnership") ?? "BucketOwnerEnforced") !== "BucketOwnerEnforced";
}

/** @throws Refusal where the bucket takes no ACLs, or none for the public. */
export function refuseAcl(account: AccountView, bucket: string, acl: string | undefined): void {
  if (!takesAcls(account, bucket)) {
    throw new Refusal("AccessControlListNotSupported", "The bucket does not allow ACLs");
  }
  if (!/^(?:public|authenticated)-/.test(acl ?? "") || !isBlocked(account, bucket, "blockPublicAcls")) return;
  throw new Refusal(
    "AccessDenied",
    `User: arn:aws:iam::${account.accountId}:user/sandbox is not authorized to perform: s3:PutBucketAcl on resource: "arn:aws:s3:::${bucket}" because public ACLs are prevented by the BlockPublicAcls setting in S3 Block Public Access.`,
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutPublicAccessBlock.html */
const publicAccessBlock = behaviour<s3.BucketPublicAccessBlockArgs, s3.BucketPublicAccessBlockState>(
  publicAccessBlockToken,
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: () => ({}),
    keys: () => [],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketOwnershipControls.html */
const ownershipControls = behaviour<s3.BucketOwnershipControlsArgs, s3.BucketOwnershipControlsState>(
  ownershipToken,
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: () => ({}),
    keys: () => [],
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAcl.html */
const bucketAcl = behaviour<s3.BucketAclArgs, s3.BucketAclState>("aws:s3/bucketAcl:BucketAcl", {
  references: { bucket: toBucket },
  id: ({ inputs }) => (inputs.acl === undefined ? inputs.bucket : `${inputs.bucket},${inputs.acl}`),
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs, account }) => {
    refuseAcl(account, inputs.bucket, inputs.acl);
  },
  seconds: { create: 1, update: 1, delete: 0 },
});

/** What may be done to a bucket by the public and by ACLs. */
export const bucketAccess: readonly AnyBehaviour[] = [publicAccessBlock, ownershipControls, bucketAcl];
