import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const token = "aws:sns/topicSubscription:TopicSubscription";

let world: World;
beforeEach(() => {
  world = new World();
});

function topic(name = "orders", inputs: Properties = {}): Settled {
  return world.make("aws:sns/topic:Topic", name, { name, fifoTopic: name.endsWith(".fifo"), ...inputs });
}

function queue(name: string): unknown {
  return world.make("aws:sqs/queue:Queue", name, { name, fifoQueue: name.endsWith(".fifo") }).state.arn;
}

function subscribe(inputs: Properties = {}, to = "jobs", on = "orders"): Settled {
  return world.make(token, "jobs", { topic: topic(on).id, protocol: "sqs", endpoint: queue(to), ...inputs });
}

const invalid = "InvalidParameter: Invalid parameter: ";

describe("what a subscription lets through", () => {
  const refused: readonly (readonly [filter: Properties, message: string])[] = [
    [
      { state: { is: ["paid"] } },
      "Filter policy scope MessageAttributes does not support nested filter policy",
    ],
    [{ state: "paid" }, 'Attributes Reason: FilterPolicy: "state" must be an object or an array'],
    [{ state: [] }, "Attributes Reason: FilterPolicy: Empty arrays are not allowed"],
    [{ state: [{ like: "p" }] }, "Attributes Reason: FilterPolicy: Unrecognized match type like"],
    [
      Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((key) => [key, ["x"]])),
      "Attributes Reason: FilterPolicy: Filter policy can not have more than 5 keys",
    ],
  ];
  for (const [filter, message] of refused) {
    it(`is not ${JSON.stringify(filter)}`, () => {
      expect(refusalOf(() => subscribe({ filterPolicy: JSON.stringify(filter) }))).to.equal(
        invalid + message,
      );
    });
  }

  it("is told in fewer words where it changes", () => {
    const made = subscribe();
    const { topic: of, protocol, endpoint } = made.state;
    const changed = { topic: of, protocol, endpoint, filterPolicy: '{"state":"paid"}' };
    expect(refusalOf(() => world.change(token, "jobs", made, changed))).to.equal(
      `${invalid}FilterPolicy: "state" must be an object or an array`,
    );
  });

  it("is nested in the body, and may be everything", () => {
    const filterPolicy = JSON.stringify({ order: { state: ["paid", { prefix: "re" }] } });
    expect(subscribe({ filterPolicy, filterPolicyScope: "MessageBody" }).state.filterPolicy).to.equal(
      filterPolicy,
    );
    expect(subscribe({ filterPolicy: "{}" }).state.filterPolicy).to.equal("{}");
  });
});

describe("where a subscription ends", () => {
  it("is a FIFO queue only behind a FIFO topic", () => {
    expect(refusalOf(() => subscribe({}, "jobs.fifo"))).to.equal(
      `${invalid}Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics`,
    );
    expect(subscribe({}, "jobs.fifo", "orders.fifo").state.protocol).to.equal("sqs");
    expect(subscribe({}, "jobs", "orders.fifo").state.protocol).to.equal("sqs");
  });

  it("is a queue of the topic's kind for what fails", () => {
    const dead = (name: string): Properties => ({
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: `arn:aws:sqs:eu-west-1:123456789012:${name}` }),
    });
    expect(refusalOf(() => subscribe(dead("dead"), "jobs.fifo", "orders.fifo"))).to.equal(
      `${invalid}Attributes Reason: RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.`,
    );
    expect(refusalOf(() => subscribe({ redrivePolicy: '{"deadLetterTargetArn":"dead"}' }))).to.equal(
      `${invalid}Attributes Reason: RedrivePolicy: deadLetterTargetArn is an invalid arn`,
    );
    expect(subscribe(dead("dead.fifo"), "jobs.fifo", "orders.fifo").state.protocol).to.equal("sqs");
  });
});

describe("a topic's twin", () => {
  it("is of the same attributes", () => {
    topic("orders", { displayName: "Orders" });
    expect(
      refusalOf(() => world.make("aws:sns/topic:Topic", "twin", { name: "orders", displayName: "Others" })),
    ).to.equal(`${invalid}Attributes Reason: Topic already exists with different attributes`);
  });

  it("tells messages apart by content only in order", () => {
    expect(refusalOf(() => topic("orders", { contentBasedDeduplication: true }))).to.equal(
      "InvalidParameter: content-based deduplication can only be set for FIFO topics",
    );
  });
});
