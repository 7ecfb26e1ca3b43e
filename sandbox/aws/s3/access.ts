import type { s3 } from "@pulumi/aws";
import type { AccountView, Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { refuseDocument, several, statementsOf, unknownPrincipals } from "../iam/policy-documents.ts";
import { ownershipToken, publicAccessBlockToken, settingOf, toBucket } from "./references.ts";

/** What a bucket may be told about the public. */
type Block = "blockPublicAcls" | "blockPublicPolicy";

/** Blocked where nothing is said, as in every bucket since April 2023: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
function isBlocked(account: AccountView, bucket: string, block: Block): boolean {
  const set = settingOf(account, publicAccessBlockToken, bucket);
  return set === undefined || set.state[block] === true;
}

/** ACLs are off where nothing is said: https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
function takesAcls(account: AccountView, bucket: string): boolean {
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

/** Conditions with a fixed value for one of these make a statement private: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
const narrowing: ReadonlySet<string> = new Set([
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

function isNarrowed({ Condition }: Properties): boolean {
  if (!isRecord(Condition)) return false;
  return Object.entries(Condition).some(
    ([operator, values]) =>
      !/Not|Null/.test(operator) &&
      isRecord(values) &&
      Object.entries(values).some(
        ([key, value]) =>
          narrowing.has(key.toLowerCase()) && !several(value).some((one) => one.includes("*")),
      ),
  );
}

function isPublic(statement: Properties): boolean {
  const { Effect, Principal, NotPrincipal } = statement;
  const named = isRecord(Principal) ? several(Principal.AWS) : several(Principal);
  return Effect === "Allow" && (named.includes("*") || NotPrincipal !== undefined) && !isNarrowed(statement);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html */
function refuseBucketPolicy(policy: string, bucket: string, account: AccountView): void {
  const wording = { code: "MalformedPolicy" };
  const document = refuseDocument(policy, "resource", wording);
  const statements = statementsOf(document);
  if (unknownPrincipals(document, account).length > 0) {
    throw new Refusal(wording.code, "Invalid principal in policy");
  }
  if (!statements.flatMap(({ Action }) => several(Action)).every((action) => /^(?:\*$|s3:)/i.test(action))) {
    throw new Refusal(wording.code, "Policy has invalid action");
  }
  const own = (resource: string): boolean =>
    resource === `arn:aws:s3:::${bucket}` || resource.startsWith(`arn:aws:s3:::${bucket}/`);
  if (!statements.flatMap(({ Resource }) => several(Resource)).every(own)) {
    throw new Refusal(wording.code, "Policy has invalid resource");
  }
  if (!statements.some(isPublic) || !isBlocked(account, bucket, "blockPublicPolicy")) return;
  throw new Refusal(
    "AccessDenied",
    `User: arn:aws:iam::${account.accountId}:user/sandbox is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
  );
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
const bucketPolicy = behaviour<s3.BucketPolicyArgs, s3.BucketPolicyState>(
  "aws:s3/bucketPolicy:BucketPolicy",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account }: Context<{ bucket: string; policy: unknown }>) => {
      const policy = text(inputs.policy) ?? JSON.stringify(inputs.policy);
      refuseBucketPolicy(policy, inputs.bucket, account);
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Who may do what with a bucket. */
export const bucketAccess: readonly AnyBehaviour[] = [
  publicAccessBlock,
  ownershipControls,
  bucketAcl,
  bucketPolicy,
];
