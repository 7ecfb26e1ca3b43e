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

  const fifo = { fifoQueue: true, name: "jobs.fifo" } as const;
  const refused: readonly (readonly [what: string, inputs: Properties, message: string])[] = [
    [
      "to tell messages of a standard queue apart by content",
      { contentBasedDeduplication: true },
      "InvalidParameter: content-based deduplication can only be set for FIFO queue",
    ],
    [
      "a scope for a standard queue",
      { deduplicationScope: "queue" },
      "InvalidAttributeName: You can specify the DeduplicationScope only when FifoQueue is set to true.",
    ],
    [
      "a throughput for a standard queue",
      { fifoThroughputLimit: "perQueue" },
      "InvalidAttributeName: You can specify the FifoThroughputLimit only when FifoQueue is set to true.",
    ],
    [
      "a policy of nobody",
      { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }] }) },
      "InvalidAttributeValue: Invalid value for the parameter Policy.",
    ],
  ];
  for (const [what, inputs, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => queue("jobs", inputs))).to.equal(message);
    });
  }

  it("takes high throughput of a FIFO queue", () => {
    const throughput = { deduplicationScope: "messageGroup", fifoThroughputLimit: "perMessageGroupId" };
    const made = queue("jobs.fifo", { ...fifo, ...throughput, contentBasedDeduplication: true });
    expect(made.state).to.include(throughput);
  });

  it("gives a message up after one to a thousand attempts", () => {
    const deadLetterTargetArn = queue("dead").state.arn;
    const failing = (maxReceiveCount: number): Settled =>
      queue("jobs", { redrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) });
    expect(refusalOf(() => failing(0))).to.match(
      /Reason: Invalid value for maxReceiveCount: 0, valid values are from 1 to 1000 both inclusive\.$/,
    );
    expect(failing(1000).state.name).to.equal("jobs");
  });

  it("has a policy of seven actions and 8 KB at most", () => {
    const allowing = (statement: Properties): Settled =>
      queue("jobs", {
        policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: "*", Action: "sqs:*", Resource: "*", ...statement }],
        }),
      });
    const actions = ["Send", "Receive", "Delete"].map((verb) => `sqs:${verb}Message`);
    const more = ["GetQueueUrl", "GetQueueAttributes", "PurgeQueue", "ChangeMessageVisibility"];
    const seven = [...actions, ...more.map((name) => `sqs:${name}`)];
    expect(refusalOf(() => allowing({ Action: [...seven, "sqs:ListQueueTags"] }))).to.equal(
      "OverLimit: 8 Actions were found, maximum allowed is 7.",
    );
    const sources = Array.from({ length: 400 }, (_, index) => `arn:aws:s3:::bucket-${index}`);
    expect(refusalOf(() => allowing({ Condition: { ArnEquals: { "aws:SourceArn": sources } } }))).to.equal(
      "OverLimit: Submitted policy is over max allowed size.",
    );
    expect(allowing({ Action: seven }).state.name).to.equal("jobs");
  });
});
