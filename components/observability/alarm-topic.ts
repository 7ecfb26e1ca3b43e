import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EncryptionKey } from "../encryption-key/encryption-key.ts";

/** Who is told. */
export interface AlarmTopicArgs {
  /** Addresses that get every message once they have confirmed. */
  readonly emails: readonly string[];
  /** Whether Pulumi refuses to delete the key. */
  readonly protect: boolean;
}

/**
 * The one place all alarms go to: an SNS topic encrypted with a key of its own that CloudWatch may use, and that takes
 * messages over TLS only.
 */
export class AlarmTopic extends pulumi.ComponentResource {
  public readonly topicArn: pulumi.Output<string>;
  /** Key the topic is encrypted with: whoever publishes needs it. */
  public readonly keyArn: pulumi.Output<string>;

  public constructor(name: string, args: AlarmTopicArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:AlarmTopic", name, args, opts);
    const child = { parent: this };
    const { accountId } = pulumi.output(aws.getCallerIdentityOutput({}, child));

    const key = new EncryptionKey(
      `${name}-key`,
      { description: "Messages about alarms", services: ["cloudwatch"], protect: args.protect },
      child,
    );
    const topic = new aws.sns.Topic(name, { kmsMasterKeyId: key.keyArn, signatureVersion: 2 }, child);
    new aws.sns.TopicPolicy(
      name,
      { arn: topic.arn, policy: pulumi.jsonStringify(describeTopicPolicy(topic.arn, accountId)) },
      child,
    );
    for (const email of args.emails) {
      new aws.sns.TopicSubscription(
        `${name}-${email}`,
        { topic: topic.arn, protocol: "email", endpoint: email },
        child,
      );
    }

    this.topicArn = topic.arn;
    this.keyArn = key.keyArn;
    this.registerOutputs({ topicArn: this.topicArn, keyArn: this.keyArn });
  }
}

/** CloudWatch alarms of this account may publish; nobody may without TLS. Roles of the account get the right by IAM. */
function describeTopicPolicy(
  topicArn: pulumi.Input<string>,
  accountId: pulumi.Input<string>,
): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "RefuseUnencryptedTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topicArn,
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ],
  };
}
