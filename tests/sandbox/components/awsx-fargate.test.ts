import provider from "@pulumi/pulumi/proto/provider_pb.js";
import { expect } from "chai";
import { reference, toMessage } from "../../../sandbox/components/engine-values.ts";
import { at, isRecord, list } from "../../../sandbox/values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Engine } from "./engine.ts";
import { Laboratory, arnOf, make, refusal, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const answers = {
  "aws:ec2/getSubnets:getSubnets": { ids: ["subnet-a", "subnet-b"] },
  "aws:ec2/getVpc:getVpc": { id: "vpc-default" },
  "aws:index/getRegion:getRegion": { region: "eu-west-1" },
};
const targets = urnOf("aws:lb/targetGroup:TargetGroup", "web");
const others = [{ urn: targets, id: "web", state: { arn: "arn:targets", port: 8080 } }];
const container = {
  name: "app",
  image: "nginx",
  cpu: 512,
  memory: 1024,
  portMappings: [{ containerPort: 80, targetGroup: reference(targets, "web") }],
};
const placed = { networkConfiguration: { subnets: ["subnet-1"] } };

function service(change: Properties = {}): Promise<Finished> {
  const args = { cluster: "arn:cluster", ...placed, taskDefinitionArgs: { container }, ...change };
  return make("awsx:ecs:FargateService", "web", args, new Laboratory({ answers, others }));
}

function task(change: Properties = {}): Promise<Finished> {
  return make(
    "awsx:ecs:FargateTaskDefinition",
    "web",
    { container, ...change },
    new Laboratory({ answers, others }),
  );
}

describe("awsx.ecs.FargateService", () => {
  it("brings a task definition with its roles and log group", async () => {
    const { laboratory, outputs } = await service();
    expect(laboratory.tree()).to.deep.equal([
      "aws:cloudwatch/logGroup:LogGroup web < FargateTaskDefinition web",
      "aws:ecs/service:Service web < the component",
      "aws:ecs/taskDefinition:TaskDefinition web < FargateTaskDefinition web",
      "aws:iam/role:Role web-execution < FargateTaskDefinition web",
      "aws:iam/role:Role web-task < FargateTaskDefinition web",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment web-execution-9a42f520 < FargateTaskDefinition web",
      "awsx:ecs:FargateTaskDefinition web < the component",
    ]);
    expect(outputs).to.deep.equal({
      service: "<Service web>",
      taskDefinition: "<TaskDefinition web>",
    });
  });

  it("registers the tasks with the target groups that the containers name", async () => {
    const { laboratory } = await service();
    expect(laboratory.inputs("Service web")).to.deep.equal({
      desiredCount: 1,
      cluster: "arn:cluster",
      launchType: "FARGATE",
      loadBalancers: [{ containerName: "app", containerPort: 8080, targetGroupArn: "arn:targets" }],
      networkConfiguration: { subnets: ["subnet-1"] },
      taskDefinition: arnOf("TaskDefinition web"),
      waitForSteadyState: true,
    });
    expect(laboratory.waitsFor("Service web")).to.include("TargetGroup web");
  });

  it("lies in the default VPC with an open security group where nobody says where", async () => {
    const { laboratory } = await service({ networkConfiguration: undefined, assignPublicIp: true });
    expect(laboratory.inputs("Service web").networkConfiguration).to.deep.equal({
      subnets: ["subnet-a", "subnet-b"],
      assignPublicIp: true,
      securityGroups: ["<SecurityGroup web-sg>.id"],
    });
  });

  it("leaves the launch type to capacity providers, and does not wait when it is told so", async () => {
    const strategies = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
    const { laboratory } = await service({
      capacityProviderStrategies: strategies,
      continueBeforeSteadyState: true,
    });
    expect(laboratory.inputs("Service web")).to.include({ waitForSteadyState: false });
    expect(laboratory.inputs("Service web")).not.to.have.property("launchType");
  });

  const refusals: readonly (readonly [string, Properties, string])[] = [
    [
      "two task definitions",
      { taskDefinition: "arn:task" },
      "Only one of `taskDefinition` or `taskDefinitionArgs` can be provided.",
    ],
    [
      "none",
      { taskDefinitionArgs: undefined },
      "Either `taskDefinition` or `taskDefinitionArgs` must be provided.",
    ],
    [
      "a public address beside a network of its own",
      { assignPublicIp: true },
      "Only one of `networkConfiguration` or `assignPublicIp` can be provided.",
    ],
  ];
  for (const [what, change, message] of refusals) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => service(change))).to.equal(message);
    });
  }
});

