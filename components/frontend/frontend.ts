import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { DomainBinding } from "../contracts.ts";
import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { WebFirewall } from "../web-firewall/web-firewall.ts";
import { AccessLogs } from "./access-logs.ts";
import { createDistribution, siteNames } from "./distribution.ts";
import { allowOnly, PrivateBucket } from "./private-bucket.ts";
import type { FrontendSettings } from "./settings.ts";

/** The site's settings and the domain it appears under. */
export interface FrontendArgs extends FrontendSettings {
  readonly domain: DomainBinding;
}

/**
 * A single-page application on S3 that the world reaches only over HTTPS, through CloudFront and its firewall. The bucket is
 * private and encrypted, every request is logged, and a replaced file can be brought back.
 */
export class Frontend extends pulumi.ComponentResource {
  /** Bucket a release is uploaded to. */
  public readonly bucketName: pulumi.Output<string>;
  /** Distribution whose pages a release invalidates. */
  public readonly distributionId: pulumi.Output<string>;
  /** Where the site is. */
  public readonly url: pulumi.Output<string>;

  public constructor(name: string, args: FrontendArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:index:Frontend", name, args, opts);
    const child = { parent: this };
    const { accountId } = pulumi.output(aws.getCallerIdentityOutput({}, child));
    const stored = {
      oldVersionRetentionDays: args.oldVersionRetentionDays,
      forceDestroy: args.forceDestroy,
      protect: args.protect,
    };

    const key = new EncryptionKey(
      `${name}-key`,
      { description: "The site's files", distributions: true, protect: args.protect },
      child,
    );
    const site = new PrivateBucket(`${name}-site`, { ...stored, keyArn: key.keyArn }, child);
    const firewall = new WebFirewall(
      `${name}-firewall`,
      { ...args.firewall, before: "distribution", protect: args.protect },
      child,
    );
    const distribution = createDistribution(name, { ...args, site, webAclArn: firewall.webAclArn }, child);

    allowOnly(
      `${name}-site`,
      site,
      [
        {
          service: "cloudfront.amazonaws.com",
          action: "s3:GetObject",
          keys: "*",
          condition: { StringEquals: { "aws:SourceArn": distribution.arn } },
        },
      ],
      child,
    );
    new AccessLogs(
      `${name}-logs`,
      {
        ...stored,
        expireDays: args.accessLogRetentionDays,
        accountId,
        site,
        distributionArn: distribution.arn,
      },
      child,
    );
    const names = siteNames(args.hosts, args.domain.zoneName);
    publishNames(name, names, args.domain.zoneId, distribution, child);

    this.bucketName = site.bucketName;
    this.distributionId = distribution.id;
    this.url = pulumi.interpolate`https://${names[0] ?? distribution.domainName}`;
    this.registerOutputs({
      bucketName: this.bucketName,
      distributionId: this.distributionId,
      url: this.url,
    });
  }
}

/** Points each name at the distribution, for IPv4 and IPv6. Alias records cost nothing. */
function publishNames(
  name: string,
  names: readonly string[],
  zoneId: pulumi.Input<string> | undefined,
  distribution: aws.cloudfront.Distribution,
  opts: pulumi.CustomResourceOptions,
): void {
  if (zoneId === undefined) return;
  const target = {
    name: distribution.domainName,
    zoneId: distribution.hostedZoneId,
    evaluateTargetHealth: false,
  };
  for (const host of names) {
    for (const type of ["A", "AAAA"]) {
      new aws.route53.Record(
        `${name}-${host}-${type.toLowerCase()}`,
        { zoneId, name: host, type, aliases: [target] },
        opts,
      );
    }
  }
}
