import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What AWS tells of nodes that go, each by a short name (Karpenter, "Disruption", "Interruption"). */
const events = {
  "spot-interruption": { source: "aws.ec2", detail: "EC2 Spot Instance Interruption Warning" },
  rebalance: { source: "aws.ec2", detail: "EC2 Instance Rebalance Recommendation" },
  "state-change": { source: "aws.ec2", detail: "EC2 Instance State-change Notification" },
  "capacity-reservation": {
    source: "aws.ec2",
    detail: "EC2 Capacity Reservation Instance Interruption Warning",
  },
  health: { source: "aws.health", detail: "AWS Health Event" },
} as const;

/**
 * Where AWS says two minutes ahead that it takes a node back: Karpenter drains it in that time and starts another. Messages are
 * of no use after five minutes.
 */
export class InterruptionQueue extends pulumi.ComponentResource {
  public readonly queueName: pulumi.Output<string>;
  public readonly queueArn: pulumi.Output<string>;

  public constructor(
    name: string,
    { clusterName }: { readonly clusterName: string },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("platform:index:InterruptionQueue", name, { clusterName }, opts);
    const child = { parent: this };

    const queue = new aws.sqs.Queue(
      name,
      { name: `${clusterName}-interruptions`, messageRetentionSeconds: 300, sqsManagedSseEnabled: true },
      child,
    );
    const rules = Object.entries(events).map(([key, { source, detail }]) => {
      const rule = new aws.cloudwatch.EventRule(
        `${name}-${key}`,
        {
          description: `${detail}, for the nodes of ${clusterName}`,
          eventPattern: JSON.stringify({ source: [source], "detail-type": [detail] }),
        },
        child,
      );
      new aws.cloudwatch.EventTarget(`${name}-${key}`, { rule: rule.name, arn: queue.arn }, child);
      return rule;
    });
    new aws.sqs.QueuePolicy(
      name,
      {
        queueUrl: queue.url,
        policy: describePolicy(
          queue.arn,
          rules.map(({ arn }) => arn),
        ),
      },
      child,
    );

    this.queueName = queue.name;
    this.queueArn = queue.arn;
    this.registerOutputs({ queueName: this.queueName, queueArn: this.queueArn });
  }
}

/** Only these rules may send, and nobody may do anything without TLS. */
function describePolicy(
  queueArn: pulumi.Output<string>,
  ruleArns: readonly pulumi.Output<string>[],
): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LetRulesSend",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": ruleArns } },
      },
      {
        Sid: "DenyWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
