import { expect } from "chai";
import type { Settled } from "../../../sandbox/model.ts";
import { World, refusalOf, trustOf } from "./world.ts";

describe("a bucket's notifications", () => {
  const token = "aws:s3/bucketNotification:BucketNotification";

  it("wait for the function's permission", () => {
    const world = new World();
    const bucket = world.make("aws:s3/bucket:Bucket", "in", { bucket: "orders-in" });
    const made = world.make("aws:lambda/function:Function", "fn", {
      name: "fn",
      role: world.role("fn", { assumeRolePolicy: trustOf({ Service: "lambda.amazonaws.com" }) }).state.arn,
      runtime: "python3.13",
      handler: "main.handler",
      s3Bucket: "code",
      s3Key: "fn.zip",
    });
    const lambdaFunctions = [{ lambdaFunctionArn: made.state.arn, events: ["s3:ObjectCreated:*"] }];
    const notify = (): Settled => world.make(token, "told", { bucket: bucket.id, lambdaFunctions });
    expect(refusalOf(notify)).to.equal(
      "InvalidArgument: Unable to validate the following destination configurations",
    );
    world.make("aws:lambda/permission:Permission", "may", {
      function: "fn",
      action: "lambda:InvokeFunction",
      principal: "s3.amazonaws.com",
      sourceArn: bucket.state.arn,
    });
    expect(notify().id).to.equal("orders-in");
  });

  it("go to another account, whose policies nobody sees", () => {
    const world = new World();
    const bucket = world.make("aws:s3/bucket:Bucket", "in", { bucket: "orders-in" });
    const queues = [{ queueArn: "arn:aws:sqs:eu-west-1:210987654321:jobs", events: ["s3:ObjectCreated:*"] }];
    expect(world.make(token, "told", { bucket: bucket.id, queues }).id).to.equal("orders-in");
  });

  it("wait for the queue's policy", () => {
    const world = new World();
    const bucket = world.make("aws:s3/bucket:Bucket", "in", { bucket: "orders-in" });
    const queue = world.make("aws:sqs/queue:Queue", "jobs", { name: "jobs" });
    const queues = [{ queueArn: queue.state.arn, events: ["s3:ObjectCreated:*"] }];
    const notify = (): Settled => world.make(token, "told", { bucket: bucket.id, queues });
    expect(refusalOf(notify)).to.match(/^InvalidArgument: /);
    world.make("aws:sqs/queuePolicy:QueuePolicy", "may", {
      queueUrl: queue.id,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { Service: "s3.amazonaws.com" },
            Action: "sqs:SendMessage",
            Resource: "*",
          },
        ],
      }),
    });
    expect(notify().id).to.equal("orders-in");
  });
});
