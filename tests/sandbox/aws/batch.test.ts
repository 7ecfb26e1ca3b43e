import { expect } from "chai";
import { networkOf } from "./network-of.ts";
import { World, refusalOf } from "./world.ts";

describe("what jobs run on", () => {
  it("stays while a queue sends jobs there", () => {
    const world = new World();
    const { subnetIds, group } = networkOf(world, "ab");
    const environmentToken = "aws:batch/computeEnvironment:ComputeEnvironment";
    const environment = world.make(environmentToken, "jobs", {
      name: "jobs",
      type: "MANAGED",
      computeResources: {
        type: "FARGATE",
        maxVcpus: 4,
        subnets: subnetIds,
        securityGroupIds: [group.id],
      },
    });
    const queue = world.make("aws:batch/jobQueue:JobQueue", "jobs", {
      name: "jobs",
      state: "ENABLED",
      priority: 1,
      computeEnvironmentOrders: [{ order: 1, computeEnvironment: environment.state.arn }],
    });
    expect(refusalOf(() => world.remove(environmentToken, "jobs", environment))).to.equal(
      "ClientException: Cannot delete, found existing JobQueue relationship",
    );
    world.remove("aws:batch/jobQueue:JobQueue", "jobs", queue);
    world.remove(environmentToken, "jobs", environment);
  });
});
