import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const topicToken = "aws:sns/topic:Topic";
const arn = "arn:aws:sns:eu-west-1:123456789012:alarms";

let world: World;
const fresh = (): void => {
  world = new World();
};

const topic = (inputs: Properties = {}): Settled =>
  world.make(topicToken, "alarms", { name: "alarms", ...inputs });

function policyOf(statement: Properties = {}): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: arn,
        ...statement,
      },
    ],
  });
}

describe("a simulated topic", () => {
  beforeEach(fresh);

  it("goes by its ARN", () => {
    const { id, state } = topic();
    expect(id).to.equal(arn);
    expect(state).to.include({ arn, name: "alarms", owner: "123456789012" });
    expect(state.policy).to.contain('"AWS:SourceOwner":"123456789012"');
  });

  for (const [name, fifoTopic] of [
    ["two words", false],
    ["alarms.fifo", false],
    ["alarms", true],
    ["a".repeat(257), false],
  ] as const) {
    it(`refuses the name ${name.slice(0, 20)} for one that is ${fifoTopic ? "" : "not "}FIFO`, () => {
      expect(refusalOf(() => topic({ name, fifoTopic }))).to.equal(
        "InvalidParameter: Invalid parameter: Topic Name",
      );
    });
  }

  it("is made twice only with the same tags", () => {
    topic({ tags: { Owner: "a" } });
    const twin = (tags: Properties): Settled => world.make(topicToken, "twin", { name: "alarms", tags });
    expect(refusalOf(() => twin({ Owner: "b" }))).to.equal(
      "InvalidParameter: Invalid parameter: Tags Reason: Topic already exists with different tags",
    );
    expect(twin({ Owner: "a" }).id).to.equal(arn);
  });

  it("is told who may publish, in its own actions", () => {
    const policy = (given: string, topicArn = arn): Settled =>
      world.make("aws:sns/topicPolicy:TopicPolicy", "alarms", { arn: topicArn, policy: given });
    expect(refusalOf(() => policy(policyOf()))).to.equal("NotFound: Topic does not exist");
    topic();
    expect(policy(policyOf()).state.owner).to.equal("123456789012");
    expect(refusalOf(() => policy(policyOf({ Action: "sns:*" })))).to.equal(
      "InvalidParameter: Invalid parameter: Policy statement action out of service scope!",
    );
    const nobody = { Principal: { AWS: "arn:aws:iam::123456789012:role/nobody" } };
    expect(refusalOf(() => policy(policyOf(nobody)))).to.equal(
      "InvalidParameter: Invalid parameter: Policy Error: PrincipalNotFound",
    );
    expect(refusalOf(() => policy(policyOf({ Principal: undefined })))).to.equal(
      "InvalidParameter: Missing required field Principal",
    );
  });
});

describe("a simulated subscription", () => {
  beforeEach(fresh);

  const subscribe = (protocol: string, endpoint: string, inputs: Properties = {}): Settled =>
    world.make("aws:sns/topicSubscription:TopicSubscription", "mail", {
      topic: arn,
      protocol,
      endpoint,
      ...inputs,
    });

  it("wants a topic", () => {
    expect(refusalOf(() => subscribe("email", "a@example.com"))).to.equal("NotFound: Topic does not exist");
  });

  it("waits for a person to confirm it", () => {
    topic();
    const mail = subscribe("email", "a@example.com");
    expect(mail.id).to.match(/^arn:aws:sns:eu-west-1:123456789012:alarms:[0-9a-f]{8}-/);
    expect(mail.state).to.include({ pendingConfirmation: true, confirmationWasAuthenticated: false });
    const queue = subscribe("sqs", "arn:aws:sqs:eu-west-1:123456789012:jobs");
    expect(queue.state).to.include({ pendingConfirmation: false, confirmationWasAuthenticated: true });
  });

  it("refuses an endpoint of another kind", () => {
    topic();
    expect(refusalOf(() => subscribe("email", "nobody"))).to.equal(
      "InvalidParameter: Invalid parameter: Email address",
    );
    expect(refusalOf(() => subscribe("https", "http://example.com"))).to.equal(
      "InvalidParameter: Invalid parameter: Endpoint must match the specified protocol",
    );
  });

  it("of a FIFO topic is a queue's", () => {
    const fifo = topic({ name: "orders.fifo", fifoTopic: true });
    expect(refusalOf(() => subscribe("email", "a@example.com", { topic: fifo.id }))).to.equal(
      "InvalidParameter: Invalid parameter: Invalid protocol type: email",
    );
  });

  it("lets its topic go", () => {
    const made = topic();
    subscribe("email", "a@example.com");
    expect(world.remove(topicToken, "alarms", made)).to.equal(1);
  });
});
