import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * The trust policy of a role that one AWS service takes, and only on behalf of this account (IAM user guide, "The confused
 * deputy problem"). `service` is its principal, such as `vpc-flow-logs.amazonaws.com`.
 */
export function trustService(service: string, opts: pulumi.InvokeOptions): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: service },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": aws.getCallerIdentityOutput({}, opts).accountId } },
      },
    ],
  });
}
