import { expect } from "chai";
import { refusalOf } from "../world.ts";
import { Containers, clusterToken, serviceToken, web } from "./container-world.ts";

describe("a service of containers", () => {
  it("runs behind a load balancer", () => {
    const world = new Containers();
    const group = world.group();
    world.listen(group);
    const loadBalancers = [{ targetGroupArn: group.id, containerName: "web", containerPort: 8080 }];
    expect(world.service(world.task(), { loadBalancers }).id).to.equal(
      "arn:aws:ecs:eu-west-1:123456789012:service/main/web",
    );
  });

  it("refuses a target group that no load balancer uses", () => {
    const world = new Containers();
    const group = world.group();
    const loadBalancers = [{ targetGroupArn: group.id, containerName: "web", containerPort: 8080 }];
    expect(refusalOf(() => world.service(world.task(), { loadBalancers }))).to.equal(
      `InvalidParameterException: The target group with targetGroupArn ${group.id} does not have an associated load balancer.`,
    );
  });

  it("refuses a target group of instances for tasks with addresses of their own", () => {
    const world = new Containers();
    const group = world.group({ targetType: "instance" });
    world.listen(group);
    const loadBalancers = [{ targetGroupArn: group.id, containerName: "web", containerPort: 8080 }];
    expect(refusalOf(() => world.service(world.task(), { loadBalancers }))).to.equal(
      `InvalidParameterException: The provided target group ${group.id} has target type instance, which is incompatible with the awsvpc network mode specified in the task definition.`,
    );
  });

  it("refuses a port that the container does not have", () => {
    const world = new Containers();
    const group = world.group();
    world.listen(group);
    const loadBalancers = [{ targetGroupArn: group.id, containerName: "web", containerPort: 80 }];
    expect(refusalOf(() => world.service(world.task(), { loadBalancers }))).to.equal(
      "InvalidParameterException: The container web did not have a container port 80 defined.",
    );
  });

  it("refuses to have no network", () => {
    const world = new Containers();
    expect(refusalOf(() => world.service(world.task(), { networkConfiguration: undefined }))).to.equal(
      "InvalidParameterException: Network Configuration must be provided when networkMode 'awsvpc' is specified.",
    );
  });

  it("refuses a cluster and a task definition that do not exist", () => {
    const world = new Containers();
    const task = world.task();
    expect(refusalOf(() => world.service(task, { cluster: "gone" }))).to.equal(
      "ClusterNotFoundException: Cluster not found.",
    );
    expect(refusalOf(() => world.service(task, { taskDefinition: "gone:1" }))).to.equal(
      "ClientException: Unable to describe task definition gone:1.",
    );
  });

  it("refuses a launch type beside capacity providers", () => {
    const world = new Containers();
    const capacityProviderStrategies = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
    expect(refusalOf(() => world.service(world.task(), { capacityProviderStrategies }))).to.equal(
      "InvalidParameterException: Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    );
  });

  it("takes a task that could run on Fargate without asking for it, and no other", () => {
    const world = new Containers();
    const fitting = world.task({ requiresCompatibilities: undefined });
    expect(world.service(fitting).id).to.match(/service\/main\/web$/);
    const small = world.task({ requiresCompatibilities: undefined, cpu: "128" }, [web], "small");
    expect(refusalOf(() => world.service(small, { name: "small" }, "small"))).to.equal(
      "InvalidParameterException: Task definition does not support launch_type FARGATE.",
    );
  });

  it("takes a network without a task definition when something else deploys it", () => {
    const world = new Containers();
    const external = { deploymentController: { type: "EXTERNAL" }, taskDefinition: undefined };
    expect(world.service(world.task(), { ...external, launchType: undefined }).id).to.match(/main\/web$/);
  });

  it("takes capacity by name in the default strategy, and by ARN in the cluster", () => {
    const world = new Containers();
    const token = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
    const inputs = {
      clusterName: "main",
      capacityProviders: ["FARGATE"],
      defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }],
    };
    expect(world.make(token, "capacity", inputs).id).to.equal("main");
    const stray = { ...inputs, defaultCapacityProviderStrategies: [{ capacityProvider: "FARGATE_SPOT" }] };
    expect(refusalOf(() => world.make(token, "stray", stray))).to.equal(
      "InvalidParameterException: The capacity provider FARGATE_SPOT in the default strategy is not associated with the cluster.",
    );
  });

  it("takes a name that is taken in another region", () => {
    const world = new Containers();
    world.service(world.task());
    world.make(clusterToken, "far", { name: "main", region: "us-east-1" });
    const far = {
      name: "web",
      cluster: "main",
      region: "us-east-1",
      deploymentController: { type: "EXTERNAL" },
    };
    expect(world.make(serviceToken, "far", far).id).to.equal(
      "arn:aws:ecs:us-east-1:123456789012:service/main/web",
    );
  });

  it("refuses a name that is taken in the cluster", () => {
    const world = new Containers();
    const task = world.task();
    world.service(task);
    expect(refusalOf(() => world.service(task, { tags: { a: "b" } }, "twin"))).to.equal(
      "InvalidParameterException: Creation of service was not idempotent.",
    );
  });

  it("keeps its cluster", () => {
    const world = new Containers();
    world.service(world.task());
    expect(refusalOf(() => world.remove(clusterToken, "main", world.cluster))).to.equal(
      "ClusterContainsServicesException: The Cluster cannot be deleted while Services are active.",
    );
  });
});
