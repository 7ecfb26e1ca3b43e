import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { planFirewallRules, visibility } from "./rules.ts";
import type { FirewallRuleSettings } from "./rules.ts";

/** A web ACL for CloudFront, and therefore its log, can live in one region only (AWS WAF developer guide). */
const places = {
  distribution: { scope: "CLOUDFRONT", place: { region: "us-east-1" } },
  loadBalancer: { scope: "REGIONAL", place: {} },
} as const;

/** Request headers that carry credentials: the log shows that they were there, not what they were. */
const redactedHeaders = ["authorization", "cookie", "x-api-key"] as const;

/** Rules of the firewall and how long it remembers. */
export interface WebFirewallArgs extends FirewallRuleSettings {
  /** What it stands in front of: a CloudFront distribution, or a load balancer in the provider's region. */
  readonly before: keyof typeof places;
  /** Days the log is kept. Ingestion costs about $0.50 per GB. */
  readonly logRetentionDays: number;
  /** Whether Pulumi refuses to delete the key, and CloudWatch the log. */
  readonly protect: boolean;
}

/**
 * A web firewall that logs every request it judged, without credentials, encrypted with a key of its own. About
 * $5 a month, $1 per rule and $0.60 per million requests.
 */
export class WebFirewall extends pulumi.ComponentResource {
  public readonly webAclArn: pulumi.Output<string>;

  public constructor(name: string, args: WebFirewallArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:WebFirewall", name, args, opts);
    const child = { parent: this };
    const { scope, place } = places[args.before];

    const acl = new aws.wafv2.WebAcl(
      name,
      {
        ...place,
        scope,
        defaultAction: { allow: {} },
        rules: [...planFirewallRules(args)],
        visibilityConfig: visibility(name),
      },
      child,
    );

    const key = new EncryptionKey(
      `${name}-key`,
      {
        ...place,
        description: "The log of the web firewall",
        services: ["logs"],
        protect: args.protect,
      },
      child,
    );
    const log = new aws.cloudwatch.LogGroup(
      name,
      {
        ...place,
        // WAF writes only to groups whose name begins like this.
        namePrefix: `aws-waf-logs-${name}-`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: key.keyArn,
        deletionProtectionEnabled: args.protect,
      },
      child,
    );
    new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        ...place,
        resourceArn: acl.arn,
        logDestinationConfigs: [log.arn],
        redactedFields: redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
      },
      child,
    );

    this.webAclArn = acl.arn;
    this.registerOutputs({ webAclArn: this.webAclArn });
  }
}
