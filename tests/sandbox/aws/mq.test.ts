import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

let world: World;
const user = (username: string): Properties => ({ username, password: "not-so-secret-1" });
const broker = (inputs: Properties = {}, name = "jobs"): Settled =>
  world.make("aws:mq/broker:Broker", name, {
    ...{
      brokerName: "jobs",
      engineType: "RabbitMQ",
      engineVersion: "3.13",
      hostInstanceType: "mq.m7g.medium",
      autoMinorVersionUpgrade: true,
    },
    users: [user("owner")],
    ...inputs,
  });

describe("a message broker", () => {
  beforeEach(() => {
    world = new World();
  });

  it("of RabbitMQ has one user, and others of ActiveMQ more", () => {
    const users = [user("owner"), user("reader")];
    expect(refusalOf(() => broker({ users }))).to.equal(
      "BadRequestException: Specify exactly one user for engine type [RABBITMQ].",
    );
    expect(broker({ users, engineType: "ActiveMQ", engineVersion: "5.18" }).state.brokerName).to.equal(
      "jobs",
    );
  });

  it("is reached by AMQP where it is of RabbitMQ, and by every protocol at each of a pair of ActiveMQ", () => {
    const rabbit = broker();
    const host = `${rabbit.id}.mq.eu-west-1.on.aws`;
    expect(rabbit.id).to.match(/^b-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(rabbit.state.arn).to.equal(`arn:aws:mq:eu-west-1:123456789012:broker:jobs:${rabbit.id}`);
    expect(rabbit.state.instances).to.deep.equal([
      { consoleUrl: `https://${host}`, endpoints: [`amqps://${host}:5671`], ipAddress: "" },
    ]);
    const pair = { deploymentMode: "ACTIVE_STANDBY_MULTI_AZ", subnetIds: [...networkOf(world).subnetIds] };
    const active = { brokerName: "pair", engineType: "ActiveMQ", engineVersion: "5.18", ...pair };
    const { id, state } = broker(active, "pair");
    expect(state).to.have.nested.property(
      "instances[1].consoleUrl",
      `https://${id}-2.mq.eu-west-1.on.aws:8162`,
    );
    expect(state).to.have.nested.property(
      "instances[1].endpoints[1]",
      `amqp+ssl://${id}-2.mq.eu-west-1.on.aws:5671`,
    );
  });

  it("refuses subnets of two VPCs", () => {
    const [here, there] = [networkOf(world, "a"), networkOf(world, "b", "other")];
    const subnetIds = [...here.subnetIds, ...there.subnetIds];
    expect(refusalOf(() => broker({ subnetIds, deploymentMode: "CLUSTER_MULTI_AZ" }))).to.equal(
      "BadRequestException: Subnets must belong to the same VPC.",
    );
  });

  it("leaves the patch of a newer version to Amazon MQ", () => {
    const older = { brokerName: "older", engineType: "ActiveMQ", engineVersion: "5.17.6" };
    expect(broker({ ...older, autoMinorVersionUpgrade: false }, "older").state.engineVersion).to.equal(
      "5.17.6",
    );
    expect(refusalOf(() => broker({ engineType: "ActiveMQ", engineVersion: "5.18.4" }))).to.equal(
      "BadRequestException: Broker engine version [5.18.4] is invalid for broker engine type [ACTIVEMQ]. Valid values: [5.19, 5.18, 5.17.6, 5.16.7].",
    );
    expect(refusalOf(() => broker({ autoMinorVersionUpgrade: false }))).to.equal(
      "BadRequestException: Brokers on [RabbitMQ] version [3.13] must have [autoMinorVersionUpgrade] set to [true].",
    );
  });

  it("refuses a name that is taken", () => {
    broker();
    expect(refusalOf(() => broker({}, "again"))).to.equal(
      "ConflictException: Broker name [jobs] already exists.",
    );
  });
});
