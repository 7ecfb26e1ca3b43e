import { expect } from "chai";

import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { account, UNKNOWN } from "./fixtures/values.ts";
import { found, foundIn, inBoth, rewritten } from "./support/stack.ts";

const arn = (name: string): string => `arn:aws:sqs:eu-west-1:${account}:${name}`;
const redrive = (maxReceiveCount: number | string = 5): string =>
  JSON.stringify({ deadLetterTargetArn: arn("dead"), maxReceiveCount });
const twoWeeks = 1_209_600;

/** What the engine knows of the queues once they are there. */
function withArns(planned: readonly Planned[]) {
  return graph("update", planned).map((resource) => ({
    ...resource,
    outputs: { ...resource.outputs, arn: arn(resource.name) },
  }));
}

describe("sqs-dlq", () => {
  const policy = "sqs-dlq";
  const orders: Planned = {
    ...{ type: "aws:sqs/queue:Queue", name: "orders" },
    props: { redrivePolicy: redrive() },
  };
  const dead: Planned = {
    ...{ type: "aws:sqs/queue:Queue", name: "dead", props: { messageRetentionSeconds: twoWeeks } },
  };
  const queues: readonly Planned[] = [orders, dead];
  const judge = (planned: readonly Planned[]) => foundIn(policy, withArns(planned));
  const none = "no redrivePolicy sets messages aside that cannot be handled: name a dead-letter queue.";

  it("passes when messages are set aside, with asking nothing of the queue they go to", async () => {
    expect(await judge(queues)).to.deep.equal([]);
  });

  it("objects to queues that set nothing aside", async () => {
    const bare = changed(queues, "orders", { props: {} });
    expect(await judge(bare)).to.deep.equal([`orders: ${none}`, `dead: ${none}`]);
  });

  it("asks nothing of a queue whose messages are of no use later", async () => {
    const brief = changed([dead], "dead", { props: { messageRetentionSeconds: 300 } });
    expect(await judge(brief)).to.deep.equal([]);
  });

  it("takes a policy that is a resource of its own", async () => {
    const own: Planned = {
      ...{ type: "aws:sqs/redrivePolicy:RedrivePolicy", name: "own", refs: { queueUrl: "orders" } },
      props: { redrivePolicy: redrive() },
    };
    expect(await judge([...changed(queues, "orders", { props: {} }), own])).to.deep.equal([]);
  });

  it("knows a dead-letter queue of a topic, and one that says so itself", async () => {
    const topic: Planned = {
      ...{ type: "aws:sns/topicSubscription:TopicSubscription", name: "topic" },
      props: { redrivePolicy: JSON.stringify({ deadLetterTargetArn: arn("dead") }) },
    };
    expect(await judge([dead, topic])).to.deep.equal([]);
    expect(
      await judge([changed([dead], "dead", { props: { redriveAllowPolicy: "{}" } })].flat()),
    ).to.deep.equal([]);
    const allow: Planned = {
      ...{ type: "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", name: "allow", refs: { queueUrl: "dead" } },
    };
    expect(await judge([dead, allow])).to.deep.equal([]);
  });

  it("objects to messages that are tried too often, or nobody knows how often", async () => {
    const tried = (times: number | string) =>
      judge(changed(queues, "orders", { props: { redrivePolicy: redrive(times) } }));
    const often = (times: string): string =>
      `orders: redrivePolicy.maxReceiveCount is ${times}: set a message aside after 10 times at most.`;
    expect(await tried(100)).to.deep.equal([often("100")]);
    expect(await tried("many")).to.deep.equal([often("NaN")]);
    expect(await tried("10")).to.deep.equal([]);
  });

  it("objects to a queue that drops messages as early as the first, by default too", async () => {
    const early = (own: number, theirs: number): string =>
      `orders: its dead-letter queue dead keeps messages ${theirs} seconds from when they were first sent, no longer than the queue's ${own}: keep them longer there.`;
    expect(await judge(changed(queues, "dead", { props: {} }))).to.deep.equal([early(345_600, 345_600)]);
    const long = { redrivePolicy: redrive(), messageRetentionSeconds: twoWeeks };
    expect(await judge(changed(queues, "orders", { props: long }))).to.deep.equal([
      early(twoWeeks, twoWeeks),
    ]);
  });

  it("knows by dependency where messages go before the queue is there, and waits for the rest", async () => {
    const plan = changed(queues, "orders", { props: {}, refs: { redrivePolicy: "dead" } });
    expect(await found(policy, "preview", plan)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", plan)).to.deep.equal([
      `: 1 check deferred until the update: ${policy} 1.`,
    ]);
  });
});

describe("ecr-lifecycle", () => {
  const policy = "ecr-lifecycle";
  const registry: readonly Planned[] = [
    { type: "aws:ecr/repository:Repository", name: "api" },
    { type: "aws:ecr/repository:Repository", name: "web", props: { name: "shop/web" } },
    { type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", name: "api-policy", refs: { repository: "api" } },
    {
      ...{ type: "aws:ecr/lifecyclePolicy:LifecyclePolicy", name: "web-policy" },
      props: { repository: "shop/web" },
    },
  ];

  inBoth("passes when each repository drops old images", async (moment) => {
    expect(await found(policy, moment, registry)).to.deep.equal([]);
  });

  inBoth("objects to the one that does not", async (moment) => {
    expect(await found(policy, moment, without(registry, "api-policy"))).to.deep.equal([
      "api: no LifecyclePolicy points to the repository, so images are kept and paid for ever: add one.",
    ]);
  });

  it("waits for the update while a policy may be another repository's", async () => {
    const opaque = rewritten(graph("preview", registry), "web-policy", { repository: UNKNOWN });
    expect(await foundIn(policy, opaque)).to.deep.equal([]);
    expect(await foundIn("checks-deferred", opaque)).to.deep.equal([
      `: 1 check deferred until the update: ${policy} 1.`,
    ]);
  });
});
