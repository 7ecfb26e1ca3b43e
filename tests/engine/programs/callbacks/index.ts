import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const schedule = config.get("schedule") ?? "rate(5 minutes)";
const retentionInDays = config.getNumber("retentionInDays") ?? 7;

const bucket = new aws.s3.Bucket("inbox", { forceDestroy: true });
const topic = new aws.sns.Topic("news");
const queue = new aws.sqs.Queue("jobs", { visibilityTimeoutSeconds: 200 });
const logs = new aws.cloudwatch.LogGroup("audit", { retentionInDays });

const role = new aws.iam.Role("handler", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal(aws.iam.Principals.LambdaPrincipal),
});
// Nothing waits for the right that the queue's reader needs.
const policies = ["AWSLambdaBasicExecutionRole", "AWSLambdaSQSQueueExecutionRole"].map((name) =>
  aws.iam.getPolicyOutput({ name }),
);
policies.forEach(
  ({ arn }, index) => new aws.iam.RolePolicyAttachment(`handler-${String(index)}`, { role, policyArn: arn }),
);

const handler = new aws.lambda.CallbackFunction<unknown, void>("handler", {
  role,
  callback: (event) => {
    console.log(bucket.id.get(), JSON.stringify(event));
    return Promise.resolve();
  },
});

bucket.onObjectCreated("arrived", handler, { filterPrefix: "in/" });
topic.onEvent("told", handler);
queue.onEvent("asked", handler);
logs.onEvent("logged", handler);
aws.cloudwatch.onSchedule("often", schedule, handler);

export const functionName = handler.name;