describe("awsx.ecs.FargateTaskDefinition", () => {
  it("describes the containers with their ports and where they write", async () => {
    const { laboratory } = await task();
    const described: unknown = JSON.parse(
      String(laboratory.inputs("TaskDefinition web").containerDefinitions),
    );
    expect(described).to.deep.equal([
      {
        name: "app",
        image: "nginx",
        cpu: 512,
        memory: 1024,
        portMappings: [{ containerPort: 80, hostPort: 8080 }],
        logConfiguration: {
          logDriver: "awslogs",
          options: {
            "awslogs-group": "<LogGroup web>.name",
            "awslogs-region": "eu-west-1",
            "awslogs-stream-prefix": "app",
          },
        },
      },
    ]);
  });

  it("lists several containers by name", async () => {
    const { laboratory } = await task({
      container: undefined,
      containers: { proxy: { image: "envoy" }, app: { image: "nginx" } },
    });
    const described: unknown = JSON.parse(
      String(laboratory.inputs("TaskDefinition web").containerDefinitions),
    );
    expect(list(described).map((one) => at(one, "name"))).to.deep.equal(["app", "proxy"]);
  });

  for (const [asked, size] of [
    [
      { cpu: 512, memory: 1024 },
      { cpu: "512", memory: "1024" },
    ],
    [
      { cpu: 128, memoryReservation: 100 },
      { cpu: "256", memory: "512" },
    ],
    [
      { cpu: 256, memory: 3000 },
      { cpu: "512", memory: "3072" },
    ],
    [{}, { cpu: "256", memory: "512" }],
  ] as const) {
    it(`takes the smallest task for ${JSON.stringify(asked)}`, async () => {
      const { laboratory } = await task({ container: { image: "nginx", ...asked } });
      const { cpu, memory } = laboratory.inputs("TaskDefinition web");
      expect({ cpu, memory }).to.deep.equal(size);
    });
  }

  it("takes roles and a log group of the program's own", async () => {
    const { laboratory } = await task({
      taskRole: { roleArn: "arn:role" },
      executionRole: { args: { policyArns: ["arn:policy"] } },
      logGroup: { existing: { arn: "arn:aws:logs:eu-central-1:123456789012:log-group:shared" } },
    });
    expect(laboratory.inputs("TaskDefinition web").taskRoleArn).to.equal("arn:role");
    expect(laboratory.tree().filter((line) => /Role |LogGroup|Attachment/.test(line))).to.deep.equal([
      "aws:iam/role:Role web-execution < the component",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment web-execution-aa17ce9a < the component",
    ]);
    const [first] = list(
      JSON.parse(String(laboratory.inputs("TaskDefinition web").containerDefinitions)),
    ).filter(isRecord);
    expect(at(first, "logConfiguration.options")).to.include({
      "awslogs-group": "shared",
      "awslogs-region": "eu-central-1",
    });
  });

  it("is of a family that its stack has to itself", async () => {
    const familyIn = async (stack: string): Promise<unknown> => {
      const engine = new Engine();
      await engine.start("awsx");
      const inputs = toMessage({ container: { image: "nginx" }, logGroup: { skip: true } });
      const asked = new provider.ConstructRequest().setType("awsx:ecs:FargateTaskDefinition").setName("web");
      await engine.construct(asked.setStack(stack).setInputs(inputs));
      engine.stop();
      return engine.only("aws:ecs/taskDefinition:TaskDefinition").inputs.family;
    };
    expect(await familyIn("dev")).to.match(/^web-[0-9a-f]{8}$/);
    expect(await familyIn("prod")).not.to.equal(await familyIn("dev"));
  });

  it("refuses more than Fargate has, and anything but one kind of containers", async () => {
    expect(await refusal(() => task({ container: { image: "nginx", cpu: 40_960 } }))).to.equal(
      "Requested resources exceed the maximum allowed for Fargate. Requested: 40 vCPU and 0GB. Max: 32 vCPU and 244GB.",
    );
    expect(await refusal(() => task({ containers: {} }))).to.equal(
      "Exactly one of [container] or [containers] must be provided",
    );
  });
});
