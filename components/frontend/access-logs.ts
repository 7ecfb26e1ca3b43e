import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { allowOnly, PrivateBucket } from "./private-bucket.ts";
import type { PrivateBucketArgs } from "./private-bucket.ts";

/** CloudFront's logs are configured in this region, wherever the bucket is (CloudFront developer guide, "Standard logging (v2)"). */
const logDeliveryRegion = "us-east-1";

/** Who reads what from where, and how long this is kept. */
export interface AccessLogsArgs extends Omit<PrivateBucketArgs, "keyArn"> {
  /** Account the logs come from: the platform's own. */
  readonly accountId: pulumi.Input<string>;
  /** The site's bucket, whose requests are logged under `s3/`. */
  readonly site: PrivateBucket;
  /** ARN of the distribution, whose requests are logged under `AWSLogs/`. */
  readonly distributionArn: pulumi.Input<string>;
}

/**
 * Keeps a record of every request to the distribution and to the site's bucket in a bucket of their own. CloudFront's
 * newer log delivery (v2) is used, which needs no ACLs, so that this bucket is as closed as any other.
 */
export class AccessLogs extends pulumi.ComponentResource {
  public readonly bucketName: pulumi.Output<string>;

  public constructor(name: string, args: AccessLogsArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:AccessLogs", name, {}, opts);
    const child = { parent: this };

    const logs = new PrivateBucket(
      name,
      {
        oldVersionRetentionDays: args.oldVersionRetentionDays,
        forceDestroy: args.forceDestroy,
        protect: args.protect,
        ...(args.expireDays === undefined ? {} : { expireDays: args.expireDays }),
      },
      child,
    );
    const writable = allowOnly(name, logs, logWriters(args), child);
    const delivered = { ...child, dependsOn: writable };

    new aws.s3.BucketLogging(
      name,
      {
        bucket: args.site.bucketName,
        targetBucket: logs.bucketName,
        targetPrefix: "s3/",
        targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
      },
      delivered,
    );
    deliverDistributionLogs(name, args.distributionArn, logs, delivered);

    this.bucketName = logs.bucketName;
    this.registerOutputs({ bucketName: this.bucketName });
  }
}

/** The two services that write logs, each for this account's resources only. */
function logWriters({ accountId, site }: AccessLogsArgs): Parameters<typeof allowOnly>[2] {
  return [
    {
      service: "logging.s3.amazonaws.com",
      action: "s3:PutObject",
      keys: "s3/*",
      condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": site.bucketArn },
      },
    },
    {
      service: "delivery.logs.amazonaws.com",
      action: "s3:PutObject",
      keys: pulumi.interpolate`AWSLogs/${accountId}/*`,
      condition: {
        StringEquals: {
          "aws:SourceAccount": accountId,
          "s3:x-amz-acl": "bucket-owner-full-control",
        },
        ArnLike: {
          "aws:SourceArn": pulumi.interpolate`arn:aws:logs:${logDeliveryRegion}:${accountId}:delivery-source:*`,
        },
      },
    },
  ];
}

function deliverDistributionLogs(
  name: string,
  distributionArn: pulumi.Input<string>,
  logs: PrivateBucket,
  opts: pulumi.CustomResourceOptions,
): void {
  const region = logDeliveryRegion;
  const source = new aws.cloudwatch.LogDeliverySource(
    name,
    { region, logType: "ACCESS_LOGS", resourceArn: distributionArn },
    opts,
  );
  const destination = new aws.cloudwatch.LogDeliveryDestination(
    name,
    {
      region,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: logs.bucketArn },
    },
    opts,
  );
  new aws.cloudwatch.LogDelivery(
    name,
    {
      region,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      s3DeliveryConfigurations: [
        { enableHiveCompatiblePath: false, suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}/{HH}" },
      ],
    },
    opts,
  );
}
