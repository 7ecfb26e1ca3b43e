import type { s3 } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { websiteDomainOf } from "./names.ts";
import { bucketToken, encryptionToken, toBucket } from "./references.ts";

const quick = { create: 1, update: 1, delete: 1 } as const;

/** A KMS key goes with a KMS algorithm only: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ServerSideEncryptionByDefault.html */
function refuseKeyOfAnotherKind(rule: unknown): void {
  const chosen = at(rule, "applyServerSideEncryptionByDefault");
  if (at(chosen, "kmsMasterKeyId") === undefined || at(chosen, "sseAlgorithm") !== "AES256") return;
  throw new Refusal(
    "InvalidArgument",
    "a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse",
  );
}

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketEncryption.html. S3 does not look whether the key is there, as that
 * page says: the first object fails (`objects.ts`).
 */
const encryption = behaviour<
  s3.BucketServerSideEncryptionConfigurationArgs,
  s3.BucketServerSideEncryptionConfigurationState
>(encryptionToken, {
  references: { bucket: toBucket },
  id: ({ inputs }) => inputs.bucket,
  outputs: () => ({}),
  keys: () => [],
  refuses: ({ inputs }) => {
    for (const rule of inputs.rules) refuseKeyOfAnotherKind(rule);
  },
  seconds: quick,
});

/** What a lifecycle rule may do. */
const actions = [
  "abortIncompleteMultipartUpload",
  "expiration",
  "noncurrentVersionExpiration",
  "noncurrentVersionTransitions",
  "transitions",
] as const;

/** Classes that objects must be thirty days old for: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
const infrequent: readonly unknown[] = ["STANDARD_IA", "ONEZONE_IA"];

function daysOf(action: unknown): number | undefined {
  const days = at(action, "days");
  return typeof days === "number" ? days : undefined;
}

function filterOf(rule: unknown): string {
  return `(prefix=${text(at(rule, "filter.prefix")) ?? ""})`;
}

/** What is kept for infrequent access stays there for thirty days before it goes to an archive: https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
function refuseHaste(rule: unknown, transitions: readonly unknown[]): void {
  const first = transitions.find((one) => at(one, "storageClass") === "STANDARD_IA");
  const from = daysOf(first) ?? Infinity;
  const next = transitions.find(
    (one) =>
      /^(?:GLACIER|DEEP_ARCHIVE)/.test(text(at(one, "storageClass")) ?? "") &&
      (daysOf(one) ?? 0) >= from &&
      (daysOf(one) ?? 0) < from + 30,
  );
  if (next === undefined) return;
  throw new Refusal(
    "InvalidArgument",
    `'Days' in the 'Transition' action for StorageClass '${String(at(next, "storageClass"))}' for filter '${filterOf(rule)}' must be 30 days more than 'filter '${filterOf(rule)}'' in the 'Transition' action for StorageClass 'STANDARD_IA'`,
  );
}

const day = 24 * 60 * 60 * 1000;

function refuseDates(rule: unknown): void {
  const dates = [at(rule, "expiration"), ...list(at(rule, "transitions"))].flatMap(
    (one) => text(at(one, "date")) ?? [],
  );
  if (dates.every((date) => Date.parse(date) % day === 0)) return;
  throw new Refusal("InvalidArgument", "'Date' must be at midnight GMT");
}

function refuseTransitions(rule: unknown): void {
  const transitions = list(at(rule, "transitions"));
  const early = transitions.find(
    (one) => infrequent.includes(at(one, "storageClass")) && (daysOf(one) ?? 30) < 30,
  );
  if (early !== undefined) {
    throw new Refusal(
      "InvalidArgument",
      `'Days' in Transition action must be greater than or equal to 30 for storageClass '${String(at(early, "storageClass"))}'`,
    );
  }
  refuseHaste(rule, transitions);
  // None where objects end at a date, or only the marks of deleted ones do.
  const gone = daysOf(at(rule, "expiration")) ?? 0;
  if (gone === 0 || transitions.every((one) => (daysOf(one) ?? 0) < gone)) return;
  throw new Refusal(
    "InvalidArgument",
    `'Days' in the Expiration action for filter '${filterOf(rule)}' must be greater than 'Days' in the Transition action`,
  );
}

function refuseRules(rules: readonly unknown[]): void {
  const ids = rules.map((rule) => at(rule, "id"));
  if (new Set(ids).size < ids.length) {
    throw new Refusal("InvalidArgument", "Rule ID must be unique. Found same ID for more than one rule");
  }
  for (const rule of rules) {
    if (actions.every((action) => at(rule, action) === undefined)) {
      throw new Refusal("InvalidRequest", "At least one action needs to be specified in a rule");
    }
    refuseDates(rule);
    refuseTransitions(rule);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html */
