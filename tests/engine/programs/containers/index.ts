import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const containerPort = config.getNumber("containerPort") ?? 80;
const cpu = config.getNumber("cpu") ?? 512;
const memory = config.getNumber("memory") ?? 1024;
const desiredCount = config.getNumber("desiredCount") ?? 2;

// A VPC with public and private subnets in two zones, and one way out for the private ones.
const vpc = new awsx.ec2.Vpc("vpc", { numberOfAvailabilityZones: 2, natGateways: { strategy: "Single" } });

// A load balancer to serve the container endpoint to the internet.
const loadbalancer = new awsx.lb.ApplicationLoadBalancer("loadbalancer", {
  subnetIds: vpc.publicSubnetIds,
  defaultTargetGroup: { port: containerPort, protocol: "HTTP", deregistrationDelay: 0 },
});

const repository = new awsx.ecr.Repository("repository", { forceDelete: true });

const securityGroup = new aws.ec2.SecurityGroup("service", {
  vpcId: vpc.vpcId,
  ingress: [{ fromPort: containerPort, toPort: containerPort, protocol: "tcp", cidrBlocks: ["10.0.0.0/16"] }],
  egress: [{ fromPort: 0, toPort: 0, protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }],
});

const cluster = new aws.ecs.Cluster("cluster");

const service = new awsx.ecs.FargateService("service", {
  cluster: cluster.arn,
  desiredCount,
  networkConfiguration: { subnets: vpc.privateSubnetIds, securityGroups: [securityGroup.id] },
  taskDefinitionArgs: {
    cpu: String(cpu),
    memory: String(memory),
    container: {
      name: "app",
      image: "nginx:latest",
      essential: true,
      portMappings: [{ containerPort, targetGroup: loadbalancer.defaultTargetGroup }],
    },
  },
});

/** The URL at which the container's HTTP endpoint will be available. */
export const url = pulumi.interpolate`http://${loadbalancer.loadBalancer.dnsName}`;
export const imageRepository = repository.url;
export const serviceName = service.service.name;
