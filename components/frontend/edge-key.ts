import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { describeKeyPolicy } from "../encryption-key/key-policy.ts";
import type { KeyPolicy, KeyPolicyInput, KeyStatement } from "../encryption-key/key-policy.ts";

/** What a key at the edge encrypts, and where it lives. */
export interface EdgeKeyArgs {
  /** What the key encrypts; shown in the console beside the key. */
  readonly description: string;
  /** Who uses it: CloudFront for the site's files, or CloudWatch Logs for the firewall's log. */
  readonly usedBy: "cloudfront" | "logs";
  /**
   * Region of the key.
   * @default the provider's
   */
  readonly region?: string;
  /** Whether Pulumi refuses to delete the key. */
  readonly protect: boolean;
}

/**
 * CloudFront decrypts for the distributions of this account only. It names its distribution as the source of a request
 * (CloudFront developer guide, "SSE-KMS"); any distribution of the account, because the real one can only be made after the
 * bucket that this key encrypts. Which of them reads the bucket is said by the bucket's policy.
 */
function cloudFrontDecrypts({ accountId, partition }: KeyPolicyInput): KeyStatement {
  return {
    Sid: "CloudFrontDecrypts",
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action: "kms:Decrypt",
    Resource: "*",
    Condition: { ArnLike: { "aws:SourceArn": `arn:${partition}:cloudfront::${accountId}:distribution/*` } },
  };
}

/** The policy of a key at the edge: the account administers it, one service uses it. */
export function describeEdgeKeyPolicy(
  usedBy: EdgeKeyArgs["usedBy"],
  place: Pick<KeyPolicyInput, "accountId" | "partition" | "region">,
): KeyPolicy {
  const input = { ...place, services: usedBy === "logs" ? ["logs"] : [], roles: [] };
  const policy = describeKeyPolicy(input);
  return usedBy === "logs"
    ? policy
    : { ...policy, Statement: [...policy.Statement, cloudFrontDecrypts(input)] };
}

/** A customer managed key like any other of the platform, but in the region and for the service the edge asks for. */
export class EdgeKey extends pulumi.ComponentResource {
  public readonly keyArn: pulumi.Output<string>;

  public constructor(name: string, args: EdgeKeyArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:EdgeKey", name, args, opts);
    const child = { parent: this };
    const place = args.region === undefined ? {} : { region: args.region };

    const policy = pulumi
      .all([
        aws.getCallerIdentityOutput({}, child),
        aws.getPartitionOutput({}, child),
        aws.getRegionOutput({}, child),
      ])
      .apply(([{ accountId }, { partition }, { region }]) =>
        JSON.stringify(
          describeEdgeKeyPolicy(args.usedBy, { accountId, partition, region: args.region ?? region }),
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
      { ...child, protect: args.protect },
    );
    new aws.kms.Alias(name, { ...place, targetKeyId: key.keyId }, child);

    this.keyArn = key.arn;
    this.registerOutputs({ keyArn: this.keyArn });
  }
}
