import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EdgeKey } from "./edge-key.ts";
import { planFirewallRules, visibility } from "./firewall-rules.ts";
import type { FirewallRuleSettings } from "./firewall-rules.ts";

/** The one region in which a web ACL for CloudFront, and therefore its log, can live (AWS WAF developer guide). */
const edgeRegion = "us-east-1";

/** Request headers that carry credentials: the log shows that they were there, not what they were. */
const redactedHeaders = ["authorization", "cookie", "x-api-key"] as const;

/** Rules of the firewall and how long it remembers. */
export interface WebFirewallArgs extends FirewallRuleSettings {
  /** Days the log is kept. Ingestion costs about $0.50 per GB. */
  readonly logRetentionDays: number;
  /** Whether Pulumi refuses to delete the key, and CloudWatch the log. */
  readonly protect: boolean;
}

/**
 * A firewall for CloudFront that logs every request it judged, without credentials, encrypted with a key of its own. About
 * $5 a month, $1 per rule and $0.60 per million requests.
 */
export class WebFirewall extends pulumi.ComponentResource {
  public readonly webAclArn: pulumi.Output<string>;

  public constructor(name: string, args: WebFirewallArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:WebFirewall", name, args, opts);
    const child = { parent: this };

    const acl = new aws.wafv2.WebAcl(
      name,
      {
        region: edgeRegion,
        scope: "CLOUDFRONT",
        defaultAction: { allow: {} },
        rules: [...planFirewallRules(args)],
        visibilityConfig: visibility(name),
      },
      child,
    );

    const key = new EdgeKey(
      `${name}-key`,
      {
        description: "The log of the firewall in front of CloudFront",
        region: edgeRegion,
        usedBy: "logs",
        protect: args.protect,
      },
      child,
    );
    const log = new aws.cloudwatch.LogGroup(
      name,
      {
        region: edgeRegion,
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
        region: edgeRegion,
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
