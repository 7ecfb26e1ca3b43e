import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a private bucket is for, and how long it keeps what. */
export interface PrivateBucketArgs {
  /**
   * ARN of the KMS key new objects are encrypted with.
   * @default S3's own keys (AES-256), the only kind S3 server access logs can be delivered to
   */
  readonly keyArn?: pulumi.Input<string>;
  /**
   * Days after which objects are deleted.
   * @default never
   */
  readonly expireDays?: number;
  /** Days a replaced or deleted object can still be brought back. */
  readonly oldVersionRetentionDays: number;
  /** Whether deleting the bucket deletes its content too. */
  readonly forceDestroy: boolean;
  /** Whether Pulumi refuses to delete the bucket. */
  readonly protect: boolean;
}

/**
 * A bucket nobody outside the account can be given access to: public access blocked in all four ways, no ACLs, encrypted,
 * versioned, and nothing kept longer than asked. Who may do what is {@link allowOnly}'s part.
 */
export class PrivateBucket extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;
  public readonly bucketArn: pulumi.Output<string>;
  /** Host name of the bucket in its region, for origins. */
  public readonly domainName: pulumi.Output<string>;

  public constructor(name: string, args: PrivateBucketArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:PrivateBucket", name, args, opts);
    const child = { parent: this };

    const bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: args.forceDestroy },
      { ...child, protect: args.protect },
    );
    const bucketName = bucket.bucket;

    const closed = new aws.s3.BucketPublicAccessBlock(
      name,
      {
        bucket: bucketName,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    // S3 refuses two changes of a bucket's access settings at once (OperationAborted), hence one after the other.
    new aws.s3.BucketOwnershipControls(
      name,
      { bucket: bucketName, rule: { objectOwnership: "BucketOwnerEnforced" } },
      { ...child, dependsOn: closed },
    );
    new aws.s3.BucketServerSideEncryptionConfiguration(
      name,
      { bucket: bucketName, rules: [encryptionRule(args.keyArn)] },
      child,
    );
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket: bucketName, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    new aws.s3.BucketLifecycleConfiguration(
      name,
      { bucket: bucketName, rules: lifecycleRules(args) },
      { ...child, dependsOn: versioning },
    );

    this.bucketName = bucketName;
    this.bucketArn = bucket.arn;
    this.domainName = bucket.bucketRegionalDomainName;
    this.registerOutputs({
      bucketName: this.bucketName,
      bucketArn: this.bucketArn,
      domainName: this.domainName,
    });
  }
}

function encryptionRule(
  keyArn: pulumi.Input<string> | undefined,
): aws.types.input.s3.BucketServerSideEncryptionConfigurationRule {
  return keyArn === undefined
    ? { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }
    : // A bucket key saves nearly all of the calls to KMS, which are paid for one by one.
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
        bucketKeyEnabled: true,
      };
}

/** What a bucket deletes by itself: uploads never finished, old versions, and whole objects where asked. */
export function lifecycleRules(
  args: Pick<PrivateBucketArgs, "expireDays" | "oldVersionRetentionDays">,
): aws.types.input.s3.BucketLifecycleConfigurationRule[] {
  const cleanUp = {
    id: "clean-up",
    status: "Enabled",
    filter: {},
    abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
    noncurrentVersionExpiration: { noncurrentDays: args.oldVersionRetentionDays },
  };
  return args.expireDays === undefined
    ? [cleanUp]
    : [cleanUp, { id: "expire", status: "Enabled", filter: {}, expiration: { days: args.expireDays } }];
}

/** One statement of a bucket's policy, without the resource's ARN spelt out. */
export interface BucketGrant {
  /** Service that may act, such as `cloudfront.amazonaws.com`. */
  readonly service: string;
  readonly action: string;
  /** Objects it may act on: a key prefix ending in `*`. */
  readonly keys: pulumi.Input<string>;
  /** Under which conditions, as in IAM. Every grant names its source, or any account could act through the service. */
  readonly condition: Readonly<Record<string, Readonly<Record<string, pulumi.Input<string>>>>>;
}

/** Oldest TLS a request may come by (Amazon S3 user guide, "Amazon S3 policy condition keys", `s3:TlsVersion`). */
const oldestTls = "1.2";

/** Lets the given services act on a bucket over TLS 1.2 or newer, and nobody else from outside the account. */
export function allowOnly(
  name: string,
  bucket: PrivateBucket,
  grants: readonly BucketGrant[],
  opts: pulumi.CustomResourceOptions,
): aws.s3.BucketPolicy {
  const objects = (keys: pulumi.Input<string>): pulumi.Output<string> =>
    pulumi.interpolate`${bucket.bucketArn}/${keys}`;
  const refused = Object.entries({
    RefuseUnencryptedTransport: { Bool: { "aws:SecureTransport": "false" } },
    RefuseOldTls: { NumericLessThan: { "s3:TlsVersion": oldestTls } },
  }).map(([Sid, Condition]) => ({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket.bucketArn, objects("*")],
    Condition,
  }));
  const allowed = grants.map(({ service, action, keys, condition }) => ({
    Effect: "Allow",
    Principal: { Service: service },
    Action: action,
    Resource: objects(keys),
    Condition: condition,
  }));

  return new aws.s3.BucketPolicy(
    name,
    {
      bucket: bucket.bucketName,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [...refused, ...allowed] }),
    },
    // The component stands for all its children: the public access block is in place before any policy is.
    { ...opts, dependsOn: bucket },
  );
}