const lifecycle = behaviour<s3.BucketLifecycleConfigurationArgs, s3.BucketLifecycleConfigurationState>(
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs }) => {
      refuseRules(inputs.rules ?? []);
    },
    // The provider waits until every part of S3 says the same.
    seconds: { create: 32, update: 32, delete: 10 },
  },
);

/** Logs stay in their region, and the code is S3's own spelling: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
function refuseFarTarget({ inputs, account }: Context<{ bucket: string; targetBucket: string }>): void {
  const regions = [inputs.bucket, inputs.targetBucket].map((name) => account.find(bucketToken, name)?.scope);
  if (regions[0] === regions[1]) return;
  throw new Refusal("CrossLocationLoggingProhibitted", "Cross S3 location logging not allowed. ");
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html */
const logging = behaviour<s3.BucketLoggingArgs, s3.BucketLoggingState>("aws:s3/bucketLogging:BucketLogging", {
  references: {
    bucket: toBucket,
    targetBucket: {
      ...toBucket,
      missing: {
        code: "InvalidTargetBucketForLogging",
        message: "The target bucket for logging does not exist",
      },
    },
  },
  id: ({ inputs }) => inputs.bucket,
  outputs: () => ({}),
  keys: () => [],
  refuses: refuseFarTarget,
  seconds: quick,
});

const corsMethods: readonly unknown[] = ["GET", "PUT", "HEAD", "POST", "DELETE"];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketCors.html */
const cors = behaviour<s3.BucketCorsConfigurationArgs, s3.BucketCorsConfigurationState>(
  "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs }) => {
      const methods = inputs.corsRules.flatMap((rule) => rule.allowedMethods);
      const other = methods.find((method) => !corsMethods.includes(method));
      if (other === undefined) return;
      throw new Refusal(
        "InvalidRequest",
        `Found unsupported HTTP method in CORS config. Unsupported method is ${other}`,
      );
    },
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketWebsite.html */
const website = behaviour<s3.BucketWebsiteConfigurationArgs, s3.BucketWebsiteConfigurationState>(
  "aws:s3/bucketWebsiteConfiguration:BucketWebsiteConfiguration",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: ({ inputs, account, region }) => {
      const domain = websiteDomainOf(account.find(bucketToken, inputs.bucket)?.scope ?? region);
      return { websiteDomain: domain, websiteEndpoint: `${inputs.bucket}.${domain}` };
    },
    keys: () => [],
    refuses: ({ inputs }) => {
      if (inputs.indexDocument?.suffix.includes("/") === true) {
        throw new Refusal("InvalidArgument", "The IndexDocument Suffix is not well formed");
      }
      if (inputs.indexDocument !== undefined || inputs.redirectAllRequestsTo !== undefined) return;
      throw new Refusal(
        "InvalidArgument",
        "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
      );
    },
    seconds: quick,
  },
);

/** What else is set on a bucket. */
export const bucketConfigurations: readonly AnyBehaviour[] = [encryption, lifecycle, logging, cors, website];
