import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const queueToken = "aws:sqs/queue:Queue";

describe("a simulated queue", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const queue = (name: string, inputs: Properties = {}): Settled =>
    world.make(queueToken, name, { name, ...inputs });

  it("goes by its address", () => {
    const { id, state } = queue("jobs");
    expect(id).to.equal("https://sqs.eu-west-1.amazonaws.com/123456789012/jobs");
    expect(state).to.include({
      arn: "arn:aws:sqs:eu-west-1:123456789012:jobs",
      url: id,
      sqsManagedSseEnabled: true,
    });
  });

  it("refuses a name that does not say whether it is FIFO", () => {
    expect(refusalOf(() => queue("jobs", { fifoQueue: true }))).to.match(
      /^InvalidParameterValue: The name of a FIFO queue /,
    );
    expect(refusalOf(() => queue("jobs.fifo"))).to.match(/^InvalidParameterValue: Can only include /);
    expect(queue("jobs.fifo", { fifoQueue: true }).state.deduplicationScope).to.equal("queue");
  });

  it("refuses a name that is no name", () => {
    const message =
      "InvalidParameterValue: Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
    expect(refusalOf(() => queue("two words"))).to.equal(message);
    expect(refusalOf(() => queue("a".repeat(81)))).to.equal(message);
  });

  it("is made twice only if it is the same", () => {
    queue("jobs", { visibilityTimeoutSeconds: 60 });
    const twin = (visibilityTimeoutSeconds: number): Settled =>
      world.make(queueToken, "twin", { name: "jobs", visibilityTimeoutSeconds });
    expect(refusalOf(() => twin(30))).to.equal(
      "QueueAlreadyExists: A queue already exists with the same name and a different value for attribute VisibilityTimeout",
    );
    expect(twin(60).state.name).to.equal("jobs");
  });

  it("sends what fails to a queue of its kind that exists", () => {
    const failing = (name: string): Settled =>
      queue("jobs", {
        redrivePolicy: JSON.stringify({
          deadLetterTargetArn: `arn:aws:sqs:eu-west-1:123456789012:${name}`,
          maxReceiveCount: 5,
        }),
      });
    expect(refusalOf(() => failing("dead"))).to.match(/Reason: Dead letter target does not exist\.$/);
    queue("dead.fifo", { fifoQueue: true });
    expect(refusalOf(() => failing("dead.fifo"))).to.match(
      /Reason: Dead-letter queue must be same type of queue as the source\.$/,
    );
    queue("dead");
    expect(failing("dead").state.name).to.equal("jobs");
  });

  it("is told who may send, if they exist", () => {
    const policy = (queueUrl: string, principal: unknown): Settled =>
      world.make("aws:sqs/queuePolicy:QueuePolicy", "jobs", {
        queueUrl,
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: principal, Action: "sqs:SendMessage", Resource: "*" }],
        }),
      });
    const service = { Service: "sns.amazonaws.com" };
    expect(
      refusalOf(() => policy("https://sqs.eu-west-1.amazonaws.com/123456789012/none", service)),
    ).to.equal("AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
    const { id } = queue("jobs");
    expect(policy(id, service).id).to.equal(id);
    expect(refusalOf(() => policy(id, { AWS: "arn:aws:iam::123456789012:role/nobody" }))).to.equal(
      "InvalidAttributeValue: Invalid value for the parameter Policy.",
    );
  });
});
