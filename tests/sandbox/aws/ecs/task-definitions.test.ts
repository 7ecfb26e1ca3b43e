import { expect } from "chai";
import type { Properties } from "../../../../sandbox/model.ts";
import { refusalOf, trustOf } from "../world.ts";
import { Containers, taskToken, web } from "./container-world.ts";

const logConfiguration = {
  logDriver: "awslogs",
  options: { "awslogs-group": "/web", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "web" },
};

function refusedTask(inputs: Properties, containers?: readonly unknown[]): string {
  return refusalOf(() => new Containers().task(inputs, containers));
}

describe("a task definition", () => {
  it("counts its revisions", () => {
    const world = new Containers();
    expect(world.task().state).to.include({
      arn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1",
      arnWithoutRevision: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web",
      revision: 1,
    });
    expect(world.task({}, [web], "next").state.revision).to.equal(2);
  });

  it("may have its containers in the spelling of CloudFormation", () => {
    const capitals = { Name: "web", Image: web.image, PortMappings: [{ ContainerPort: 8080 }] };
    const world = new Containers();
    const group = world.group();
    world.listen(group);
    const loadBalancers = [{ targetGroupArn: group.id, containerName: "web", containerPort: 8080 }];
    expect(world.service(world.task({}, [capitals]), { loadBalancers }).state.name).to.equal("web");
  });

  it("goes by its family, whatever the revision, and stands beside the one that it replaces", () => {
    const world = new Containers();
    const old = world.task();
    const next = world.task({ cpu: "512", memory: "1024" });
    expect([old.id, next.id]).to.deep.equal(["web", "web"]);
    world.remove(taskToken, "web", old);
    expect(refusalOf(() => world.service(old))).to.equal(
      "ClientException: Unable to describe task definition arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1.",
    );
    expect(world.service(next).state.taskDefinition).to.equal(next.state.arn);
  });

  it("is its newest revision to a service that names the family", () => {
    const world = new Containers();
    world.task();
    const other = { ...web, name: "other" };
    world.task({}, [other]);
    const group = world.group();
    world.listen(group);
    const attached = (containerName: string): Properties => ({
      taskDefinition: "web",
      loadBalancers: [{ targetGroupArn: group.id, containerName, containerPort: 8080 }],
    });
    expect(refusalOf(() => world.service(group, attached("web")))).to.equal(
      "InvalidParameterException: The container web does not exist in the task definition.",
    );
    expect(world.service(group, attached("other")).state.taskDefinition).to.equal("web");
  });

  const refusals: readonly (readonly [string, Properties, readonly unknown[] | undefined, string])[] = [
    ["no containers", {}, [], "Container list cannot be empty."],
    ["a container without a name", {}, [{ image: "a/b:1" }], "Container.name should not be null or empty."],
    ["a container without an image", {}, [{ name: "web" }], "Container.image should not be null or empty."],
    [
      "two containers of a name",
      {},
      [web, web],
      "Container definitions must have unique names: web is used more than once.",
    ],
    [
      "only containers that may stop",
      {},
      [{ ...web, essential: false }],
      "At least one container must be marked as essential.",
    ],
    [
      "another network mode on Fargate",
      { networkMode: "bridge" },
      undefined,
      "Fargate only supports network mode ‘awsvpc’.",
    ],
    [
      "Fargate without a size",
      { cpu: undefined },
      undefined,
      "Fargate requires that 'cpu' be defined at the task level.",
    ],
    [
      "a size that Fargate does not offer",
      { cpu: "256", memory: "4096" },
      undefined,
      "No Fargate configuration exists for given values.",
    ],
    [
      "logs that nobody may write",
      {},
      [{ ...web, logConfiguration }],
      "Fargate requires task definition to have execution role ARN to support log driver awslogs.",
    ],
  ];
  for (const [what, inputs, containers, message] of refusals) {
    it(`refuses ${what}`, () => {
      expect(refusedTask(inputs, containers)).to.equal(`ClientException: ${message}`);
    });
  }

  it("refuses a role that does not exist", () => {
    expect(refusedTask({ taskRoleArn: "arn:aws:iam::123456789012:role/gone" })).to.equal(
      "ClientException: Role is not valid",
    );
  });

  it("takes logs with a role that fetches and writes", () => {
    const world = new Containers();
    const role = world.role("tasks", { assumeRolePolicy: trustOf({ Service: "ecs-tasks.amazonaws.com" }) });
    const logged = [{ ...web, logConfiguration }];
    expect(world.task({ executionRoleArn: role.state.arn }, logged).state.revision).to.equal(1);
  });
});
