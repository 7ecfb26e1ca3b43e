import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { Containers, web } from "./container-world.ts";

/** A world in which tasks may run on machines too. */
class Machines extends Containers {
  /** An Auto Scaling group, and what ECS knows it by. */
  public provider(inputs: Properties, name = "machines"): Settled {
    const template = this.make("aws:ec2/launchTemplate:LaunchTemplate", name, {
      imageId: "ami-0123456789abcdef0",
      instanceType: "t3.micro",
    });
    const group = this.make("aws:autoscaling/group:Group", name, {
      ...{ name, minSize: 0, maxSize: 1, launchTemplate: { id: template.id } },
      vpcZoneIdentifiers: this.subnets.map(({ id }) => id),
    });
    const autoScalingGroupProvider = { autoScalingGroupArn: group.state.arn };
    return this.make("aws:ecs/capacityProvider:CapacityProvider", name, {
      name,
      autoScalingGroupProvider,
      ...inputs,
    });
  }

  public offer(defaultCapacityProviderStrategies: readonly Properties[]): Settled {
    return this.make("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "main", {
      clusterName: "main",
      capacityProviders: ["FARGATE"],
      defaultCapacityProviderStrategies,
    });
  }

  public onMachines(inputs: Properties = {}): Settled {
    return this.task({ requiresCompatibilities: ["EC2"], ...inputs }, [{ ...web, memory: 128 }], "machines");
  }
}

let world: Machines;
const nowhere = { launchType: undefined };

describe("ECS refuses a task", () => {
  beforeEach(() => {
    world = new Machines();
  });

  const onMachines = {
    requiresCompatibilities: ["EC2"],
    networkMode: "bridge",
    cpu: undefined,
    memory: undefined,
  };
  const logged = {
    ...web,
    memory: 128,
    logConfiguration: { logDriver: "awslogs", options: { "awslogs-region": "eu-west-1" } },
  };
  const refusals: readonly (readonly [
    what: string,
    inputs: Properties,
    containers: readonly unknown[],
    message: string,
  ])[] = [
    [
      "without memory anywhere",
      onMachines,
      [web],
      "Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ],
    [
      "with another port outside than inside",
      {},
      [{ ...web, portMappings: [{ containerPort: 8080, hostPort: 80 }] }],
      "When networkMode=awsvpc, the host ports and container ports in port mappings must match.",
    ],
    ["whose log has no group", onMachines, [logged], "Log driver awslogs requires options: awslogs-group"],
    [
      "that waits for the end of what may not end",
      {},
      [
        web,
        {
          ...web,
          name: "next",
          portMappings: [],
          dependsOn: [{ containerName: "web", condition: "SUCCESS" }],
        },
      ],
      "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container",
    ],
    [
      "whose containers take more than it has",
      {},
      [{ ...web, cpu: 512 }],
      "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'.",
    ],
    [
      "of eleven containers",
      {},
      Array.from({ length: 11 }, (_, index) => ({ ...web, name: `web-${index}` })),
      "Too many containers.",
    ],
    [
      "with a Docker volume on Fargate",
      { volumes: [{ name: "data", dockerVolumeConfiguration: { scope: "shared" } }] },
      [web],
      "Fargate compatible task definitions do not support dockerVolumeConfiguration",
    ],
    [
      "with a machine's directory on Fargate",
      { volumes: [{ name: "data", hostPath: "/data" }] },
      [web],
      "Fargate compatible task definitions do not support sourcePath",
    ],
    [
      "with a place on Fargate",
      { placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }] },
      [web],
      "Fargate compatible task definitions do not support constraints",
    ],
    [
      "with shared memory on Fargate",
      {},
      [{ ...web, linuxParameters: { sharedMemorySize: 64 } }],
      "Fargate compatible task definitions do not support sharedMemorySize",
    ],
  ];
  for (const [what, inputs, containers, message] of refusals) {
    it(what, () => {
      expect(refusalOf(() => world.task(inputs, containers))).to.equal(`ClientException: ${message}`);
    });
  }
});

describe("ECS refuses a service", () => {
  beforeEach(() => {
    world = new Machines();
  });

  const refused = (inputs: Properties, task = world.task()): string =>
    refusalOf(() => world.service(task, inputs));

  it("of a launch type and a strategy", () => {
    expect(refused({ capacityProviderStrategies: [{ capacityProvider: "FARGATE", weight: 1 }] })).to.equal(
      "InvalidParameterException: Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
    );
  });

  it("of capacity that its cluster has not", () => {
    const capacityProviderStrategies = [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
    expect(refused({ ...nowhere, capacityProviderStrategies })).to.equal(
      "InvalidParameterException: The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.",
    );
  });

  it("not for what a cluster of its name has in another region", () => {
    const elsewhere = { clusterName: "main", region: "us-east-1" };
    world.make("aws:ecs/cluster:Cluster", "far", { name: "main", region: "us-east-1" });
    world.make("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "far", {
      ...{ ...elsewhere, capacityProviders: ["FARGATE_SPOT"] },
    });
    world.offer([{ capacityProvider: "FARGATE", weight: 1 }]);
    const capacityProviderStrategies = [{ capacityProvider: "FARGATE", weight: 1 }];
    expect(world.service(world.task(), { ...nowhere, capacityProviderStrategies }).state.name).to.equal(
      "web",
    );
  });

  it("where no capacity has a weight", () => {
    world.offer([{ capacityProvider: "FARGATE" }]);
    expect(refused(nowhere)).to.equal(
      "InvalidParameterException: There are no capacity providers with a weight value greater than zero defined in the default capacity provider strategy. At least one capacity provider must have a weight value greater than zero specified. Update the cluster's default capacity provider strategy or specify a valid capacity provider strategy and try again.",
    );
  });

  it("on each machine of a cluster that chooses capacity", () => {
    world.offer([{ capacityProvider: "FARGATE", weight: 1 }]);
    expect(refused({ ...nowhere, schedulingStrategy: "DAEMON" }, world.onMachines())).to.equal(
      "InvalidParameterException: Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
    );
  });

  it("with public addresses on machines", () => {
    const subnets = world.subnets.map(({ id }) => id);
    const networkConfiguration = { subnets, assignPublicIp: true };
    expect(refused({ launchType: "EC2", networkConfiguration }, world.onMachines())).to.equal(
      "InvalidParameterException: Assign public IP is not supported for this launch type.",
    );
  });
});

describe("ECS refuses a capacity provider", () => {
  beforeEach(() => {
    world = new Machines();
  });

  it("by a name of AWS", () => {
    expect(refusalOf(() => world.provider({ name: "ecs-machines" }))).to.equal(
      'ClientException: The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with "aws", "ecs", or "fargate". Specify a valid name and try again.',
    );
  });

  it("of a group that has one", () => {
    const { autoScalingGroupProvider } = world.provider({}).state;
    expect(refusalOf(() => world.provider({ autoScalingGroupProvider }, "again"))).to.equal(
      "ClientException: The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
    );
  });

  it("to go while a cluster has it", () => {
    const made = world.provider({});
    world.make("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders", "main", {
      clusterName: "main",
      capacityProviders: ["machines"],
    });
    expect(
      refusalOf(() => world.remove("aws:ecs/capacityProvider:CapacityProvider", "machines", made)),
    ).to.equal(
      "DELETE_FAILED: The capacity provider cannot be deleted because it is associated with cluster: main. Remove the capacity provider from the cluster and try again.",
    );
  });
});
