import * as awsx from "@pulumi/awsx";
import * as eks from "@pulumi/eks";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const replicas = config.getNumber("replicas") ?? 2;
const namespaceName = config.get("namespace");

const vpc = new awsx.ec2.Vpc("vpc", {
  numberOfAvailabilityZones: 2,
  enableDnsHostnames: true,
  natGateways: { strategy: "Single" },
});

const cluster = new eks.Cluster("cluster", {
  vpcId: vpc.vpcId,
  publicSubnetIds: vpc.publicSubnetIds,
  privateSubnetIds: vpc.privateSubnetIds,
  authenticationMode: eks.AuthenticationMode.Api,
  instanceType: "t3.medium",
  desiredCapacity: 2,
  minSize: 1,
  maxSize: 3,
  nodeAssociatePublicIpAddress: false,
});

const { provider } = cluster;
const namespace = new k8s.core.v1.Namespace("hello", {}, { provider });
const labels = { app: "hello" };
const metadata = { namespace: namespaceName ?? namespace.metadata.name, labels };

new k8s.apps.v1.Deployment(
  "hello",
  {
    metadata,
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            { name: "hello", image: "nginx:latest", ports: [{ name: "http", containerPort: 80 }] },
          ],
        },
      },
    },
  },
  { provider },
);

const service = new k8s.core.v1.Service(
  "hello",
  { metadata, spec: { type: "LoadBalancer", ports: [{ port: 80, targetPort: "http" }], selector: labels } },
  { provider },
);

export const kubeconfig = cluster.kubeconfig;
export const serviceHostname = service.status.loadBalancer.ingress.apply(([first]) => first?.hostname);
