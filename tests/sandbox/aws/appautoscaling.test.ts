import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

let world: World;
const dimension = { serviceNamespace: "dynamodb", scalableDimension: "dynamodb:table:ReadCapacityUnits" };
const target = (inputs: Properties = {}): Settled =>
  world.make("aws:appautoscaling/target:Target", "orders", {
    ...dimension,
    resourceId: "table/orders",
    minCapacity: 1,
    maxCapacity: 10,
    ...inputs,
  });

describe("what scales by itself", () => {
  beforeEach(() => {
    world = new World();
  });

  it("is there before it scales", () => {
    expect(refusalOf(() => target())).to.equal(
      "ValidationException: DynamoDB table does not exist: table/orders",
    );
    const ecs = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" };
    expect(refusalOf(() => target({ ...ecs, resourceId: "service/main/web" }))).to.equal(
      "ValidationException: ECS service doesn't exist: service/main/web",
    );
    world.make("aws:dynamodb/table:Table", "orders", {
      ...{ name: "orders", hashKey: "id", attributes: [{ name: "id", type: "S" }] },
      ...{ readCapacity: 1, writeCapacity: 1 },
    });
    expect(target().id).to.equal("dynamodb/table/orders/dynamodb:table:ReadCapacityUnits");
    expect(target({ resourceId: "table/orders/index/by-date" }).id).to.match(/by-date/);
  });

  it("is a service by its cluster's name and its own", () => {
    world.make("aws:ecs/cluster:Cluster", "main", { name: "main" });
    const made = world.make("aws:ecs/taskDefinition:TaskDefinition", "web", {
      family: "web",
      containerDefinitions: JSON.stringify([{ name: "web", image: "nginx", memory: 128 }]),
    });
    const cluster = "arn:aws:ecs:eu-west-1:123456789012:cluster/main";
    world.make("aws:ecs/service:Service", "web", { name: "web", cluster, taskDefinition: made.state.arn });
    const ecs = { serviceNamespace: "ecs", scalableDimension: "ecs:service:DesiredCount" };
    expect(target({ ...ecs, resourceId: "service/main/web" }).id).to.match(/^ecs\/service\/main\/web/);
    expect(() => target({ ...ecs, resourceId: "service/ain/web" })).to.throw("ECS service doesn't exist");
  });

  it("refuses bounds that cross", () => {
    expect(refusalOf(() => target({ minCapacity: 11 }))).to.equal(
      "ValidationException: Maximum capacity cannot be less than minimum capacity",
    );
  });

  it("is registered before it has a policy", () => {
    const policy = (): Settled =>
      world.make("aws:appautoscaling/policy:Policy", "reads", {
        ...{ ...dimension, name: "reads", resourceId: "custom/orders", policyType: "TargetTrackingScaling" },
        targetTrackingScalingPolicyConfiguration: {
          targetValue: 70,
          predefinedMetricSpecification: { predefinedMetricType: "DynamoDBReadCapacityUtilization" },
        },
      });
    expect(refusalOf(policy)).to.equal(
      "ObjectNotFoundException: No scalable target registered for service namespace: dynamodb, resource ID: custom/orders, scalable dimension: dynamodb:table:ReadCapacityUnits",
    );
    target({ resourceId: "custom/orders" });
    expect(policy().state.name).to.equal("reads");
  });

  it("has policies of a name for several things, and one of it for each", () => {
    const policy = (table: string, name: string): Settled =>
      world.make("aws:appautoscaling/policy:Policy", name, {
        ...{ ...dimension, name: "reads", resourceId: table, policyType: "TargetTrackingScaling" },
        targetTrackingScalingPolicyConfiguration: { targetValue: 70 },
      });
    for (const table of ["custom/orders", "custom/bills"]) target({ resourceId: table });
    policy("custom/orders", "orders");
    expect(policy("custom/bills", "bills").state.resourceId).to.equal("custom/bills");
    expect(refusalOf(() => policy("custom/bills", "twin"))).to.equal(
      "ResourceAlreadyExistsException: Policy reads already exists",
    );
  });
});
