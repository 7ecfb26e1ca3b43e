import { expect } from "chai";
import { allow, refusalOf } from "../world.ts";
import { Functions, aws } from "./functions-world.ts";

describe("who calls a function", () => {
  const events = { action: "lambda:InvokeFunction", principal: "events.amazonaws.com", statementId: "rule" };

  it("may do so by a statement of the same id for another function, or for an alias", () => {
    const world = new Functions();
    world.function({ publish: true });
    world.function({ name: "other" }, "other");
    world.make("aws:lambda/alias:Alias", "live", {
      name: "live",
      functionName: "hello",
      functionVersion: "1",
    });
    const token = "aws:lambda/permission:Permission";
    const first = world.make(token, "one", { ...events, function: "hello" });
    const second = world.make(token, "two", { ...events, function: "other" });
    world.make(token, "three", { ...events, function: "hello", qualifier: "live" });
    world.remove(token, "two", second);
    const changed = { ...events, function: "hello", sourceAccount: "123456789012" };
    expect(world.change(token, "one", first, changed).state.sourceAccount).to.equal("123456789012");
  });

  it("names it by what Lambda takes: a part of its ARN, or the alias after its name", () => {
    const world = new Functions();
    world.function({ publish: true });
    world.make("aws:lambda/alias:Alias", "live", {
      name: "live",
      functionName: "hello",
      functionVersion: "1",
    });
    for (const name of ["123456789012:function:hello", "hello:live"])
      world.make("aws:lambda/permission:Permission", name, { ...events, function: name });
  });

  it("refuses a second alias of a name", () => {
    const world = new Functions();
    world.function({ publish: true });
    const inputs = { name: "live", functionName: "hello", functionVersion: "1" };
    world.make("aws:lambda/alias:Alias", "live", inputs);
    expect(refusalOf(() => world.make("aws:lambda/alias:Alias", "twin", inputs))).to.equal(
      "ResourceConflictException: Alias already exists: arn:aws:lambda:eu-west-1:123456789012:function:hello:live",
    );
  });

  it("reads a queue for the function and for an alias of it", () => {
    const world = new Functions();
    world.function({ publish: true });
    world.may(`${aws}/AWSLambdaSQSQueueExecutionRole`);
    const inputs = { name: "live", functionName: "hello", functionVersion: "1" };
    const alias = world.make("aws:lambda/alias:Alias", "live", inputs);
    const queue = world.queue();
    world.mapping(queue);
    const made = world.mapping(queue, { functionName: alias.state.arn }, "live");
    expect(made.state.functionArn).to.equal(alias.state.arn);
  });

  it("reads a queue of another account, whose timeout nobody sees", () => {
    const world = new Functions();
    world.function({ timeout: 60 });
    world.may(`${aws}/AWSLambdaSQSQueueExecutionRole`);
    const eventSourceArn = "arn:aws:sqs:eu-west-1:210987654321:jobs";
    expect(world.mapping(world.queue(), { eventSourceArn }).state.state).to.equal("Enabled");
  });

  it("reads several topics of a cluster", () => {
    const world = new Functions();
    world.function();
    const eventSourceArn = "arn:aws:kafka:eu-west-1:123456789012:cluster/main/1";
    for (const topic of ["orders", "bills"])
      world.mapping(world.queue({ name: topic }), { eventSourceArn, topics: [topic] }, topic);
  });

  it("may be allowed by a policy that is attached from the policy's side", () => {
    const world = new Functions();
    world.function();
    const queue = world.queue();
    const policy = world.make("aws:iam/policy:Policy", "read", { name: "read", policy: allow("sqs:*") });
    world.make("aws:iam/policyAttachment:PolicyAttachment", "read", {
      ...{ name: "read", roles: [world.worker.id], policyArn: policy.state.arn },
    });
    expect(world.mapping(queue).state.state).to.equal("Enabled");
  });

  it("refuses two permissions of an id", () => {
    const world = new Functions();
    world.function();
    const inputs = {
      function: "hello",
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      statementId: "rule",
    };
    world.make("aws:lambda/permission:Permission", "one", inputs);
    expect(refusalOf(() => world.make("aws:lambda/permission:Permission", "two", inputs))).to.match(
      /^ResourceConflictException: The statement id \(rule\) provided already exists\./,
    );
  });

  it("refuses a permission on a function that does not exist", () => {
    const inputs = { function: "gone", action: "lambda:InvokeFunction", principal: "events.amazonaws.com" };
    expect(refusalOf(() => new Functions().make("aws:lambda/permission:Permission", "one", inputs))).to.equal(
      "ResourceNotFoundException: Function not found: gone",
    );
  });

  it("refuses an alias of a version that was never published", () => {
    const world = new Functions();
    world.function({ publish: true });
    const inputs = { name: "live", functionName: "hello", functionVersion: "2" };
    expect(refusalOf(() => world.make("aws:lambda/alias:Alias", "live", inputs))).to.equal(
      "ResourceNotFoundException: Function not found: arn:aws:lambda:eu-west-1:123456789012:function:hello:2",
    );
    const made = world.make("aws:lambda/alias:Alias", "live", { ...inputs, functionVersion: "1" });
    expect(made.state.arn).to.equal("arn:aws:lambda:eu-west-1:123456789012:function:hello:live");
  });

  it("refuses a queue that the function's role may not read", () => {
    const world = new Functions();
    world.function();
    const queue = world.queue();
    expect(refusalOf(() => world.mapping(queue))).to.equal(
      "InvalidParameterValueException: The function execution role does not have permissions to call ReceiveMessage on SQS",
    );
    world.may(`${aws}/AWSLambdaSQSQueueExecutionRole`);
    expect(world.mapping(queue).state.state).to.equal("Enabled");
    expect(refusalOf(() => world.mapping(queue, {}, "twin"))).to.match(
      /^ResourceConflictException: An event source mapping with SQS arn/,
    );
  });

  it("refuses a queue that hides a message for less time than the function takes", () => {
    const world = new Functions();
    world.function({ timeout: 60 });
    world.may(`${aws}/AWSLambdaSQSQueueExecutionRole`);
    expect(refusalOf(() => world.mapping(world.queue()))).to.equal(
      "InvalidParameterValueException: Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds",
    );
  });
});
