import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, allow, refusalOf, trustOf } from "./world.ts";

describe("a pipe", () => {
  let world: World;
  let role: Settled;
  beforeEach(() => {
    world = new World();
    role = world.role("pipes", { assumeRolePolicy: trustOf({ Service: "pipes.amazonaws.com" }) });
  });

  const queue = (name: string): unknown => world.make("aws:sqs/queue:Queue", name, { name }).state.arn;
  const pipe = (source: unknown, inputs: Properties = {}): Settled =>
    world.make("aws:pipes/pipe:Pipe", "orders", {
      name: "orders",
      roleArn: role.state.arn,
      source,
      target: "arn:aws:sqs:eu-west-1:210987654321:orders",
      ...inputs,
    });
  const missing = (name: string): string =>
    `ValidationException: {"ValidationErrorFields":[{"Name":"SourceParameters.${name}","Message":"Missing required parameter."}]}`;

  it("waits in vain for the role's right to read a queue", () => {
    const source = queue("orders");
    expect(refusalOf(() => pipe(source))).to.equal(
      "UnexpectedState: unexpected state 'CREATE_FAILED', wanted target 'RUNNING, STOPPED'. last error: Input parameter is invalid from the request due to : The provided customer role does not have permissions to call ReceiveMessage on SQS",
    );
    world.make("aws:iam/rolePolicy:RolePolicy", "read", { role: role.id, policy: allow("sqs:*") });
    expect(pipe(source).state.source).to.equal(source);
  });

  it("is told where to begin in the stream of a table", () => {
    const source = world.make("aws:dynamodb/table:Table", "orders", {
      ...{ name: "orders", billingMode: "PAY_PER_REQUEST", hashKey: "id" },
      ...{ attributes: [{ name: "id", type: "S" }], streamEnabled: true, streamViewType: "NEW_IMAGE" },
    }).state.streamArn;
    expect(refusalOf(() => pipe(source))).to.equal(missing("DynamoDBStreamParameters"));
    const sourceParameters = { dynamodbStreamParameters: { startingPosition: "LATEST" } };
    expect(pipe(source, { sourceParameters }).state.source).to.equal(source);
  });

  it("reads brokers too, and is enriched by more than functions", () => {
    const source = "arn:aws:kafka:eu-west-1:123456789012:cluster/orders/1";
    expect(refusalOf(() => pipe(source))).to.equal(missing("ManagedStreamingKafkaParameters"));
    const sourceParameters = { managedStreamingKafkaParameters: { topicName: "orders" } };
    const enrichment = "arn:aws:states:eu-west-1:123456789012:stateMachine:orders";
    expect(pipe(source, { sourceParameters, enrichment }).state.enrichment).to.equal(enrichment);
  });

  it("has a source that exists", () => {
    const lost = "arn:aws:sqs:eu-west-1:123456789012:lost";
    expect(refusalOf(() => pipe(lost))).to.equal(
      `ResourceNotFoundException: The resource '${lost}' does not exist`,
    );
  });
});
