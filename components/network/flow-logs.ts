import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey } from "../encryption-key/encryption-key.ts";
import { trustService } from "../service-trust.ts";
import type { NetworkSettings } from "./settings.ts";

/**
 * Records the connections of a VPC in a log group of its own, encrypted with a key of its own. The role can write to that log
 * group only, and only the flow logs of this account can take it.
 */
export function recordFlows(
  name: string,
  vpcId: pulumi.Output<string>,
  settings: NetworkSettings["flowLogs"],
  opts: pulumi.CustomResourceOptions,
): void {
  if (settings.traffic === "none") return;

  const key = new EncryptionKey(
    `${name}-key`,
    { description: "Flow logs of the network", services: ["logs"], protect: settings.protect },
    opts,
  );
  const group = new aws.cloudwatch.LogGroup(
    name,
    {
      retentionInDays: settings.retentionDays,
      kmsKeyId: key.keyArn,
      deletionProtectionEnabled: settings.protect,
    },
    opts,
  );
  const role = new aws.iam.Role(
    `${name}-role`,
    { assumeRolePolicy: trustService("vpc-flow-logs.amazonaws.com", opts) },
    opts,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-role`,
    { role: role.id, policy: describeWriting(group.arn) },
    opts,
  );

  new aws.ec2.FlowLog(
    name,
    {
      vpcId,
      trafficType: settings.traffic,
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
    },
    // EC2 takes no second flow log of a VPC to the same log group, whatever traffic it logs.
    { ...opts, dependsOn: [policy], deleteBeforeReplace: true },
  );
}

/** Amazon VPC user guide, "IAM role for publishing flow logs to CloudWatch Logs", without the right to make log groups. */
function describeWriting(groupArn: pulumi.Output<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [groupArn, pulumi.interpolate`${groupArn}:*`],
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ],
  });
}
