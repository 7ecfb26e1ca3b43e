import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const timeout = config.getNumber("timeout") ?? 30;
const batchSize = config.getNumber("batchSize") ?? 10;

const trust = (service: string): string =>
  JSON.stringify(aws.iam.assumeRolePolicyForPrincipal({ Service: service }));

// Objects: each new one is told to a topic, which a queue reads.
const bucket = new aws.s3.Bucket("uploads", { forceDestroy: true });
const topic = new aws.sns.Topic("uploaded");
const topicPolicy = new aws.sns.TopicPolicy("uploaded", {
  arn: topic.arn,
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "s3.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic.arn,
        Condition: { ArnEquals: { "aws:SourceArn": bucket.arn } },
      },
    ],
  },
});
new aws.s3.BucketNotification(
  "uploads",
  { bucket: bucket.id, topics: [{ topicArn: topic.arn, events: ["s3:ObjectCreated:*"] }] },
  { dependsOn: [topicPolicy] },
);

const failed = new aws.sqs.Queue("failed");
const queue = new aws.sqs.Queue("work", {
  visibilityTimeoutSeconds: 60,
  redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: failed.arn, maxReceiveCount: 3 }),
});
new aws.sqs.QueuePolicy("work", {
  queueUrl: queue.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: { ArnEquals: { "aws:SourceArn": topic.arn } },
      },
    ],
  }),
});
new aws.sns.TopicSubscription("work", { topic: topic.arn, protocol: "sqs", endpoint: queue.arn });

// One function handles messages of the queue and changes of the table.
const table = new aws.dynamodb.Table("orders", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  billingMode: "PAY_PER_REQUEST",
  streamEnabled: true,
  streamViewType: "NEW_IMAGE",
});

const role = new aws.iam.Role("worker", { assumeRolePolicy: trust("lambda.amazonaws.com") });
const permissions = [
  aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole,
  aws.iam.ManagedPolicy.AWSLambdaSQSQueueExecutionRole,
  aws.iam.ManagedPolicy.AWSLambdaDynamoDBExecutionRole,
].map(
  (policyArn, index) =>
    new aws.iam.RolePolicyAttachment(`worker-${String(index)}`, { role: role.name, policyArn }),
);
const worker = new aws.lambda.Function(
  "worker",
  {
    role: role.arn,
    runtime: "nodejs22.x",
    handler: "index.handler",
    timeout,
    code: new pulumi.asset.AssetArchive({
      "index.js": new pulumi.asset.StringAsset("exports.handler = async () => {};"),
    }),
  },
  { dependsOn: permissions },
);
new aws.lambda.EventSourceMapping("messages", {
  eventSourceArn: queue.arn,
  functionName: worker.arn,
  batchSize,
});
new aws.lambda.EventSourceMapping("changes", {
  eventSourceArn: table.streamArn,
  functionName: worker.arn,
  startingPosition: "LATEST",
});

// A rule starts a workflow.
const flowRole = new aws.iam.Role("flow", { assumeRolePolicy: trust("states.amazonaws.com") });
const flow = new aws.sfn.StateMachine("flow", {
  roleArn: flowRole.arn,
  definition: pulumi.jsonStringify({ StartAt: "Done", States: { Done: { Type: "Succeed" } } }),
});
const ruleRole = new aws.iam.Role("rule", { assumeRolePolicy: trust("events.amazonaws.com") });
new aws.iam.RolePolicy("rule", {
  role: ruleRole.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "states:StartExecution", Resource: flow.arn }],
  }),
});
const nightly = new aws.cloudwatch.EventRule("nightly", { scheduleExpression: "cron(0 3 * * ? *)" });
new aws.cloudwatch.EventTarget("nightly", { rule: nightly.name, arn: flow.arn, roleArn: ruleRole.arn });

// Records go to the archive.
const stream = new aws.kinesis.Stream("records", { shardCount: 1 });
const deliveryRole = new aws.iam.Role("delivery", { assumeRolePolicy: trust("firehose.amazonaws.com") });
const deliveryPolicy = new aws.iam.RolePolicy("delivery", {
  role: deliveryRole.id,
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kinesis:DescribeStream", "kinesis:GetShardIterator", "kinesis:GetRecords"],
        Resource: stream.arn,
      },
      {
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:GetBucketLocation", "s3:ListBucket", "s3:AbortMultipartUpload"],
        Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
      },
    ],
  }),
});
new aws.kinesis.FirehoseDeliveryStream(
  "archive",
  {
    destination: "extended_s3",
    kinesisSourceConfiguration: { kinesisStreamArn: stream.arn, roleArn: deliveryRole.arn },
    extendedS3Configuration: { roleArn: deliveryRole.arn, bucketArn: bucket.arn, prefix: "records/" },
  },
  { dependsOn: [deliveryPolicy] },
);

export const queueUrl = queue.url;
export const stateMachine = flow.arn;
