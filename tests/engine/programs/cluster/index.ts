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

// A chart that the sandbox knows nothing of, and manifests as a README has them.
new k8s.helm.v3.Release(
  "ingress",
  {
    chart: "ingress-nginx",
    version: "4.11.3",
    repositoryOpts: { repo: "https://kubernetes.github.io/ingress-nginx" },
    namespace: namespace.metadata.name,
    values: { controller: { replicaCount: 2 } },
  },
  { provider },
);
new k8s.yaml.ConfigGroup(
  "guestbook",
  {
    yaml: `
apiVersion: v1
kind: Service
metadata:
  name: redis-leader
spec:
  ports: [{ port: 6379, targetPort: 6379 }]
  selector: { app: redis }
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: redis-leader
spec:
  selector: { matchLabels: { app: redis } }
  template:
    metadata: { labels: { app: redis } }
    spec: { containers: [{ name: redis, image: "redis:7" }] }
`,
  },
  { provider },
);

export const kubeconfig = cluster.kubeconfig;
export const serviceHostname = service.status.loadBalancer.ingress.apply(([first]) => first?.hostname);
