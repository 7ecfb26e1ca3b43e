import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { allow, refusalOf } from "../world.ts";
import { Functions } from "./functions-world.ts";

const mappingToken = "aws:lambda/eventSourceMapping:EventSourceMapping";

/** A function that may read everything. */
class Readers extends Functions {
  public readonly fn = this.function();
  public readonly rights = this.make("aws:iam/rolePolicy:RolePolicy", "read", {
    role: this.worker.id,
    policy: allow("*"),
  });

  public reads(eventSourceArn: unknown, inputs: Properties = {}, name = "jobs"): Settled {
    return this.make(mappingToken, name, { functionName: "hello", eventSourceArn, ...inputs });
  }

  public stream(): unknown {
    return this.make("aws:dynamodb/table:Table", "orders", {
      ...{ name: "orders", hashKey: "id", attributes: [{ name: "id", type: "S" }] },
      ...{ billingMode: "PAY_PER_REQUEST", streamEnabled: true, streamViewType: "NEW_IMAGE" },
    }).state.streamArn;
  }
}

describe("what a function reads", () => {
  const here = "eu-west-1:123456789012";
  const lost: readonly (readonly [arn: string, message: string])[] = [
    [
      `arn:aws:sqs:${here}:none`,
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    ],
    [`arn:aws:kinesis:${here}:stream/none`, `Stream not found: arn:aws:kinesis:${here}:stream/none`],
    [
      `arn:aws:dynamodb:${here}:table/none/stream/now`,
      `Stream not found: arn:aws:dynamodb:${here}:table/none/stream/now`,
    ],
    [`arn:aws:sns:${here}:alarms`, "Unrecognized event source."],
  ];
  for (const [arn, message] of lost) {
    it(`is not ${arn}`, () => {
      expect(refusalOf(() => new Readers().reads(arn, { startingPosition: "LATEST" }))).to.equal(
        `InvalidParameterValueException: ${message}`,
      );
    });
  }

  it("may be the stream of a table's replica", () => {
    const world = new Readers();
    const replica = String(world.stream()).replace("eu-west-1", "eu-central-1");
    expect(world.reads(replica, { startingPosition: "LATEST" }).state.eventSourceArn).to.equal(replica);
  });

  it("may be another account's", () => {
    const theirs = "arn:aws:sqs:eu-west-1:999999999999:jobs";
    expect(new Readers().reads(theirs).state.state).to.equal("Enabled");
  });

  it("is read once, in the words of its kind", () => {
    const world = new Readers();
    const queue = world.queue().state.arn;
    const first = world.reads(queue);
    expect(refusalOf(() => world.reads(queue, {}, "twin"))).to.equal(
      `ResourceConflictException: An event source mapping with SQS arn (" arn:aws:sqs:${here}:jobs ") and function (" hello ") already exists. Please update or delete the existing mapping with UUID ${first.id}`,
    );
    const stream = world.stream();
    const latest = { startingPosition: "LATEST" };
    const second = world.reads(stream, latest, "stream");
    expect(refusalOf(() => world.reads(stream, latest, "twin"))).to.equal(
      `ResourceConflictException: The event source arn (" ${String(stream)} ") and function (" hello ") provided mapping already exists. Please update or delete the existing mapping with UUID ${second.id}`,
    );
  });

  it("waits for a large batch of a queue, and for none of a FIFO queue", () => {
    const world = new Readers();
    const queue = world.queue().state.arn;
    expect(refusalOf(() => world.reads(queue, { batchSize: 11 }))).to.equal(
      "InvalidParameterValueException: Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
    expect(world.reads(queue, { batchSize: 11, maximumBatchingWindowInSeconds: 1 }).state.state).to.equal(
      "Enabled",
    );
    const fifo = world.make("aws:sqs/queue:Queue", "fifo", { name: "jobs.fifo", fifoQueue: true }).state.arn;
    expect(refusalOf(() => world.reads(fifo, { maximumBatchingWindowInSeconds: 1 }, "fifo"))).to.equal(
      "InvalidParameterValueException: Invalid request provided: Batching window is not supported for FIFO queues",
    );
    expect(world.reads(fifo, {}, "fifo").state.state).to.equal("Enabled");
  });

  it("sends what fails elsewhere if it is a stream", () => {
    const world = new Readers();
    const destinationConfig = { onFailure: { destinationArn: `arn:aws:sqs:${here}:dead` } };
    expect(refusalOf(() => world.reads(world.queue().state.arn, { destinationConfig }))).to.equal(
      "InvalidParameterValueException: Unsupported DestinationConfig parameter for given event source mapping type.",
    );
    const stream = world.stream();
    expect(
      world.reads(stream, { destinationConfig, startingPosition: "LATEST" }, "stream").state.state,
    ).to.equal("Enabled");
  });

  it("begins at no time of its own in a table's stream", () => {
    const world = new Readers();
    const stream = world.stream();
    const start = { startingPosition: "AT_TIMESTAMP", startingPositionTimestamp: "2026-01-01T00:00:00Z" };
    expect(refusalOf(() => world.reads(stream, start))).to.equal(
      `InvalidParameterValueException: Unsupported starting position for arn type: ${String(stream)}`,
    );
  });
});
