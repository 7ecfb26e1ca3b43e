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

  it("refuses subnets of two VPCs", () => {
    const [here, there] = [networkOf(world, "a"), networkOf(world, "b", "other")];
    const subnetIds = [...here.subnetIds, ...there.subnetIds];
    expect(refusalOf(() => broker({ subnetIds, deploymentMode: "CLUSTER_MULTI_AZ" }))).to.equal(
      "BadRequestException: Subnets must belong to the same VPC.",
    );
  });

  it("refuses a name that is taken", () => {
    broker();
    expect(refusalOf(() => broker({}, "again"))).to.equal(
      "ConflictException: Broker name [jobs] already exists.",
    );
  });
});
