import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { describeKeyPolicy } from "./key-policy.ts";

export interface EncryptionKeyArgs {
  /** What the key encrypts; shown in the console beside the key. */
  readonly description: string;
  /**
   * AWS services that use the key in their own name for this account, without `.amazonaws.com`: `logs`, `sns`,
   * `cloudwatch`, `delivery.logs`. Services that act for a caller (RDS, ElastiCache, EBS, S3, Secrets Manager) need no entry.
   * @default none
   */
  readonly services?: readonly string[];
  /**
   * ARNs of roles that use the key in their own name and may pass that right to AWS services, such as the service-linked
   * role of Auto Scaling for encrypted volumes.
   * @default none
   */
  readonly roles?: readonly pulumi.Input<string>[];
  /**
   * Whether CloudFront decrypts with it for the distributions of this account.
   * @default false
   */
  readonly distributions?: boolean;
  /**
   * Region of the key.
   * @default the provider's
   */
  readonly region?: string;
  /**
   * Whether Pulumi refuses to delete the key. What a lost key encrypted is lost with it.
   * @default false
   */
  readonly protect?: boolean;
}

/**
 * A customer managed key that rotates every year, can be used by nobody outside this account, and can be brought back for
 * thirty days after it was deleted. Roughly $1 a month (AWS KMS pricing).
 */
export class EncryptionKey extends pulumi.ComponentResource {
  public readonly keyArn: pulumi.Output<string>;
  public readonly keyId: pulumi.Output<string>;

  public constructor(name: string, args: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:index:EncryptionKey", name, args, opts);
    const child = { parent: this };
    const place = args.region === undefined ? {} : { region: args.region };

    const policy = pulumi
      .all([
        aws.getCallerIdentityOutput({}, child),
        aws.getPartitionOutput({}, child),
        aws.getRegionOutput({}, child),
        pulumi.all([...(args.roles ?? [])]),
      ])
      .apply(([{ accountId }, { partition }, { region }, roles]) =>
        JSON.stringify(
          describeKeyPolicy({
            accountId,
            partition,
            region: args.region ?? region,
            services: args.services ?? [],
            roles,
            distributions: args.distributions ?? false,
          }),
        ),
      );

    const key = new aws.kms.Key(
      name,
      {
        ...place,
        description: args.description,
        policy,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
      },
      { ...child, protect: args.protect ?? false },
    );
    new aws.kms.Alias(name, { ...place, targetKeyId: key.keyId }, child);

    this.keyArn = key.arn;
    this.keyId = key.keyId;
    this.registerOutputs({ keyArn: this.keyArn, keyId: this.keyId });
  }
}
