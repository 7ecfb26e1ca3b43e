import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { World } from "../world.ts";

export const clusterToken = "aws:ecs/cluster:Cluster";
export const taskToken = "aws:ecs/taskDefinition:TaskDefinition";
export const serviceToken = "aws:ecs/service:Service";

export const web = {
  name: "web",
  image: "public.ecr.aws/nginx/nginx:1.29",
  portMappings: [{ containerPort: 8080 }],
};

/** A cluster, and what a Fargate service behind a load balancer needs. */
export class Containers extends World {
  public readonly network = this.vpc();
  public readonly gateway = this.internetGateway(this.network);
  public readonly subnets = ["a", "b"].map((zone, index) =>
    this.subnet(
      this.network,
      { cidrBlock: `10.0.${String(index)}.0/24`, availabilityZone: `eu-west-1${zone}` },
      zone,
    ),
  );
  public readonly cluster = this.make(clusterToken, "main", { name: "main" });

  public task(inputs: Properties = {}, containers: readonly unknown[] = [web], name = "web"): Settled {
    return this.make(taskToken, name, {
      family: "web",
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: "256",
      memory: "512",
      containerDefinitions: JSON.stringify(containers),
      ...inputs,
    });
  }

  public group(inputs: Properties = {}): Settled {
    return this.make("aws:lb/targetGroup:TargetGroup", "web", {
      name: "web",
      port: 80,
      protocol: "HTTP",
      targetType: "ip",
      vpcId: this.network.id,
      ...inputs,
    });
  }

  /** Sends what comes in on port 80 to the group. */
  public listen(group: Settled): Settled {
    const balancer = this.make("aws:lb/loadBalancer:LoadBalancer", "web", {
      subnets: this.subnets.map(({ id }) => id),
    });
    const defaultActions = [{ type: "forward", targetGroupArn: group.id }];
    return this.make("aws:lb/listener:Listener", "web", {
      loadBalancerArn: balancer.id,
      port: 80,
      defaultActions,
    });
  }

  public service(task: Settled, inputs: Properties = {}, name = "web"): Settled {
    return this.make(serviceToken, name, {
      name: "web",
      cluster: this.cluster.id,
      taskDefinition: task.state.arn,
      launchType: "FARGATE",
      networkConfiguration: { subnets: this.subnets.map(({ id }) => id) },
      ...inputs,
    });
  }
}
