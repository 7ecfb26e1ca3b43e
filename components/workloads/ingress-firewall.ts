import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { planFirewallRules, visibility } from "../frontend/firewall-rules.ts";

/** Request headers that carry credentials: the log shows that they were there, not what they were. */
const redactedHeaders = ["authorization", "cookie", "x-api-key"];

/** What decides how strict the firewall is. */
export interface IngressFirewallArgs {
  /** Requests one address may make in five minutes. */
  readonly requestsPerFiveMinutes: number;
  /** Days its log is kept. */
  readonly logRetentionDays: number;
}

/**
 * A web firewall for the load balancer of the services, with the rules of the one in front of CloudFront, and a log of what
 * it judged without credentials. About $5 a month, $1 per rule and $0.60 per million requests.
 */
export class IngressFirewall extends pulumi.ComponentResource {
  public readonly webAclArn: pulumi.Output<string>;

  public constructor(name: string, args: IngressFirewallArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:IngressFirewall", name, args, opts);
    const child = { parent: this };

    const acl = new aws.wafv2.WebAcl(
      name,
      {
        scope: "REGIONAL",
        defaultAction: { allow: {} },
        rules: [
          ...planFirewallRules({
            mode: "block",
            requestsPerFiveMinutes: args.requestsPerFiveMinutes,
            optionalRuleGroups: [],
            blockedCountries: [],
          }),
        ],
        visibilityConfig: visibility(name),
      },
      child,
    );
    const key = new EncryptionKey(
      `${name}-key`,
      { description: "Log of the web firewall in front of the services", services: ["logs"] },
      child,
    );
    const log = new aws.cloudwatch.LogGroup(
      `${name}-log`,
      // WAF writes only to groups whose name begins like this.
      { namePrefix: `aws-waf-logs-${name}-`, retentionInDays: args.logRetentionDays, kmsKeyId: key.keyArn },
      child,
    );
    new aws.wafv2.WebAclLoggingConfiguration(
      `${name}-logging`,
      {
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
